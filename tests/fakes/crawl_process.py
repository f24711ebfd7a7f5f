"""One crawl in a process of its own, its results in files.

The reactor can run once in a process, and a crawl that is to be killed needs one to itself.
"""

import dataclasses
import json
import logging
import multiprocessing
import os
import pkgutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import UUID

from corpus.vocabulary.errors import NotNowError, TurnsError
from corpus.vocabulary.harvest import CaptureFact, FoundRecord, RunResult
from corpus.vocabulary.turns import Wait
from harvester.declarations import load_declaration
from harvester.job import CrawlJob
from harvester.run import crawl
from harvester.turns import LocalTurns

# Every crawl is forked from a clean process that has the imports behind it, never from this one.
_FRESH = multiprocessing.get_context("forkserver")
_FRESH.set_forkserver_preload(["harvester.run", "tests.fakes.govuk_preload"])

PUT_OFF = 4

REPOSITORY = Path(__file__).resolve().parents[2]


class LinesSink:
    """A sink that writes JSON lines and, as a store does, takes each identity once."""

    def __init__(self, path: Path, *, refuse: str = "") -> None:
        self._path, self._refuse = path, refuse
        self._seen = {line["identity"] for line in _lines(path)}

    async def store(self, found: Sequence[CaptureFact | FoundRecord]) -> None:
        """Write captures and records; every capture that a record names must have come before."""
        for thing in found:
            if isinstance(thing, CaptureFact):
                self._write("capture", thing.record_id, dataclasses.asdict(thing))
                continue
            named = {*thing.captures, *(name for document in thing.documents for name in document.captures)}
            if missing := named - self._seen:
                raise ValueError(f"captures that were never stored: {missing}")
            kind = "mention" if thing.is_bare_mention else "record"
            self._write(kind, thing.key, dataclasses.asdict(thing))

    def _write(self, kind: str, identity: str, value: Mapping[str, Any]) -> bool:
        if self._refuse == kind:
            raise OSError("the disk is full")
        if identity in self._seen:
            return False
        line = json.dumps({"kind": kind, "identity": identity, "value": value}, default=str)
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(handle, f"{line}\n".encode())  # one call: a kill leaves whole lines
        os.close(handle)
        self._seen.add(identity)
        return True


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a crawl left behind."""

    status: int
    result: RunResult | None
    records: dict[str, dict[str, Any]]
    captures: dict[str, dict[str, Any]]
    log: str


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


class CrawlProcess:
    """A crawl that is under way in a process of its own."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    def poll(self) -> int | None:
        """Return the exit status, negative for a signal; ``None`` while it runs."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self._process.pid is not None and self.poll() is None:
            os.kill(self._process.pid, number)

    def wait(self, timeout: float = 60) -> int:
        """Wait for the end and return the exit status."""
        self._process.join(timeout)
        status = self.poll()
        if status is None:
            self._process.kill()
            raise TimeoutError("the crawl does not end")
        return status


def begin(folder: Path, **order: Any) -> CrawlProcess:
    """Start a crawl. ``order``: declaration (TOML), run_uid, warc_dir, and perhaps out, replay, validators, refuse, and
    ``prepare`` (``module:function``, called in the child with the order)."""
    folder.mkdir(parents=True, exist_ok=True)
    order.setdefault("out", str(folder / "found.jsonl"))
    (folder / "declaration.toml").write_text(order.pop("declaration"))
    (folder / "job.json").write_text(json.dumps(order, default=str))
    process = _FRESH.Process(target=_in_child, args=(folder / "job.json",))
    process.start()
    return CrawlProcess(process)


def _in_child(path: Path) -> None:
    log = os.open(path.with_name("log.txt"), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    os.environ |= json.loads(path.read_text()).get("environment", {})
    try:
        status = main(path)
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def outcome_of(folder: Path, *, status: int, out: Path | None = None) -> Outcome:
    """Read what a crawl left in its folder."""
    lines = _lines(out or folder / "found.jsonl")
    path = folder / "result.json"
    result = RunResult(**json.loads(path.read_text())) if path.exists() else None
    return Outcome(
        status=status,
        result=result,
        records={line["identity"]: line["value"] for line in lines if line["kind"] == "record"},
        captures={line["identity"]: line["value"] for line in lines if line["kind"] == "capture"},
        log=(folder / "log.txt").read_text(),
    )


def run(folder: Path, **order: Any) -> Outcome:
    """Run a crawl to its end."""
    process = begin(folder, **order)
    return outcome_of(folder, status=process.wait())


def dumped(facts: Iterable[CaptureFact]) -> dict[str, Any]:
    """Return captures by URL, for an order's ``validators``."""
    return {fact.url: json.loads(json.dumps(dataclasses.asdict(fact), default=str)) for fact in facts}


def _refuse_network(event: str, _: object) -> None:
    """End the process at the first attempt to reach anything, before anyone can swallow the error."""
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        os.write(2, f"the network was used: {event}\n".encode())
        os._exit(99)


class _Clock:
    """A clock that stands still in the night until it was looked at so often; then it is noon."""

    def __init__(self, looks: int) -> None:
        self._looks = looks

    def __call__(self) -> datetime:
        self._looks -= 1
        return datetime(2026, 3, 2, 2 if self._looks >= 0 else 12, tzinfo=UTC)


class _NoTurns(LocalTurns):
    """Turns that nobody gets: for crawls that are to ask nobody."""

    async def take(self, host: str, *, pace: float) -> Wait | None:
        raise TurnsError(f"a turn was asked for at {host}")


def _now() -> datetime:
    return datetime.now(UTC)


def main(path: Path) -> int:
    """Run the crawl that a file orders; write its result beside it."""
    order = json.loads(path.read_text())
    if order.get("is_offline"):
        sys.addaudithook(_refuse_network)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    validators = {
        url: CaptureFact(
            **{
                **said,
                "fetched_at": datetime.fromisoformat(said["fetched_at"]),
                "headers": tuple(map(tuple, said["headers"])),
            }
        )
        for url, said in order.get("validators", {}).items()
    }
    if "prepare" in order:
        pkgutil.resolve_name(order["prepare"])(order)
    job = CrawlJob(
        declaration=load_declaration(path.with_name("declaration.toml")),
        run_uid=UUID(order["run_uid"]),
        warc_dir=Path(order["warc_dir"]),
        sink=LinesSink(Path(order["out"]), refuse=order.get("refuse", "")),
        replay=Path(order["replay"]) if "replay" in order else None,
        validators=validators,
        key=order.get("key"),
        turns=_NoTurns() if order.get("has_no_turns") else LocalTurns(),
        begun_at=datetime.fromisoformat(order["begun_at"]) if "begun_at" in order else None,
        clock=_Clock(order["asks_before_closing"]) if "asks_before_closing" in order else _now,
    )
    try:
        result = crawl(job)
    except NotNowError as later:
        logging.getLogger(__name__).info("%s", later)
        return PUT_OFF
    path.with_name("result.json").write_text(json.dumps(dataclasses.asdict(result)))
    return 1 if result.failures else 0
