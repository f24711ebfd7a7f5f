"""A crawl in a process of its own, and what it says at its end."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self


class End(StrEnum):
    """How a crawl that was started came out."""

    COMPLETE = "complete"
    FAILED = "failed"  # the run is closed: fewer than the source holds, or an error
    LATER = "put off"  # the host, or its crawl window, says not now
    BUSY = "busy"  # another process is at this source or host
    REFUSED = "refused"  # nothing was asked: something must be put right first
    BROKEN_OFF = "broken off"  # killed or interrupted: the run is open, and is taken up again


@dataclass(frozen=True, slots=True)
class Ended:
    """What a crawl came to. ``until`` is when a host may be asked again, where it said so."""

    end: End
    sentence: str
    until: datetime | None = None


class CrawlProcess:
    """One ``greysift harvest`` that runs beside us.

    It has a session of its own, so that a Ctrl-C at the terminal reaches it once, through :meth:`stop`. Its warnings go
    where ours go.
    """

    def __init__(
        self, process: "subprocess.Popen[bytes]", *, output: "tempfile._TemporaryFileWrapper[bytes]"
    ) -> None:
        self._process, self._output = process, output

    @classmethod
    def start(cls, slug: str, *, command: Sequence[str] = (sys.executable, "-m", "greysift")) -> Self:
        """Begin a source's crawl, or take up the one that was broken off."""
        output = tempfile.NamedTemporaryFile(prefix="greysift-crawl-")  # noqa: SIM115 - read and closed at the end
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "harvest", "--source", slug, "--json"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            env={
                **os.environ,
                "TTY_COMPATIBLE": "0",
            },  # progress in lines: several bars would overwrite each other
            start_new_session=True,
        )
        return cls(process, output=output)

    @property
    def is_alive(self) -> bool:
        """Whether it is still at work."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Ask it to end in order."""
        if self.is_alive:
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once; what it had captured is kept, and the run is taken up again."""
        if self.is_alive:
            self._process.kill()

    def ended(self) -> Ended:
        """Return what it came to; waits for its end."""
        code = self._process.wait()
        with self._output as file:
            file.seek(0)
            said = file.read()
        return read_end(said, code=code)


def read_end(said: bytes, *, code: int) -> Ended:
    """Read what ``greysift harvest --json`` printed; a process that was killed printed nothing, or half of it."""
    try:
        facts = json.loads(said)
        end = End(facts["status"])
    except (ValueError, KeyError, TypeError):
        how = f"signal {-code}" if code < 0 else f"exit status {code}"
        return Ended(End.BROKEN_OFF, f"the crawl ended without a result ({how}); it will be taken up again")
    if end in {End.COMPLETE, End.FAILED}:
        figures = (
            f"{facts['got']} of {facts['expected']} records"
            if facts["expected"] is not None
            else f"{facts['got']} records"
        )
        return Ended(end, "; ".join([figures, *facts["failures"]]))
    until = facts.get("until")
    return Ended(end, facts["why"], until=datetime.fromisoformat(until) if until else None)
