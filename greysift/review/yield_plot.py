"""The yield of a source over time, as the coordinates of a plot: pure arithmetic, drawn by a template."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 720, 276
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 34, 60
FLOOR = HEIGHT - BOTTOM
FEWEST_SLOTS = 8  # so that one crawl alone does not fill the plot
WIDEST_BAR = 34.0
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Point:
    """One crawl: what it got, how much of it was new, what the source says it holds."""

    begun_at: datetime
    status: str
    got: int
    new: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A crawl as drawn. Heights are measured from the floor; ``expected_y`` is ``None`` when nobody said.

    ``has_time`` says that others began on the same day, so that the day alone does not tell which crawl it is.
    """

    point: Point
    x: float
    middle: float
    width: float
    got_y: float
    got_height: float
    new_y: float
    new_height: float
    expected_y: float | None
    label_y: float
    has_year: bool
    has_time: bool

    @property
    def is_marked(self) -> bool:
        """Whether it is drawn as one that fell short: it failed, or nobody has finished it."""
        return self.point.status in {"failed", "unfinished"}


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot, with its number."""

    y: float
    number: int


@dataclass(frozen=True, slots=True)
class Plot:
    """All that is drawn, the earliest crawl first."""

    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = FLOOR


def yield_plot(points: Sequence[Point]) -> Plot | None:
    """Lay out crawls, the earliest first; ``None`` when there are none."""
    if not points:
        return None
    step = _step(max(max(p.got, p.expected or 0) for p in points))
    highest = max(step, step * -(-max(max(p.got, p.expected or 0) for p in points) // step))
    slot = (WIDTH - LEFT - RIGHT) / max(len(points), FEWEST_SLOTS)
    bars, year = [], None
    days = Counter(point.begun_at.date() for point in points)
    for number, point in enumerate(points):
        bars.append(
            _bar(
                point,
                number=number,
                slot=slot,
                highest=highest,
                has_year=point.begun_at.year != year,
                has_time=days[point.begun_at.date()] > 1,
            )
        )
        year = point.begun_at.year
    ticks = [Tick(y=_y(value, highest), number=value) for value in range(0, highest + 1, step)]
    return Plot(bars=bars, ticks=ticks)


def _step(largest: int) -> int:
    """Return the round number that parts the axis into two to five."""
    size = 1
    while True:
        for step in STEPS:
            if largest <= 5 * step * size:
                return step * size
        size *= 10


def _y(value: int, highest: int) -> float:
    return round(FLOOR - (FLOOR - TOP) * value / highest, 1)


def _bar(point: Point, *, number: int, slot: float, highest: int, has_year: bool, has_time: bool) -> Bar:
    width = min(WIDEST_BAR, slot * 0.62)
    middle = LEFT + slot * (number + 0.5)
    got_y, new_y = _y(point.got, highest), _y(min(point.new, point.got), highest)
    expected_y = None if point.expected is None else _y(point.expected, highest)
    return Bar(
        point=point,
        x=round(middle - width / 2, 1),
        middle=round(middle, 1),
        width=round(width, 1),
        got_y=got_y,
        got_height=round(FLOOR - got_y, 1),
        new_y=new_y,
        new_height=round(FLOOR - new_y, 1),
        expected_y=expected_y,
        label_y=round(min(got_y, got_y if expected_y is None else expected_y) - 6, 1),
        has_year=has_year,
        has_time=has_time,
    )
