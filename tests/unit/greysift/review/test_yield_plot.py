"""The plot of yields: whatever the crawls brought, it stays within its frame and in proportion."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greysift.review.yield_plot import FLOOR, LEFT, TOP, WIDTH, Point, yield_plot

BEGUN = datetime(2026, 3, 2, tzinfo=UTC)
NUMBERS = st.integers(0, 2_000_000)


def points(*figures: tuple[int, int, int | None], status: str = "complete") -> list[Point]:
    return [
        Point(begun_at=BEGUN + timedelta(weeks=n), status=status, got=got, new=new, expected=expected)
        for n, (got, new, expected) in enumerate(figures)
    ]


@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.none() | NUMBERS), min_size=1, max_size=12))
def test_everything_lies_within_the_frame_and_higher_is_more(figures):
    plot = yield_plot(points(*figures))

    assert 2 <= len(plot.ticks) <= 7
    assert plot.ticks[0].number == 0
    assert plot.ticks[-1].number >= max(max(got, expected or 0) for got, _, expected in figures)
    for bar in plot.bars:
        assert LEFT <= bar.x < bar.x + bar.width <= WIDTH
        assert TOP <= bar.got_y <= bar.new_y <= FLOOR
        assert bar.expected_y is None or TOP <= bar.expected_y <= FLOOR
        assert 0 < bar.label_y < bar.got_y
    by_got = sorted(plot.bars, key=lambda bar: bar.point.got)
    assert [bar.got_y for bar in by_got] == sorted((bar.got_y for bar in plot.bars), reverse=True)
    assert all(a.x + a.width < b.x for a, b in zip(plot.bars, plot.bars[1:], strict=False))


def test_heights_are_in_proportion():
    first, second = yield_plot(points((40, 10, 40), (80, 0, None))).bars

    assert second.got_height == 2 * first.got_height == pytest.approx(8 * first.new_height, abs=0.5)
    assert first.expected_y == first.got_y


def test_axis_has_round_numbers():
    assert [t.number for t in yield_plot(points((47, 0, None))).ticks] == [0, 10, 20, 30, 40, 50]
    assert [t.number for t in yield_plot(points((0, 0, None))).ticks] == [0, 1]


def test_year_stands_under_the_first_crawl_and_where_it_changes():
    around = [
        Point(begun_at=datetime(year, month, 1, tzinfo=UTC), status="complete", got=1, new=0, expected=None)
        for year, month in [(2025, 11), (2025, 12), (2026, 1)]
    ]

    assert [bar.has_year for bar in yield_plot(around).bars] == [True, False, True]


def test_time_stands_under_crawls_of_one_day_alone():
    around = [
        Point(
            begun_at=datetime(2026, 3, day, hour, tzinfo=UTC), status="complete", got=1, new=0, expected=None
        )
        for day, hour in [(1, 9), (2, 9), (2, 11), (3, 9)]
    ]

    assert [bar.has_time for bar in yield_plot(around).bars] == [False, True, True, False]


@pytest.mark.parametrize(
    ("status", "is_marked"), [("complete", False), ("failed", True), ("running", False), ("unfinished", True)]
)
def test_crawls_that_fell_short_are_marked(status, is_marked):
    (bar,) = yield_plot(points((1, 0, 2), status=status)).bars

    assert bar.is_marked is is_marked


def test_no_crawls_make_no_plot():
    assert yield_plot([]) is None
