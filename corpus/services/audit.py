"""The log of every write."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model

from corpus.models import AuditEvent, Person
from corpus.services.foreign import storable_json


def record_event(event: str, subject: Model, *, by: Person | None, at: datetime, **facts: object) -> None:
    """Append one event; call it inside the transaction of the deed."""
    event_of(event, subject, by=by, at=at, **facts).save()


def record_events(events: Iterable[AuditEvent]) -> None:
    """Append several events; call it inside the transaction of the deeds."""
    AuditEvent.objects.bulk_create(events)


def event_of(event: str, subject: Model, *, by: Person | None, at: datetime, **facts: object) -> AuditEvent:
    """Return an event that is not written yet."""
    return AuditEvent(
        event=event,
        subject_type=type(subject).__name__.lower(),
        subject_id=str(subject.pk),
        by=by,
        at=at,
        facts=storable_json(facts),
    )
