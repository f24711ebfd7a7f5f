"""Due moments: daylight saving, catching up once, and expressions that are none."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.cron import Cron, parse_cron
from corpus.vocabulary.errors import ScheduleError

LONDON = ZoneInfo("Europe/London")
EXPRESSIONS = st.sampled_from(
    [
        "0 3 * * 1",
        "30 1 * * *",
        "15 * * * *",
        "*/20 1-3 * * *",
        "0 0 1 * *",
        "0 2 29 2 *",
        "5,35 1 L * *",
        "* 1 * * 0",
    ]
)
NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
SPRING = datetime(2026, 3, 28, tzinfo=UTC)  # clocks change on the 29th
AUTUMN = datetime(2026, 10, 24, tzinfo=UTC)  # and back on the 25th


def minutes_from(start: datetime, days: int) -> st.SearchStrategy[datetime]:
    return st.integers(0, days * 24 * 60).map(lambda minutes: start + timedelta(minutes=minutes))


MOMENTS = minutes_from(NEW_YEAR, 1400) | minutes_from(SPRING, 3) | minutes_from(AUTUMN, 3)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_monday_at_three_is_three_on_the_clock_in_winter_and_summer():
    cron = parse_cron("0 3 * * 1")

    assert cron.next_after(at("2026-01-07T12:00Z"), zone=LONDON) == at("2026-01-12T03:00Z")
    assert cron.next_after(at("2026-07-08T12:00Z"), zone=LONDON) == at("2026-07-13T03:00+01:00")


def test_hour_that_clocks_skip_is_served_right_after_it_and_once():
    cron = parse_cron("30 1 * * *")

    first = cron.next_after(at("2026-03-28T12:00Z"), zone=LONDON)

    assert first == at("2026-03-29T01:00Z")  # 02:00 on the clock: half past one did not exist
    assert cron.next_after(first, zone=LONDON) == at("2026-03-30T00:30Z")


def test_hour_that_clocks_repeat_is_served_once():
    cron = parse_cron("30 1 * * *")

    first = cron.next_after(at("2026-10-24T12:00Z"), zone=LONDON)

    assert first == at("2026-10-25T00:30Z")  # the first of two half past ones
    assert cron.next_after(first, zone=LONDON) == at("2026-10-26T01:30Z")
    assert cron.newest_in(first, at("2026-10-25T12:00Z"), zone=LONDON) is None


def test_many_missed_moments_are_one():
    cron = parse_cron("0 3 * * *")

    owed = cron.newest_in(at("2026-01-01T12:00Z"), at("2026-01-11T04:00Z"), zone=LONDON)

    assert owed == at("2026-01-11T03:00Z")
    assert cron.newest_in(owed, at("2026-01-12T02:59Z"), zone=LONDON) is None


@given(expression=EXPRESSIONS, start=MOMENTS, days=st.integers(0, 40))
@example(expression="* 1 * * 0", start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), days=1)
def test_newest_is_the_last_of_those_that_come_one_after_the_other(expression, start, days):
    cron, until = Cron(expression), start + timedelta(days=days)
    moments, moment = [], cron.next_after(start, zone=LONDON)
    while moment <= until:
        moments.append(moment)
        moment = cron.next_after(moment, zone=LONDON)

    assert cron.newest_in(start, until, zone=LONDON) == (moments[-1] if moments else None)
    assert moments == sorted(set(moments))
    assert all(m > start for m in moments)


@given(
    expression=EXPRESSIONS,
    start=MOMENTS,
    pauses=st.lists(st.integers(1, 60 * 24 * 10), min_size=1, max_size=30),
)
def test_looking_now_and_then_serves_each_moment_at_most_once_and_the_last_always(expression, start, pauses):
    """A scheduler that is off for a while, looks, is off again …"""
    cron, served, served_at, now = Cron(expression), [], start, start
    for pause in pauses:
        now += timedelta(minutes=pause)
        owed = cron.newest_in(served_at, now, zone=LONDON)
        if owed is not None:
            assert served_at < owed <= now
            served.append(owed)
            served_at = owed

    assert len(served) == len(set(served)) <= len(pauses)
    assert cron.newest_in(served_at, now, zone=LONDON) is None
    assert cron.next_after(served_at, zone=LONDON) > now


@given(text=st.text(st.sampled_from("0123456789*/,-L#W MONJANw "), max_size=30) | st.text(max_size=20))
@example(text="0 0 * * 1#1/2")
@example(text="0 0 L/2 * *")
def test_any_text_is_refused_or_is_due_some_day_and_can_be_told_in_words(text):
    try:
        cron = parse_cron(text)
    except ScheduleError:
        return
    assert cron.next_after(NEW_YEAR, zone=LONDON) > NEW_YEAR
    assert cron.in_words()
    assert parse_cron(cron.text) == cron


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it has 0 fields"),
        ("@daily", "it has 1 fields"),
        ("0 0 3 * * 1", "it has 6 fields"),
        ("61 3 * * 1", "bad minute"),
        ("0 0 31 2 *", "bad day-of-month"),
        ("0 0 * 13 *", "bad month"),
        ("1," * 60 + "1 0 * * *", "longer than 100"),
    ],
)
def test_expression_that_is_none_is_refused_with_what_is_wrong(text, why):
    with pytest.raises(ScheduleError, match=f"{why}.*every Monday at 03:00"):
        parse_cron(text)


def test_expression_is_kept_with_single_spaces_and_told_in_words():
    cron = parse_cron("  0   3 * *  1 ")

    assert cron.text == "0 3 * * 1"
    assert cron.in_words() == "At 03:00 on Monday"
