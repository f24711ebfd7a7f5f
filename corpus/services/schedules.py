"""Schedules of sources: people's settings, and what became of each due moment."""

from datetime import datetime, timedelta

from django.db import transaction

from corpus.cron import parse_cron
from corpus.models import Person, Schedule, Source
from corpus.services.audit import record_event
from corpus.services.foreign import storable_text
from corpus.vocabulary.errors import ScheduleError

UPLOADED = "upload"
"""The kind of source that people search by hand."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=24)


def pause_after(setbacks: int) -> timedelta:
    """Return how long a source is left alone after so many failed attempts in a row: a minute, then ever longer."""
    return min(FIRST_PAUSE * 4 ** (min(setbacks, 10) - 1), LONGEST_PAUSE) if setbacks else timedelta(0)


@transaction.atomic
def set_schedule(source: Source, cron: str, *, by: Person | None, at: datetime) -> Schedule:
    """Have a source crawled by a cron expression from now on; nothing changes when it is already.

    Raises
    ------
    ScheduleError
        When the expression is none, or the source is one that nothing crawls.
    """
    if source.kind == UPLOADED:
        raise ScheduleError(
            f"{source.slug} is never crawled, so it can have no schedule: people hand its records over by `greysift import`"
        )
    text = parse_cron(cron).text
    schedule, is_new = Schedule.objects.select_for_update().get_or_create(
        source=source, defaults={"cron": text, "changed_by": by, "changed_at": at, "served_at": at}
    )
    if not is_new and schedule.cron == text:
        return schedule
    schedule.cron = text
    _changed(schedule, by=by, at=at)
    record_event("schedule_set", source, by=by, at=at, cron=text)
    return schedule


@transaction.atomic
def switch_schedule(source: Source, *, is_enabled: bool, by: Person | None, at: datetime) -> Schedule:
    """Let a schedule rest, or take it up again; what fell due while it rested is owed no more.

    Raises
    ------
    ScheduleError
        When the source has none.
    """
    schedule = _schedule_of(source)
    if schedule.is_enabled != is_enabled:
        schedule.is_enabled = is_enabled
        _changed(schedule, by=by, at=at)
        event = "schedule_enabled" if is_enabled else "schedule_disabled"
        record_event(event, source, by=by, at=at, cron=schedule.cron)
    return schedule


@transaction.atomic
def remove_schedule(source: Source, *, by: Person | None, at: datetime) -> None:
    """Crawl a source only when somebody asks for it.

    Raises
    ------
    ScheduleError
        When the source has no schedule.
    """
    schedule = _schedule_of(source)
    record_event("schedule_removed", source, by=by, at=at, cron=schedule.cron)
    schedule.delete()


@transaction.atomic
def note_served(source: Source, *, due: datetime, at: datetime, failure: str | None = None) -> None:
    """Note that a crawl was tried for a due moment and ended; after a failure the next one keeps a pause."""
    schedule = Schedule.objects.select_for_update().filter(source=source).first()
    if schedule is None:
        return  # removed meanwhile
    schedule.served_at = max(schedule.served_at, due)
    _note(schedule, failure=failure, at=at)
    record_event("schedule_served", source, by=None, at=at, due=due, failure=failure)


@transaction.atomic
def note_broken_off(source: Source, *, at: datetime, why: str) -> None:
    """Note that a crawl ended without a result; it is still owed, after a pause."""
    schedule = Schedule.objects.select_for_update().filter(source=source).first()
    if schedule is not None:
        _note(schedule, failure=why, at=at)
        record_event("schedule_broken_off", source, by=None, at=at, why=why)


@transaction.atomic
def put_off(source: Source, *, until: datetime, why: str, at: datetime) -> None:
    """Note that a crawl cannot be had now; that is no failure, and it is owed from ``until`` on."""
    Schedule.objects.filter(source=source).update(not_before=until, said=storable_text(why))
    record_event("schedule_put_off", source, by=None, at=at, until=until, why=why)


def _schedule_of(source: Source) -> Schedule:
    schedule = Schedule.objects.select_for_update().filter(source=source).first()
    if schedule is None:
        raise ScheduleError(f"{source.slug} has no schedule; give it one with `greysift schedule set`")
    return schedule


def _changed(schedule: Schedule, *, by: Person | None, at: datetime) -> None:
    """Save a person's change: from now on, as if nothing had been owed or gone wrong before."""
    schedule.changed_by, schedule.changed_at, schedule.served_at = by, at, at
    schedule.not_before, schedule.setbacks, schedule.said = None, 0, None
    schedule.save()


def _note(schedule: Schedule, *, failure: str | None, at: datetime) -> None:
    schedule.setbacks = schedule.setbacks + 1 if failure is not None else 0
    schedule.not_before = at + pause_after(schedule.setbacks) if failure is not None else None
    schedule.said = storable_text(failure) if failure is not None else None
    schedule.save(update_fields=["served_at", "setbacks", "not_before", "said"])
