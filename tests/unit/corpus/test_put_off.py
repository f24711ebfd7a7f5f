"""Runs that are put off: how often, until when, why."""

from datetime import timedelta

import pytest

from corpus.selectors.put_off import PutOff, put_off_of
from corpus.services.put_off import note_put_off
from tests.factories import NOON, begin_crawl, make_source

HOUR = timedelta(hours=1)
BUSY = "the host asks for an hour"

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return begin_crawl(source=make_source())


def test_a_run_that_was_never_put_off_says_so(run):
    assert put_off_of(run) is None


def test_the_newest_reason_is_told_and_each_time_is_counted(run):
    note_put_off(run, until=NOON + HOUR, why="another reason", at=NOON)
    note_put_off(run, until=NOON + 3 * HOUR, why=BUSY, at=NOON + 2 * HOUR)

    assert put_off_of(run) == PutOff(until=NOON + 3 * HOUR, why=BUSY, times=2)


def test_a_command_that_came_too_soon_counts_for_nothing(run):
    note_put_off(run, until=NOON + HOUR, why=BUSY, at=NOON)
    note_put_off(run, until=NOON + HOUR + timedelta(seconds=0.4), why=BUSY, at=NOON + HOUR / 2)

    assert put_off_of(run).times == 1


def test_a_longer_wait_than_was_told_is_another(run):
    note_put_off(run, until=NOON + HOUR, why=BUSY, at=NOON)
    note_put_off(run, until=NOON + 9 * HOUR, why="its hours are over", at=NOON + HOUR / 2)

    assert put_off_of(run) == PutOff(until=NOON + 9 * HOUR, why="its hours are over", times=2)
