"""How often an unfinished run was put off, and until when."""

from dataclasses import dataclass
from datetime import datetime

from corpus.models import AuditEvent, SearchRun

PUT_OFF = "run_put_off"
"""The event in the log."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """Until when a run was put off last, why, and how often in all."""

    until: datetime
    why: str
    times: int


def put_off_of(run: SearchRun) -> PutOff | None:
    """Return how a run was put off; ``None`` when it never was."""
    events = AuditEvent.objects.filter(subject_type="searchrun", subject_id=str(run.pk), event=PUT_OFF)
    last = events.order_by("pk").last()
    if last is None:
        return None
    return PutOff(datetime.fromisoformat(last.facts["until"]), last.facts["why"], events.count())
