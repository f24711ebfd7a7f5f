"""Runs of rows that keep the same white space between their pieces."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from harvester.extraction.tables.captions import is_caption
from harvester.extraction.tables.columns import NARROWEST, Stretch, common, streams
from harvester.extraction.tables.rows import Row

# Rows further apart than a line and a half left out do not belong together, unless lines tie them.
FARTHEST = 1.7
CLOSE = 0.6  # of the height of the type: lines of one cell, a head over its columns
# A head parts two tables below figures, after a bit of white space; heads within one stand as close as its rows.
MORE_WHITE = 0.4  # of the height of the type
FEWEST_BEFORE_HEAD = 3
MOSTLY = 0.6  # of the cells
MOST_PENDING = 3  # headings within a table, or the lines of one cell, one after the other


def runs_of(rows: Sequence[Row], left: float, right: float) -> Iterator[list[Row]]:
    """Yield runs of rows, from a row of several pieces to the last one that leaves some of the same space white."""
    run: list[Row] = []
    pending: list[Row] = []
    white: list[Stretch] = []
    edges = float("inf"), float("-inf")  # of the run
    before: Row | None = None
    for row in rows:
        least = NARROWEST * row.height
        if run:
            last = (pending or run)[-1]
            apart = row.box.top - last.box.bottom > FARTHEST * max(row.height, last.height)
            if (
                apart
                or len(pending) >= MOST_PENDING
                or _begins_another(run, row, (pending or [row])[0])
                or (
                    len(row.pieces) > 1
                    and not _inner(common(white, streams(row, left, right), least), edges, row)
                )
            ):
                yield [*run, *_last_lines(run[-1], pending)]
                run, pending = [], []
        if len(row.pieces) > 1 or (run and _stands_in_column(row, run[-1])):
            if run:
                white = common(white, streams(row, left, right), least)
            else:
                white = streams(row, left, right)
                run = [before] if before is not None and _is_head_over(before, row) else []
                edges = _edges(run, (float("inf"), float("-inf")))
            edges = _edges([*pending, row], edges)
            run += [*pending, row]
            pending = []
        elif run:
            pending.append(row)
        before = row
    if run:
        yield [*run, *_last_lines(run[-1], pending)]


def _begins_another(run: Sequence[Row], row: Row, first: Row) -> bool:
    """Whether a row is the caption of another table, or its head: words below figures, after more white space than usual.

    ``first`` is the first row after the run, the row itself or what stands over it.
    """
    if len(row.pieces) == 1:
        return is_caption(row.pieces[0].text)
    if len(run) < FEWEST_BEFORE_HEAD or any(piece.is_figure for piece in row.pieces[1:]):
        return False
    white = sorted(below.box.top - above.box.bottom for above, below in pairwise(run))
    more = first.box.top - run[-1].box.bottom - white[len(white) // 2]
    if more <= MORE_WHITE * row.height:
        return False
    others = [piece for above in run for piece in above.pieces[1:]]
    return sum(piece.is_figure for piece in others) >= MOSTLY * len(others)


def _is_head_over(above: Row, row: Row) -> bool:
    """Whether a lone piece is a head over some columns: close above, and beside the first column."""
    return (
        len(above.pieces) == 1
        and row.box.top - above.box.bottom <= CLOSE * row.height
        and above.box.x0 > row.pieces[0].box.x1
        and above.box.x1 <= row.box.x1 + row.height
    )


def _stands_in_column(row: Row, last: Row) -> bool:
    """Whether a lone figure stands in a column of the row before, not the first: the other columns are shorter."""
    piece, near = row.pieces[0], 0.3 * row.height
    return piece.is_figure and any(
        abs(piece.box.x0 - other.box.x0) <= near or abs(piece.box.x1 - other.box.x1) <= near
        for other in last.pieces[1:] or last.pieces
    )


def _last_lines(last: Row, pending: Sequence[Row]) -> Iterator[Row]:
    """Yield the lines in which cells of the last row of several pieces go on."""
    bottom = last.box.bottom
    for row in pending:
        height = min(row.height, last.height)
        beside_first = abs(row.box.x0 - last.pieces[0].box.x0) <= 0.3 * height
        under_other = any(abs(row.box.x0 - piece.box.x0) <= 0.3 * height for piece in last.pieces[1:])
        overlaps = row.box.top < bottom - 0.3 * height
        tight = row.box.top - bottom <= CLOSE * height and row.box.x1 <= last.box.x1 + height
        if not (overlaps or (tight and (under_other or (beside_first and row.pieces[0].text[:1].islower())))):
            return
        yield row
        bottom = row.box.bottom


def _edges(rows: Sequence[Row], edges: Stretch) -> Stretch:
    """Return the outer edges of rows and of what stands between two edges already."""
    left, right = edges
    return min([left, *(row.box.x0 for row in rows)]), max([right, *(row.box.x1 for row in rows)])


def _inner(white: Sequence[Stretch], edges: Stretch, row: Row) -> list[Stretch]:
    """Keep white space with something on both sides, in the run and in the row."""
    start, end = max(edges[0], row.box.x0), min(edges[1], row.box.x1)
    return [(x0, x1) for x0, x1 in white if x0 > start and x1 < end]
