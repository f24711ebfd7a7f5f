"""The hours in which a source may be asked."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.declarations.common import Politeness
from harvester.declarations.windows import opening, times_of
from tests.factories import NOON

LONDON = "Europe/London"


def london(*when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(LONDON))


@pytest.mark.parametrize(
    ("windows", "at", "opens"),
    [
        ((), london(2026, 11, 25, 12), london(2026, 11, 25, 12)),
        (("22:00-06:00",), london(2026, 11, 25, 12), london(2026, 11, 25, 22)),
        (("22:00-06:00",), london(2026, 11, 25, 22), london(2026, 11, 25, 22)),
        (("22:00-06:00",), london(2026, 11, 25, 5, 59), london(2026, 11, 25, 5, 59)),
        (("22:00-06:00",), london(2026, 11, 25, 6), london(2026, 11, 25, 22)),
        (("09:00-10:00", "12:00-13:00"), london(2026, 11, 25, 10), london(2026, 11, 25, 12)),
        (("09:00-10:00", "12:00-13:00"), london(2026, 11, 25, 13), london(2026, 11, 26, 9)),
        (("22:00-24:00",), london(2026, 11, 25, 12), london(2026, 11, 25, 22)),
        (("22:00-24:00",), london(2026, 11, 25, 23, 59), london(2026, 11, 25, 23, 59)),
        (("22:00-24:00",), london(2026, 11, 26, 0), london(2026, 11, 26, 22)),
        (("22:00-06:00",), london(2026, 7, 1, 12), datetime(2026, 7, 1, 21, tzinfo=UTC)),  # summer time
        (("01:10-01:50",), london(2026, 3, 29, 0, 30), london(2026, 3, 29, 2, 10)),  # that hour is skipped
    ],
)
def test_when_a_source_may_next_be_asked(windows, at, opens):
    assert opening(windows, LONDON, at=at) == opens


@pytest.mark.parametrize(
    "window",
    [
        "24:00-06:00",
        "22:00-24:01",
        "00:00-24:00",
        "22-06",
        "22:00",
        "25:00-06:00",
        "22:00-22:00",
        "22:00 - 06:00",
        "1:00-2:00",
    ],
)
def test_what_is_no_window_is_refused(window):
    with pytest.raises(ValueError, match=r"no window|opens when it closes"):
        Politeness(windows=(window,))


def test_a_zone_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="Europe/London"):
        Politeness(zone="Europe/Lundon")


clock_times = st.times().map(lambda t: f"{t:%H:%M}")


@given(
    st.tuples(clock_times, clock_times).filter(lambda pair: pair[0] != pair[1]),
    st.datetimes(NOON.replace(tzinfo=None), NOON.replace(tzinfo=None, year=2030), timezones=st.just(UTC)),
    st.sampled_from([LONDON, "UTC", "America/New_York", "Australia/Lord_Howe"]),
)
def test_an_opening_is_never_past_and_always_open(pair, at, zone):
    window = "-".join(pair)

    opens = opening((window,), zone, at=at)

    assert at <= opens <= at + timedelta(days=2)
    assert opening((window,), zone, at=opens) == opens
    wall = opens.astimezone(ZoneInfo(zone)).time()
    first, last = times_of(window)
    is_within = first <= wall < last if first < last else wall >= first or wall < last
    is_changing_day = (
        opens.astimezone(ZoneInfo(zone)).utcoffset()
        != (opens - timedelta(hours=3)).astimezone(ZoneInfo(zone)).utcoffset()
    )
    assert is_within or is_changing_day
