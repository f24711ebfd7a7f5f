"""What records say, kept in revisions: a batch is looked up and written at once.

The newest words are those of the run that was begun last, not those that were stored last.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from corpus.models import Record, RecordRevision, SearchRun, Sighting
from corpus.selectors.moments import begun_after, begun_before
from corpus.services.audit import record_events
from corpus.services.foreign import storable_json, storable_text, storable_text_or_none
from corpus.services.rows import insert_objects, insert_rows
from corpus.vocabulary.harvest import FoundRecord

_SAID = (
    "key",
    "url",
    "title",
    "summary",
    "publisher",
    "published",
    "document_type",
    "withdrawn_reason",
    "said",
)

_RESTAMPED = ("lastmod",)
"""What sites stamp anew on pages that stand as they were: kept with a revision, and no reason for one."""


class _Written(NamedTuple):
    """A revision to be written; its record may have no primary key yet."""

    record: Record
    number: int
    sha256: str
    said: dict[str, object]
    captures: list[str]
    seen_at: datetime


class Revisions:
    """The revisions of a batch of records; call it inside the transaction of the batch.

    Parameters
    ----------
    known
        The records of the batch that are stored already.
    """

    def __init__(self, known: Iterable[Record]) -> None:
        self._stored: defaultdict[int, dict[int, str]] = defaultdict(dict)
        revisions = RecordRevision.objects.filter(record__in=list(known))
        for record_id, number, sha256 in revisions.values_list("record_id", "number", "sha256"):
            self._stored[record_id][number] = sha256
        self._written: list[_Written] = []
        self._changed: list[Record] = []
        self._new: list[Record] = []

    def note(self, record: Record, found: FoundRecord, *, seen_at: datetime) -> int:
        """Bring a record up to what was found of it, by no run before the last that saw it; return the revision."""
        said, sha256 = _said(found)
        if not record.revision:
            record.first_seen_at = seen_at
            self._new.append(record)
        elif self._stored[record.pk].get(record.revision) == sha256:
            return record.revision
        else:
            record.first_seen_at = min(
                record.first_seen_at, seen_at
            )  # a later run may have listed it, unread
            self._changed.append(record)
        record.revision = self._append(record, found, said=said, sha256=sha256, seen_at=seen_at)
        record.url = storable_text_or_none(found.url)
        record.title = storable_text(found.title)
        record.summary = storable_text_or_none(found.summary)
        record.publisher = storable_text_or_none(found.publisher)
        record.published = found.published
        document_type = storable_text_or_none(found.document_type)
        record.document_type = document_type and document_type[:100]  # the revision keeps it whole
        record.withdrawn_reason = storable_text_or_none(found.withdrawn_reason)
        return record.revision

    def note_past(self, record: Record, found: FoundRecord, run: SearchRun, *, seen_at: datetime) -> int:
        """Keep what an earlier run found, stored after a later one (a replay); the record stays as the later saw it."""
        said, sha256 = _said(found)
        if seen_at < record.first_seen_at:
            record.first_seen_at = seen_at
            self._changed.append(record)
        for number in _neighbours(record, run):
            if self._stored[record.pk].get(number) == sha256:
                return number
        return self._append(record, found, said=said, sha256=sha256, seen_at=seen_at)

    def _append(
        self, record: Record, found: FoundRecord, *, said: dict[str, object], sha256: str, seen_at: datetime
    ) -> int:
        numbers = self._stored[record.pk] if record.revision else {}
        number = max(numbers, default=0) + 1
        self._written.append(
            _Written(
                record=record,
                number=number,
                sha256=sha256,
                said=said,
                captures=list(found.captures),
                seen_at=seen_at,
            )
        )
        return number

    def save(self) -> None:
        """Write what was noted: records, revisions, and an event for each."""
        for record in self._changed:
            record.save()
        insert_objects(self._new, known_by=("source_id", "key"))
        insert_rows(
            RecordRevision,
            ("record_id", *_Written._fields[1:]),
            ((written.record.pk, *written[1:]) for written in self._written),
        )
        record_events(
            (
                "record_found" if written.number == 1 else "record_revised",
                written.record,
                written.seen_at,
                {"revision": written.number},
            )
            for written in self._written
        )


def _said(found: FoundRecord) -> tuple[dict[str, object], str]:
    said = {name: storable_json(getattr(found, name)) for name in _SAID}
    lasting = {name: value for name, value in found.said.items() if name not in _RESTAMPED}
    news = {**said, "said": storable_json(lasting)}
    return said, hashlib.sha256(json.dumps(news, sort_keys=True).encode()).hexdigest()


def _neighbours(record: Record, run: SearchRun) -> list[int]:
    """Return the revisions that the runs just before and just after this one saw."""
    sightings = Sighting.objects.filter(record=record).order_by("search_run__started_at", "search_run_id")
    before = sightings.filter(begun_before(run)).values_list("revision", flat=True).last()
    after = sightings.filter(begun_after(run)).values_list("revision", flat=True).first()
    return [number for number in (before, after) if number is not None]
