"""What records say, kept in revisions: a batch is looked up and written at once."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from corpus.models import Record, RecordRevision
from corpus.services.audit import event_of, record_events
from corpus.services.foreign import storable_json, storable_text, storable_text_or_none
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


class Revisions:
    """The revisions of a batch of records; call it inside the transaction of the batch.

    Parameters
    ----------
    known
        The records of the batch that are stored already.
    """

    def __init__(self, known: Iterable[Record]) -> None:
        newest = RecordRevision.objects.filter(record__in=list(known), number=F("record__revision"))
        self._newest = dict(newest.values_list("record_id", "sha256"))
        self._written: list[RecordRevision] = []

    def note(self, record: Record, found: FoundRecord, *, seen_at: datetime) -> Record:
        """Bring a record up to what was found of it; return it. It has a new revision when that says something new."""
        said = {name: storable_json(getattr(found, name)) for name in _SAID}
        sha256 = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
        if not record.revision:
            record.first_seen_at = seen_at
        elif self._newest.get(record.pk) == sha256:
            return record
        record.revision += 1
        record.url = storable_text_or_none(found.url)
        record.title = storable_text(found.title)
        record.summary = storable_text_or_none(found.summary)
        record.publisher = storable_text_or_none(found.publisher)
        record.published = found.published
        document_type = storable_text_or_none(found.document_type)
        record.document_type = document_type and document_type[:100]  # the revision keeps it whole
        record.withdrawn_reason = storable_text_or_none(found.withdrawn_reason)
        self._written.append(
            RecordRevision(
                record=record,
                number=record.revision,
                sha256=sha256,
                said=said,
                captures=list(found.captures),
                seen_at=seen_at,
            )
        )
        return record

    def save(self) -> None:
        """Write what was noted: records, revisions, and an event for each."""
        for revision in self._written:
            if revision.number > 1:
                revision.record.save()
        Record.objects.bulk_create(revision.record for revision in self._written if revision.number == 1)
        RecordRevision.objects.bulk_create(self._written)
        record_events(
            event_of(
                "record_found" if revision.number == 1 else "record_revised",
                revision.record,
                by=None,
                at=revision.seen_at,
                revision=revision.number,
            )
            for revision in self._written
        )
