"""The log of every write."""

from datetime import datetime

from django.db.models import Model

from corpus.models import AuditEvent, Person
from corpus.services.foreign import storable_json


def record_event(event: str, subject: Model, *, by: Person | None, at: datetime, **facts: object) -> None:
    """Append one event; call it inside the transaction of the deed."""
    AuditEvent.objects.create(
        event=event,
        subject_type=type(subject).__name__.lower(),
        subject_id=str(subject.pk),
        by=by,
        at=at,
        facts=storable_json(facts),
    )
