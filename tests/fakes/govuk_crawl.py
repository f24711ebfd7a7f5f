"""One crawl in a process of its own, its results in files: ``python -m tests.fakes.govuk_crawl JOB.json``.

The reactor can run once in a process, and a crawl that is to be killed needs one to itself.
"""

import dataclasses
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from corpus.vocabulary.harvest import CaptureFact, FoundRecord, RunResult
from harvester.declarations import load_declaration
from harvester.job import CrawlJob

REPOSITORY = Path(__file__).resolve().parents[2]


class LinesSink:
    """A sink that writes JSON lines and, as a store does, takes each identity once."""

    def __init__(self, path: Path, *, refuse: str = "") -> None:
        self._path, self._refuse = path, refuse
        self._seen = {json.loads(line)["identity"] for line in path.open()} if path.exists() else set()

    async def store_capture(self, fact: CaptureFact) -> bool:
        """Write a capture."""
        return self._write("capture", fact.record_id, dataclasses.asdict(fact))

    async def store_record(self, found: FoundRecord) -> bool:
        """Write a record; every capture that it names must have come before."""
        named = {*found.captures, *(name for document in found.documents for name in document.captures)}
        if missing := named - self._seen:
            raise ValueError(f"captures that were never stored: {missing}")
        return self._write("record", found.key, dataclasses.asdict(found))

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


def begin(folder: Path, **order: Any) -> "subprocess.Popen[bytes]":
    """Start a crawl. ``order``: declaration (TOML), run_uid, warc_dir, and perhaps out, replay, validators, refuse."""
    folder.mkdir(parents=True, exist_ok=True)
    order.setdefault("out", str(folder / "found.jsonl"))
    (folder / "declaration.toml").write_text(order.pop("declaration"))
    (folder / "job.json").write_text(json.dumps(order, default=str))
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment = {**kept, "PYTHONPATH": str(REPOSITORY), **order.get("environment", {})}
    with (folder / "log.txt").open("ab") as log:
        command = [sys.executable, "-m", "tests.fakes.govuk_crawl", str(folder / "job.json")]
        return subprocess.Popen(command, cwd=REPOSITORY, stdout=log, stderr=log, env=environment)


def outcome_of(folder: Path, *, status: int, out: Path | None = None) -> Outcome:
    """Read what a crawl left in its folder."""
    lines = (
        [json.loads(line) for line in (out or folder / "found.jsonl").open()]
        if (out or folder / "found.jsonl").exists()
        else []
    )
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
    return outcome_of(folder, status=process.wait(timeout=60))


def dumped(facts: Iterable[CaptureFact]) -> dict[str, Any]:
    """Return captures by URL, for an order's ``validators``."""
    return {fact.url: json.loads(json.dumps(dataclasses.asdict(fact), default=str)) for fact in facts}


def main(path: Path) -> int:
    """Run the crawl that a file orders; write its result beside it."""
    from harvester.run import crawl

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    order = json.loads(path.read_text())
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
    job = CrawlJob(
        declaration=load_declaration(path.with_name("declaration.toml")),
        run_uid=UUID(order["run_uid"]),
        warc_dir=Path(order["warc_dir"]),
        sink=LinesSink(Path(order["out"]), refuse=order.get("refuse", "")),
        replay=Path(order["replay"]) if "replay" in order else None,
        validators=validators,
    )
    result = crawl(job)
    path.with_name("result.json").write_text(json.dumps(dataclasses.asdict(result)))
    return 1 if result.failures else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
