"""Bands of a page that white space parts from top to bottom on both sides of a gutter, and which of them read on."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from harvester.extraction.columns.strips import Row, usual_white

# In heights of the type. A blank line is about one.
_BAND = 0.5  # more than usual between rows parts bands
_BLANK_LINE = 1.3  # more than usual: what stands alone below goes on a column
_FARTHEST = 3.0  # more than usual between bands of one column: there is room for a figure
_RAGGED = 0.5  # by which one side ends before the other, of a row's whole step
_LEVEL = 0.75
_ROWS_OF_TABLE = 3
_FEWEST_WAITS = 2
_SMALLER = 0.93  # of the type above: notes at the foot


class Band(NamedTuple):
    """The rows left and right of a gutter, from top to bottom; one side may have none."""

    left: list[Row]
    right: list[Row]

    @property
    def top(self) -> float:
        """Of its highest row."""
        return min(rows[0].top for rows in (self.left, self.right) if rows)

    @property
    def bottom(self) -> float:
        """Of its lowest row."""
        return max(row.bottom for rows in (self.left, self.right) for row in rows[-1:])

    @property
    def height(self) -> float:
        """Of the type of the row in the middle."""
        heights = sorted(row.height for row in (*self.left, *self.right))
        return heights[len(heights) // 2]

    @property
    def is_on_both_sides(self) -> bool:
        """Whether either side has rows."""
        return bool(self.left and self.right)

    @property
    def begins_level(self) -> bool:
        """Whether both sides begin at one height."""
        return self.is_on_both_sides and abs(self.left[0].top - self.right[0].top) <= _LEVEL * self.height


def bands_of(left: Sequence[Row], right: Sequence[Row]) -> list[Band]:
    """Part the rows of both sides where more white space than usual runs through both."""
    white = usual_white((left, right))
    tagged = sorted(
        [(row, False) for row in left] + [(row, True) for row in right],
        key=lambda tag: (tag[0].top, tag[0].x0),
    )
    bands: list[Band] = []
    reach = 0.0
    for row, is_right in tagged:
        if not bands or row.top - reach > white + _BAND * row.height:
            bands.append(Band([], []))
            reach = row.bottom
        (bands[-1].right if is_right else bands[-1].left).append(row)
        reach = max(reach, row.bottom)
    return list(_with_rows_set_wide(bands))


def _with_rows_set_wide(bands: Iterable[Band]) -> Iterator[Band]:
    """Yield bands, those of a single row on either side that follow one another as one: a table with white between rows."""
    for is_row, run in groupby(bands, key=lambda band: len(band.left) == len(band.right) == 1):
        held = list(run)
        if is_row and len(held) >= _ROWS_OF_TABLE:
            yield joined(held)
        else:
            yield from held


def joined(bands: Sequence[Band]) -> Band:
    """Return one band with the rows of all."""
    return Band([row for band in bands for row in band.left], [row for band in bands for row in band.right])


def grouped(bands: Sequence[Band]) -> list[list[Band]]:
    """Group bands that columns run through: they are read down one side, then down the other.

    Columns do not where one side waits for the other: in rows of cells, under a balanced part, beside a heading over
    both. Where sides wait twice, rows that end level are taken for rows of cells as well.
    """
    if not bands:
        return []
    white = usual_white(joined(bands))
    waits = [_waits(above, below, white) for above, below in pairwise(bands)]
    are_cells = sum(waits) >= _FEWEST_WAITS
    groups = [[bands[0]]]
    for at, band in enumerate(bands[1:]):
        after = bands[at + 2] if at + 2 < len(bands) else None
        parts = waits[at] or (are_cells and band.begins_level and bands[at].is_on_both_sides)
        if parts or not _runs_through(bands[at], band, after, white):
            groups.append([band])
        else:
            groups[-1].append(band)
    return groups


def _waits(above: Band, below: Band, white: float) -> bool:
    """Whether one side ends before the other, and both begin again at one height."""
    if not above.is_on_both_sides or not below.begins_level:
        return False
    step = below.height + white
    return abs(above.left[-1].bottom - above.right[-1].bottom) > _RAGGED * step


def _runs_through(above: Band, below: Band, after: Band | None, white: float) -> bool:
    height = below.height
    gap = below.top - above.bottom - white
    if gap > _FARTHEST * height or height < _SMALLER * above.height:
        return False
    if above.is_on_both_sides and below.is_on_both_sides:
        return True
    is_heading = after is not None and after.begins_level and not below.is_on_both_sides
    return gap <= _BLANK_LINE * height and not is_heading
