"""ASReview as a peer: run in an environment of its own, as a program."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.vocabulary.errors import GreysiftError
from greysift.bench.ranking.datasets import Start

_SCRIPT = Path(__file__).with_name("asreview_script.py")


class PeerError(GreysiftError):
    """The peer could not be run; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Replay:
    """One simulated screening.

    Attributes
    ----------
    read
        Places in the pool in the order of reading, without those known, up to the last include.
    cpu_seconds
        Processor time from texts to the last include, imports apart.
    """

    read: tuple[int, ...]
    cpu_seconds: float


def asreview_replay(interpreter: Path) -> Callable[[Start], Replay]:
    """Return how to replay a screening with the ASReview that ``interpreter`` has."""

    def replay(start: Start) -> Replay:
        pool = start.pool
        task = {
            "titles": pool.titles,
            "abstracts": pool.abstracts,
            "labels": pool.labels,
            "known": start.known,
        }
        try:
            done = subprocess.run(  # noqa: S603 - the interpreter that the user names
                [interpreter, _SCRIPT], input=json.dumps(task), capture_output=True, text=True, check=False
            )
        except OSError as error:
            raise PeerError(f"{interpreter} cannot be run: {error.strerror}.") from error
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise PeerError(
                f"ASReview failed in {interpreter}: {last}. `make asreview` makes an environment that has it."
            )
        answer = json.loads(done.stdout)
        return Replay(read=tuple(answer["read"]), cpu_seconds=float(answer["cpu_s"]))

    return replay
