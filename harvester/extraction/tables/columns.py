"""Columns from white space: what stays white over row after row parts two columns."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from harvester.extraction.tables.rows import Piece, Row

Stretch = tuple[float, float]  # from left to right

# The narrowest white space between two columns of figures set close: half an em, twice a blank.
NARROWEST = 0.45
# Heads over several columns, and single cells that run over, may bridge the white space between columns.
BRIDGED = 0.2


@dataclass(frozen=True, slots=True)
class Columns:
    """The middles of the white space between columns, from left to right, and the outer edges."""

    left: float
    cuts: tuple[float, ...]
    right: float
    _known: dict[int, tuple[Row, list[tuple[Piece, int, int]]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def __len__(self) -> int:
        return len(self.cuts) + 1

    def of(self, x0: float, x1: float) -> tuple[int, int]:
        """Return the first and the last column that a stretch touches."""
        first = bisect_right(self.cuts, x0)
        return first, max(first, bisect_left(self.cuts, x1))

    def of_figure(self, x0: float, x1: float) -> tuple[int, int]:
        """Return, twice, the column that most of a figure stands in: none belongs to two."""
        first, last = self.of(x0, x1)
        bounds = (min(self.left, x0), *self.cuts, max(self.right, x1))
        most = max(range(first, last + 1), key=lambda at: min(x1, bounds[at + 1]) - max(x0, bounds[at]))
        return most, most

    def of_row(self, row: Row) -> list[tuple[Piece, int, int]]:
        """Return the pieces of a row with their first and last columns; of two in one column the right one has it."""
        known = self._known.get(id(row))
        if known is None or known[0] is not row:  # asked by one judge after the other
            known = self._known[id(row)] = (row, self._of_row(row))
        return known[1]

    def _of_row(self, row: Row) -> list[tuple[Piece, int, int]]:
        found: list[tuple[Piece, int, int]] = []
        for piece in row.pieces:
            is_one_figure = len(piece.words) == 1 and piece.is_figure
            first, last = (self.of_figure if is_one_figure else self.of)(piece.box.x0, piece.box.x1)
            if found and found[-1][1] < first <= found[-1][2]:
                found[-1] = (found[-1][0], found[-1][1], first - 1)
            found.append((piece, first, last))
        return found


def columns_of(
    stretches: Sequence[Sequence[Stretch]], *, least: float, ruled: Sequence[float] = ()
) -> Columns | None:
    """Find the columns of rows, each given as the stretches that its words cover.

    White space parts columns where it is ``least`` wide and all but the share ``BRIDGED`` of the rows leave it
    white, in the middle of where fewest do not. Lines part them where they are ``ruled``; white space beside a line parts nothing more.
    """
    ends = sorted(
        event for row in stretches for x0, x1 in joined(row, least) for event in ((x0, 1), (x1, -1))
    )
    if not ends:
        return None
    allowed = int(BRIDGED * len(stretches))
    cuts = {line for line in ruled if ends[0][0] < line < ends[-1][0]}
    covered, white_from, last = 0, ends[0][0], ends[0][0]
    stretches_within: list[tuple[int, float, float]] = []  # how often covered, from where to where
    for x, step in ends:
        if covered <= allowed and x > last:
            stretches_within.append((covered, last, x))
        before, covered, last = covered, covered + step, x
        if before > allowed >= covered:
            white_from, stretches_within = x, []
        elif before <= allowed < covered and white_from > ends[0][0]:
            shown = any(white_from - 1 <= line <= x + 1 for line in ruled)
            if not shown and x - white_from >= least:
                _, start, end = min(stretches_within, key=lambda part: (part[0], part[1] - part[2]))
                cuts.add((start + end) / 2)
    return Columns(ends[0][0], tuple(sorted(cuts)), ends[-1][0])


def joined(stretches: Iterable[Stretch], least: float) -> list[Stretch]:
    """Join stretches that less than ``least`` white space parts."""
    result: list[Stretch] = []
    for x0, x1 in sorted(stretches):
        if result and x0 - result[-1][1] < least:
            result[-1] = (result[-1][0], max(result[-1][1], x1))
        else:
            result.append((x0, x1))
    return result


def streams(row: Row, left: float, right: float) -> list[Stretch]:
    """Return the white space of a row between two edges, beside and between its pieces."""
    result, at = [], left
    for piece in row.pieces:
        if piece.box.x0 > at:
            result.append((at, piece.box.x0))
        at = max(at, piece.box.x1)
    if at < right:
        result.append((at, right))
    return result


def common(some: Sequence[Stretch], others: Sequence[Stretch], least: float) -> list[Stretch]:
    """Return what is white in both, where it is ``least`` wide."""
    result, one, two = [], 0, 0
    while one < len(some) and two < len(others):
        start, end = max(some[one][0], others[two][0]), min(some[one][1], others[two][1])
        if end - start >= least:
            result.append((start, end))
        if some[one][1] < others[two][1]:
            one += 1
        else:
            two += 1
    return result
