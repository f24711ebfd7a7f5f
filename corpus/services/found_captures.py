"""Captures that a search run brings in, and those that what it found is told by."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from corpus.models import Capture, SearchRun
from corpus.services.foreign import storable_json, storable_text
from corpus.services.rows import insert_rows
from corpus.vocabulary.harvest import CaptureFact, FoundRecord

_COLUMNS = (
    "record_id",
    "search_run_id",
    "url",
    "status",
    "headers",
    "body_sha256",
    "body_size",
    "fetched_at",
    "warc_file",
    "warc_offset",
    "permissions",
)


class StoredCapture(NamedTuple):
    """What is looked at of a stored capture to tell what a document or record came to."""

    pk: int
    status: int
    fetched_at: datetime
    body_sha256: str


def store_captures(run: SearchRun, facts: Sequence[CaptureFact]) -> list[bool]:
    """Store captures; say of each whether it is new. Call it inside the transaction of the batch."""
    if not facts:
        return []
    stored = Capture.objects.filter(record_id__in=[fact.record_id for fact in facts])
    known = set(stored.values_list("record_id", flat=True))
    new = {fact.record_id: fact for fact in facts if fact.record_id not in known}
    insert_rows(
        Capture,
        _COLUMNS,
        (
            (
                fact.record_id,
                run.pk,
                storable_text(fact.url),
                fact.status,
                storable_json(fact.headers),
                fact.body_sha256,
                fact.body_size,
                fact.fetched_at,
                fact.warc_file,
                fact.warc_offset,
                storable_json(fact.permissions),
            )
            for fact in new.values()
        ),
    )
    return [new.pop(fact.record_id, None) is not None for fact in facts]


def captures_of(found: Iterable[FoundRecord]) -> dict[str, StoredCapture]:
    """Return the stored captures that some records and their documents name, by record id."""
    wanted = {name for each in found for name in capture_ids(each)}
    stored = Capture.objects.filter(record_id__in=wanted)
    told = stored.values_list("record_id", "pk", "status", "fetched_at", "body_sha256")
    return {
        record_id: StoredCapture(pk, status, moment, sha256) for record_id, pk, status, moment, sha256 in told
    }


def capture_ids(found: FoundRecord) -> set[str]:
    """Return the captures that a record and its documents name."""
    return {*found.captures, *(c for document in found.documents for c in document.captures)}
