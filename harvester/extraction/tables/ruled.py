"""Tables whose cells are drawn: pdfplumber's way from edges to cells, fed with plain values."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Any

from pdfplumber.table import cells_to_tables, merge_edges

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around
from harvester.extraction.tables.crossings import cells_between, crossings_of
from harvester.extraction.tables.rows import is_figure
from harvester.extraction.tables.shapes import GridCell, Ink, Placed

Edge = dict[str, Any]  # as pdfplumber has them

REACH = 3.0  # points: lines that nearly meet, and double lines, count as one; the smallest type is higher
LABELLED = 0.8  # of the rows; lines of text beside a grid do not keep to its rows
FARTHEST_STUB = 30.0  # points between the longest label and the grid
NARROW = 6.0  # points: narrower cells are the space between double lines
ENOUGH_ENDS = 3  # lines that end together by design, not by chance
MOST_CROSSINGS = 3_000  # of lines: pairs are compared; a table of a page has some hundreds
MOST_EDGES = 1_000  # after pieces of one line are joined
MOST_PIECES = 10_000  # of lines: dots and dashes


def grids_of(ink: Ink) -> tuple[tuple[Box, ...], ...]:
    """Find the groups of cells that lines and the sides of areas draw."""
    return _grids(ink.across, ink.down, ink.areas) if _could_draw(ink) else ()


@lru_cache(maxsize=1)  # a page is asked for its grids twice: by its charts, and by its tables
def _grids(
    across: tuple[Box, ...], down: tuple[Box, ...], areas: tuple[Box, ...]
) -> tuple[tuple[Box, ...], ...]:
    edges = merge_edges(list(_edges(across, down, areas)), REACH, REACH, REACH, REACH)
    if not edges or len(edges) > MOST_EDGES:
        return ()
    if sides := list(_open_sides(edges)):
        edges = merge_edges([*edges, *sides], REACH, REACH, REACH, REACH)
    crossings = crossings_of(_lines(edges, "h"), _lines(edges, "v"), REACH)
    if len(crossings) > MOST_CROSSINGS:
        return ()
    cells: list[tuple[int | float, int | float, int | float, int | float]] = list(cells_between(crossings))
    return tuple(tuple(Box(*cell) for cell in table) for table in cells_to_tables(cells))


def _lines(edges: Sequence[Edge], orientation: str) -> list[Box]:
    return [
        Box(edge["x0"], edge["top"], edge["x1"], edge["bottom"])
        for edge in edges
        if edge["orientation"] == orientation
    ]


def _could_draw(ink: Ink) -> bool:
    count = len(ink.across) + len(ink.down) + 4 * len(ink.areas)
    return bool(ink.areas or (len(ink.across) > 1 and len(ink.down) > 1)) and count <= MOST_PIECES


def _edges(across: Sequence[Box], down: Sequence[Box], areas: Sequence[Box]) -> Iterator[Edge]:
    for box in across:
        if box.x1 - box.x0 >= 1.0:
            yield _edge("h", box)
    for box in down:
        if box.bottom - box.top >= 1.0:
            yield _edge("v", box)
    for box in areas:
        yield _edge("h", Box(box.x0, box.top, box.x1, box.top))
        yield _edge("h", Box(box.x0, box.bottom, box.x1, box.bottom))
        yield _edge("v", Box(box.x0, box.top, box.x0, box.bottom))
        yield _edge("v", Box(box.x1, box.top, box.x1, box.bottom))


def _edge(orientation: str, box: Box) -> Edge:
    return {
        "object_type": "line",
        "orientation": orientation,
        "x0": box.x0,
        "top": box.top,
        "x1": box.x1,
        "bottom": box.bottom,
        "width": box.x1 - box.x0,
        "height": box.bottom - box.top,
    }


def _open_sides(edges: Sequence[Edge]) -> Iterator[Edge]:
    """Close tables that are open at a side: lines that end one under the other and are tied by lines across them."""
    across = [edge for edge in edges if edge["orientation"] == "h"]
    down = [edge for edge in edges if edge["orientation"] == "v"]
    for side in ("x0", "x1"):
        for group in _ending_together(across, side):
            for tied in _tied(sorted(group, key=itemgetter("top")), down, "top", "bottom"):
                at = sum(edge[side] for edge in tied) / len(tied)
                yield _edge("v", Box(at, tied[0]["top"], at, tied[-1]["top"]))
    for side in ("top", "bottom"):
        for group in _ending_together(down, side):
            for tied in _tied(sorted(group, key=itemgetter("x0")), across, "x0", "x1"):
                at = sum(edge[side] for edge in tied) / len(tied)
                yield _edge("h", Box(tied[0]["x0"], at, tied[-1]["x0"], at))


def _ending_together(edges: Sequence[Edge], side: str) -> Iterator[list[Edge]]:
    group: list[Edge] = []
    for edge in sorted(edges, key=itemgetter(side)):
        if group and edge[side] - group[0][side] > REACH:
            yield group
            group = []
        group.append(edge)
    if group:
        yield group


def _tied(group: Sequence[Edge], ties: Sequence[Edge], start: str, end: str) -> Iterator[list[Edge]]:
    """Cut a group of parallel lines where no line across them touches both neighbours."""
    along = ("x0", "x1") if start == "top" else ("top", "bottom")
    tied = list(group[:1])
    for one, other in pairwise(group):
        first, last = max(one[along[0]], other[along[0]]), min(one[along[1]], other[along[1]])
        if any(
            tie[start] <= one[start] + REACH
            and tie[end] >= other[start] - REACH
            and first - REACH <= tie[along[0]] <= last + REACH
            for tie in ties
        ):
            tied.append(other)
            continue
        if len(tied) >= ENOUGH_ENDS:
            yield tied
        tied = [other]
    if len(tied) >= ENOUGH_ENDS:
        yield tied


def with_stub(grid: Sequence[Box], words: Sequence[Placed], chosen: Sequence[int]) -> list[Box]:
    """Add the column of labels that stands before a grid of figures without lines of its own, a label to most rows."""
    box = around(list(grid))
    rows = sorted({(cell.top, cell.bottom) for cell in grid if cell.x0 <= box.x0 + REACH})
    level = [words[at] for at in chosen if rows[0][0] <= _middle(words[at].box) < rows[-1][1]]
    edge = max(cell.x1 for cell in grid if cell.x0 <= box.x0 + REACH)
    first = [word for word in level if box.x0 - REACH < word.box.x0 < edge]
    labels = [word.box for word in level if word.box.x1 <= box.x0 + REACH]
    labelled = sum(any(top <= _middle(label) < bottom for label in labels) for top, bottom in rows)
    if len(rows) < ENOUGH_ENDS or labelled < LABELLED * len(rows):
        return list(grid)
    if box.x0 - max(label.x1 for label in labels) > FARTHEST_STUB:
        return list(grid)
    if 2 * sum(is_figure(word.text) for word in first) < len(first):
        return list(grid)  # it has labels of its own
    left = min(label.x0 for label in labels)
    return [*grid, *(Box(left, top, box.x0, bottom) for top, bottom in rows)]


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def fill(cells: Iterable[Box], words: Sequence[Placed], chosen: Iterable[int]) -> list[tuple[Box, list[int]]]:
    """Put each chosen word into the first cell that holds its middle."""
    filled: list[tuple[Box, list[int]]] = [
        (cell, []) for cell in sorted(cells, key=lambda box: (box.top, box.x0))
    ]
    bounds = around([cell for cell, _ in filled])
    for at in chosen:
        box = words[at].box
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        if bounds.x0 <= x <= bounds.x1 and bounds.top <= y <= bounds.bottom:
            for cell, inside in filled:
                if cell.x0 <= x < cell.x1 and cell.top <= y < cell.bottom:
                    inside.append(at)
                    break
    return filled


def numbered(filled: Sequence[tuple[Box, Sequence[int]]]) -> tuple[GridCell, ...]:
    """Give cells with words their rows and columns; a side that parts no two cells of one row or column counts not."""
    tops = _starts([(box.top, box.bottom, box.x0, box.x1) for box, _ in filled])
    lefts = _starts([(box.x0, box.x1, box.top, box.bottom) for box, _ in filled])
    cells: list[GridCell] = []
    for box, inside in filled:
        if inside:
            first_row, last_row = _between(tops, box.top, box.bottom)
            first, last = _between(lefts, box.x0, box.x1)
            cells.append(
                GridCell(first_row, first, box, tuple(inside), last_row - first_row + 1, last - first + 1)
            )
    return _without_empty(cells)


def _starts(cells: Sequence[tuple[float, float, float, float]]) -> list[float]:
    """Keep the places where cells begin, given as start, end and their extent the other way, that part two of them."""
    places = sorted({start for start, *_ in cells})
    kept = places[:1]
    for place in places[1:]:
        before = [
            cell
            for cell in cells
            if cell[1] - cell[0] >= NARROW and kept[-1] - REACH <= cell[0] < place - REACH
        ]
        after = [cell for cell in cells if cell[1] - cell[0] >= NARROW and abs(cell[0] - place) <= REACH]
        if any(one[1] <= place + REACH and _beside(one, other) for one in before for other in after):
            kept.append(place)
    return kept


def _beside(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return min(one[3], other[3]) - max(one[2], other[2]) > REACH


def _between(starts: Sequence[float], first: float, last: float) -> tuple[int, int]:
    begin = max(sum(start <= first + REACH for start in starts) - 1, 0)
    return begin, max(sum(start < last - REACH for start in starts) - 1, begin)


def _without_empty(cells: Sequence[GridCell]) -> tuple[GridCell, ...]:
    """Leave out rows and columns in which no cell with words begins."""
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    return tuple(
        GridCell(
            rows.index(cell.row),
            columns.index(cell.column),
            cell.box,
            cell.words,
            sum(cell.row <= row < cell.row + cell.row_span for row in rows),
            sum(cell.column <= column < cell.column + cell.column_span for column in columns),
        )
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column))
    )
