"""Schedules as people set them, and what the scheduler notes."""

from datetime import timedelta

import pytest

from corpus.models import AuditEvent, Schedule
from corpus.services.schedules import (
    note_broken_off,
    note_served,
    pause_after,
    put_off,
    remove_schedule,
    set_schedule,
    switch_schedule,
)
from corpus.vocabulary.errors import ScheduleError
from tests.factories import NOON, make_person, make_source

MONDAYS, NIGHTS = "0 3 * * 1", "0 3 * * *"
LATER = NOON + timedelta(days=3)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make_source()


def events() -> list[str]:
    return list(
        AuditEvent.objects.filter(event__startswith="schedule").order_by("pk").values_list("event", flat=True)
    )


def test_schedule_is_set_by_a_person_and_owes_nothing_from_before(source):
    olga = make_person("olga")

    set_schedule(source, " 0 3  * * 1", by=olga, at=NOON)

    schedule = Schedule.objects.get()
    assert (schedule.cron, schedule.is_enabled, schedule.served_at) == (MONDAYS, True, NOON)
    assert (schedule.changed_by, schedule.changed_at) == (olga, NOON)
    event = AuditEvent.objects.get(event="schedule_set")
    assert (event.subject_type, event.subject_id) == ("source", str(source.pk))
    assert (event.by, event.facts) == (olga, {"cron": MONDAYS})


def test_setting_the_same_again_changes_nothing(source):
    set_schedule(source, MONDAYS, by=None, at=NOON)

    set_schedule(source, MONDAYS, by=None, at=LATER)

    assert Schedule.objects.get().served_at == NOON
    assert events() == ["schedule_set"]


def test_another_expression_counts_from_the_change_on(source):
    set_schedule(source, MONDAYS, by=None, at=NOON)
    note_served(source, due=NOON, at=NOON, failure="got 3 of 4")

    set_schedule(source, NIGHTS, by=None, at=LATER)

    schedule = Schedule.objects.get()
    assert (schedule.cron, schedule.served_at) == (NIGHTS, LATER)
    assert (schedule.not_before, schedule.setbacks, schedule.said) == (None, 0, None)


def test_expression_that_is_none_changes_nothing(source):
    set_schedule(source, MONDAYS, by=None, at=NOON)

    with pytest.raises(ScheduleError, match="every Monday"):
        set_schedule(source, "now and then", by=None, at=LATER)

    assert Schedule.objects.get().cron == MONDAYS


def test_resting_schedule_owes_nothing_when_it_is_taken_up_again(source):
    set_schedule(source, MONDAYS, by=None, at=NOON)

    switch_schedule(source, is_enabled=False, by=None, at=NOON)
    switch_schedule(source, is_enabled=False, by=None, at=NOON)
    switch_schedule(source, is_enabled=True, by=None, at=LATER)

    assert Schedule.objects.get().served_at == LATER
    assert events() == ["schedule_set", "schedule_disabled", "schedule_enabled"]


def test_removed_schedule_is_gone_and_its_removal_is_on_record(source):
    set_schedule(source, MONDAYS, by=None, at=NOON)

    remove_schedule(source, by=None, at=LATER)

    assert not Schedule.objects.exists()
    assert AuditEvent.objects.get(event="schedule_removed").facts == {"cron": MONDAYS}


@pytest.mark.parametrize("act", [remove_schedule, lambda s, **k: switch_schedule(s, is_enabled=True, **k)])
def test_source_without_schedule_says_how_to_give_it_one(source, act):
    with pytest.raises(ScheduleError, match="greysift schedule set"):
        act(source, by=None, at=NOON)


def test_served_moment_never_goes_back(source):
    set_schedule(source, MONDAYS, by=None, at=LATER)

    note_served(source, due=NOON, at=LATER)

    assert Schedule.objects.get().served_at == LATER


def test_failures_in_a_row_make_ever_longer_pauses_until_one_completes(source):
    set_schedule(source, MONDAYS, by=None, at=NOON)

    note_served(source, due=NOON, at=NOON, failure="got 3 of 4")
    first = Schedule.objects.get()
    note_broken_off(source, at=NOON, why="killed")
    second = Schedule.objects.get()
    note_served(source, due=NOON, at=NOON)
    third = Schedule.objects.get()

    assert (first.setbacks, first.said, first.not_before) == (1, "got 3 of 4", NOON + pause_after(1))
    assert (second.setbacks, second.said, second.not_before) == (2, "killed", NOON + pause_after(2))
    assert (third.setbacks, third.said, third.not_before) == (0, None, None)


def test_pauses_grow_to_a_day_and_no_further():
    pauses = [pause_after(n) for n in range(40)]

    assert pauses[:3] == [timedelta(0), timedelta(minutes=1), timedelta(minutes=4)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=24)


def test_crawl_that_is_put_off_is_owed_still_and_no_setback(source):
    set_schedule(source, MONDAYS, by=None, at=NOON)

    put_off(source, until=LATER, why="the host asks for an hour", at=NOON)

    schedule = Schedule.objects.get()
    assert (schedule.served_at, schedule.setbacks) == (NOON, 0)
    assert (schedule.not_before, schedule.said) == (LATER, "the host asks for an hour")


def test_what_the_scheduler_notes_of_a_schedule_that_was_removed_meanwhile_is_dropped(source):
    note_served(source, due=NOON, at=NOON)
    note_broken_off(source, at=NOON, why="killed")

    assert not Schedule.objects.exists()
    assert events() == []
