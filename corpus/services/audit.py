"""The log of every write."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Model

from corpus.models import AuditEvent, Person
from corpus.services.foreign import storable_json
from corpus.services.rows import insert_rows


def record_event(event: str, subject: Model, *, by: Person | None, at: datetime, **facts: object) -> None:
    """Append one event; call it inside the transaction of the deed."""
    AuditEvent(
        event=event,
        subject_type=type(subject).__name__.lower(),
        subject_id=str(subject.pk),
        by=by,
        at=at,
        facts=storable_json(facts),
    ).save()


def record_events(events: Iterable[tuple[str, Model, datetime, Mapping[str, object]]]) -> None:
    """Append several events that are nobody's deed (event, subject, moment, facts), inside their transaction."""
    insert_rows(
        AuditEvent,
        ("event", "subject_type", "subject_id", "by_id", "at", "facts"),
        (
            (event, type(subject).__name__.lower(), str(subject.pk), None, at, storable_json(facts))
            for event, subject, at, facts in events
        ),
    )
