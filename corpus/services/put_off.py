"""Noting that a run was put off."""

from datetime import datetime, timedelta

from django.db import transaction

from corpus.models import SearchRun
from corpus.selectors.put_off import PUT_OFF, put_off_of
from corpus.services.audit import record_event

_SAME = timedelta(seconds=2)
"""Until when a host is to be left alone is reckoned anew by each command, a little later or earlier."""


@transaction.atomic
def note_put_off(run: SearchRun, *, until: datetime, why: str, at: datetime) -> None:
    """Note that a run is to be taken up after ``until``; a command that only came too soon puts nothing off anew."""
    last = put_off_of(run)
    if last is None or at >= last.until or until > last.until + _SAME:
        record_event(PUT_OFF, run, by=None, at=at, until=until, why=why)
