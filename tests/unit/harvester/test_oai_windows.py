"""Windows of datestamps: together they hold every moment, each once."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from harvester.spiders.oai_windows import Granularity, Window, moment_of

EARLIEST, NOW = datetime(2007, 8, 5, 17, 37, 28, tzinfo=UTC), datetime(2026, 6, 30, 12, tzinfo=UTC)
granularities = st.sampled_from([Granularity(is_seconds=True), Granularity(is_seconds=False)])
moments = st.integers(-(10**8), 7 * 10**8).map(lambda n: EARLIEST + timedelta(seconds=n))


@given(granularity=granularities, at=moments, cuts=st.lists(st.booleans(), max_size=40))
def test_however_a_window_is_split_each_moment_lies_in_one_part(granularity, at, cuts):
    windows = [Window()]
    for is_first in cuts:
        window = windows.pop(0 if is_first else -1)
        halves = window.split(earliest=EARLIEST, now=NOW, granularity=granularity)
        windows += halves or [window]

    holding = [w for w in windows if w.holds(granularity.text(at), granularity)]

    assert len(holding) == 1


@given(granularity=granularities)
def test_splitting_comes_to_an_end(granularity):
    window, times = Window(EARLIEST, NOW), 0
    while halves := window.split(earliest=EARLIEST, now=NOW, granularity=granularity):
        window, times = halves[times % 2], times + 1

    assert times < 40
    assert window.last - window.first < granularity.step


def test_a_day_alone_may_lie_anywhere_in_it():
    seconds = Granularity(is_seconds=True)
    noon = datetime(2026, 1, 2, 12, tzinfo=UTC)

    assert Window(noon, noon + timedelta(hours=1)).holds("2026-01-02", seconds)
    assert not Window(noon, None).holds("2026-01-01", seconds)
    assert not Window(noon, None).holds("2026-01-02T11:59:59Z", seconds)
    assert Window(noon, None).holds("whenever", seconds)


def test_moments_of_other_zones_are_understood():
    assert moment_of("2026-01-02T01:00:00+01:00") == datetime(2026, 1, 2, tzinfo=UTC)
    assert moment_of("yesterday") is None
