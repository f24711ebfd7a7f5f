"""What crawls of every kind must stand: a kill and a replay that end as the undisturbed crawl did."""

import signal
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from corpus.vocabulary.harvest import RunResult
from harvester.book import is_robots
from harvester.warc import read_captures, run_files
from tests.fakes import crawl_process
from tests.fakes.crawl_process import Outcome


class Counting(Protocol):
    """A server that counts its requests."""

    hits: Counter[str]

    def forget(self) -> None: ...


def comparable(outcome: Outcome) -> dict[str, Any]:
    """Return the records with each capture's identity replaced by what it is a capture of."""

    def shown(names: list[str]) -> list[tuple[str, int, str]]:
        found = (outcome.captures[name] for name in names)
        return [(capture["url"], capture["status"], capture["body_sha256"]) for capture in found]

    return {
        key: {
            **record,
            "captures": shown(record["captures"]),
            "documents": [
                {**document, "captures": shown(document["captures"])} for document in record["documents"]
            ],
        }
        for key, record in outcome.records.items()
    }


def without_rules(outcome: Outcome) -> RunResult:
    """Return the result of a crawl less the answers for robots.txt: each attempt asks for it anew."""
    assert outcome.result is not None
    counts = Counter(outcome.result.counts)
    for capture in outcome.captures.values():
        if is_robots(capture["url"]):
            size = capture["body_size"] if capture["status"] != 304 else 0
            counts.subtract({"captures": 1, f"responses_{capture['status']}": 1, "bytes": size})
    return replace(outcome.result, counts=dict(counts))


def fates(outcome: Outcome) -> dict[str, list[tuple[str, str | None]]]:
    """Return, by the path of each record's key, its documents' paths and why they were not retrieved."""
    return {
        _path(key): [(_path(document["url"]), document["reason"]) for document in record["documents"]]
        for key, record in outcome.records.items()
    }


def killed_and_resumed(
    server: Counting, folder: Path, *, declaration: str, kills: tuple[int, ...] = (2, 5, 9, 14)
) -> Outcome:
    """Crawl, killed each time the server has been asked so often, and at last let it end.

    What was captured is never asked again, but for each host's robots.txt: that is asserted here.
    """
    run_uid, warc_dir = uuid4(), folder / "killed-warc"
    order = {"declaration": declaration, "run_uid": run_uid, "warc_dir": warc_dir}
    was_killed = False
    for hits in kills:
        server.forget()
        captured = Counter(fact.url for path in run_files(warc_dir, run_uid) for fact in read_captures(path))
        process = crawl_process.begin(folder / "killed", **order)
        deadline = time.monotonic() + 30
        while sum(server.hits.values()) < hits and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        was_killed |= process.wait() == -signal.SIGKILL
        assert not {url for url in captured if server.hits[url] and not is_robots(url)}, (
            "a recorded answer was asked again"
        )
    assert was_killed, "the crawl was never killed in the middle"
    return crawl_process.run(folder / "killed", **order)


def replayed(folder: Path, *, declaration: str, warc_dir: Path) -> Outcome:
    """Replay the recording in a folder, every socket refused."""
    (warc,) = warc_dir.glob("*.warc.gz")
    run_uid = warc.name[:36]
    return crawl_process.run(
        folder,
        declaration=declaration,
        run_uid=run_uid,
        warc_dir=folder / "none",
        replay=warc,
        is_offline=True,
    )


def _path(url: str) -> str:
    return url.split("/", 3)[-1].join(("/", "")) if "://127.0.0.1" in url else url
