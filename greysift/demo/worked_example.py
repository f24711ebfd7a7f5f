"""The demo's candidates: real records that ship, and specimen reports from a recorded crawl."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from classifier.training import ELIGIBILITY
from corpus.selectors.sources import run_by_uid
from corpus.services.harvest import begin_run, finish_run, store_record
from corpus.services.reviews import use_run
from corpus.services.sources import ensure_source
from corpus.vocabulary.harvest import FoundRecord, RunResult, RunStatus
from greysift.jobs.scoring import WORKED_EXAMPLE

if TYPE_CHECKING:
    from corpus.models import Review

NAMESPACE = UUID("5b1d7a0e-52a4-4b0c-9f0b-6f1f2f6d3f10")
RECORDED_CRAWL = Path(__file__).parent / "specimens.warc.gz"


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What one call brought in."""

    records: int
    new: int


def records_file() -> Path:
    """Return the file of real records that ships."""
    return Path(settings.MODELS_DIR) / ELIGIBILITY / "training-set.jsonl"


def import_worked_example(review: "Review", *, at: datetime) -> ImportCounts:
    """Bring the real records in as one upload; their labels stay out, so that people decide.

    The same file again changes nothing.
    """
    text = records_file().read_text(encoding="utf-8")
    uid = uuid5(NAMESPACE, hashlib.sha256(text.encode()).hexdigest())
    source = ensure_source(
        WORKED_EXAMPLE,
        name="Worked example: public documents on leaving care",
        organisation="Greysift",
        kind="upload",
        declaration={"file": records_file().name},
        at=at,
    )
    run = begin_run(source, uid=uid, channel="upload", strategy={"file": records_file().name}, at=at)
    rows = [json.loads(line) for line in text.splitlines()]
    new = 0
    if run.status == RunStatus.RUNNING:
        with transaction.atomic():
            new = sum(store_record(uid, found_record(row)) for row in rows)
        result = RunResult(
            expected=len(rows), got=len(rows), counts={"records": len(rows)}, failures=(), versions={}
        )
        finish_run(uid, result, at=at)
    finished = run_by_uid(str(uid))
    if finished is not None:
        use_run(review, finished, at=at)
    return ImportCounts(records=len(rows), new=new)


def found_record(row: dict[str, object]) -> FoundRecord:
    """Return one row of the shipped set as a record, without the labels."""
    return FoundRecord(
        key=str(row["id"]),
        url=str(row["url"]) if row["url"] else None,
        title=str(row["title"]),
        summary=str(row["summary"]) if row["summary"] else None,
        publisher=str(row["publisher"]) if row["publisher"] else None,
        published=str(row["year"]) if row["year"] else None,
        document_type=None,
        said={"summary_by": "Greysift", "labels": "kept out"},
    )
