"""Where lines cross, and the cells between: pdfplumber's rule, each pair of lines looked at once.

The results are those of pdfplumber's ``edges_to_intersections`` and ``intersections_to_cells``; theirs make the sets of
lines anew for each pair of crossings, which is most of the time that a page with tables takes.
"""

from collections.abc import Sequence
from typing import NamedTuple

from corpus.vocabulary.documents import Box

Point = tuple[float, float]


class Crossing(NamedTuple):
    """The lines that meet in a point: those that go down, and those that go across."""

    down: set[Box]
    across: set[Box]


def crossings_of(across: Sequence[Box], down: Sequence[Box], reach: float) -> dict[Point, Crossing]:
    """Return where lines cross or nearly do, by the place along the one and the other."""
    found: dict[Point, Crossing] = {}
    ordered = sorted(across, key=lambda line: (line.top, line.x0))
    for upright in sorted(down, key=lambda line: (line.x0, line.top)):
        x, top, _, bottom = upright
        for line in ordered:
            x0, y, x1, _ = line
            if top <= y + reach and bottom >= y - reach and x >= x0 - reach and x <= x1 + reach:
                crossing = found.get((x, y))
                if crossing is None:
                    crossing = found[(x, y)] = Crossing(set(), set())
                crossing.down.add(upright)
                crossing.across.add(line)
    return found


def cells_between(crossings: dict[Point, Crossing]) -> list[Box]:
    """Return, for each crossing, the smallest rectangle below and right of it of which lines draw all sides."""
    points = sorted(crossings)
    columns: dict[float, list[Point]] = {}
    rows: dict[float, list[Point]] = {}
    for point in points:
        columns.setdefault(point[0], []).append(point)
        rows.setdefault(point[1], []).append(point)
    cells = (_smallest(point, crossings, columns[point[0]], rows[point[1]]) for point in points)
    return [cell for cell in cells if cell is not None]


def _smallest(
    point: Point, crossings: dict[Point, Crossing], column: Sequence[Point], row: Sequence[Point]
) -> Box | None:
    x, y = point
    down, across = crossings[point]
    right = [other for other in row if other[0] > x and not across.isdisjoint(crossings[other].across)]
    if not right:
        return None
    for below in column:
        if below[1] <= y or down.isdisjoint(crossings[below].down):
            continue
        floor = crossings[below].across
        for beside in right:
            corner = crossings.get((beside[0], below[1]))
            if (
                corner is not None
                and not corner.down.isdisjoint(crossings[beside].down)
                and not corner.across.isdisjoint(floor)
            ):
                return Box(x, y, beside[0], below[1])
    return None
