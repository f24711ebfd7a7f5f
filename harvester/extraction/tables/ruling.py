"""Lines that cross a table, alone or in pieces."""

from collections.abc import Iterable

from corpus.vocabulary.documents import Box
from harvester.extraction.tables.shapes import Ink

BESIDE = 15.0  # points: a line above or below a row of ordinary type, its leading included
MOST = 0.5  # of the extent: shorter lines belong to a part of the table
THICK = 2.0  # points: pieces of one line, and both lines of a double one

Line = tuple[float, float, float]  # its place, where it starts and ends


def lines_across(box: Box, ink: Ink) -> list[float]:
    """Return the heights at which lines cross most of a box, or run along its top or bottom."""
    lines = [(line.top, line.x0, line.x1) for line in ink.across]
    lines += [(height, area.x0, area.x1) for area in ink.areas for height in (area.top, area.bottom)]
    return _crossing(lines, box.top - BESIDE, box.bottom + BESIDE, box.x0, box.x1)


def lines_down(box: Box, ink: Ink) -> list[float]:
    """Return the places at which lines part most of a box from top to bottom."""
    lines = [(line.x0, line.top, line.bottom) for line in ink.down]
    lines += [(place, area.top, area.bottom) for area in ink.areas for place in (area.x0, area.x1)]
    return _crossing(lines, box.x0, box.x1, box.top, box.bottom)


def _crossing(lines: Iterable[Line], first: float, last: float, start: float, end: float) -> list[float]:
    near = sorted(line for line in lines if first <= line[0] <= last and line[1] < end and line[2] > start)
    result: list[float] = []
    at, covered = 0.0, 0.0
    for place, begin, finish in [*near, (float("inf"), 0.0, 0.0)]:
        if place - at > THICK:
            if covered >= MOST * (end - start):
                result.append(at)
            at, covered = place, 0.0
        covered += min(finish, end) - max(begin, start)
    return result
