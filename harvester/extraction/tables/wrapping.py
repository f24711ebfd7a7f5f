"""Which rows of type make one row of a table: cells run over several lines."""

from collections.abc import Sequence
from itertools import pairwise

from harvester.extraction.geometry import around
from harvester.extraction.tables.aligned import Sheet
from harvester.extraction.tables.columns import Columns
from harvester.extraction.tables.rows import Row
from harvester.extraction.tables.shapes import GridCell, Placed

BESIDE = 0.3  # of the height of the type; lines of solid set text touch and hardly overlap
MOST_HEADS = 4  # rows of type
TIGHTER = 0.3  # of the height of the type, by which lines of a cell are closer than rows
TIGHT_HEADS = 0.8  # heads of one line each stand alone: the lines above the first row of figures are one head
TIGHT = 0.45  # of the height of the type: lines of one cell are set with the leading of text


def cells_of(sheet: Sheet, words: Sequence[Placed], lines: Sequence[float]) -> tuple[GridCell, ...]:
    """Make the cells of a sheet, with rows that go on the row above joined to it."""
    cells: list[GridCell] = []
    for number, group in enumerate(_groups(sheet, lines)):
        cells += _cells(group, number, sheet.columns, words)
    return tuple(cells)


def _groups(sheet: Sheet, lines: Sequence[float]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    body = _first_row_of_figures(sheet)
    typical = _typical_gap(sheet.rows)
    for place, row in enumerate(sheet.rows):
        if groups and _joins(groups[-1], row, sheet.columns, lines, is_head=place < body, typical=typical):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _joins(
    group: Sequence[Row],
    row: Row,
    columns: Columns,
    lines: Sequence[float],
    *,
    is_head: bool,
    typical: float,
) -> bool:
    """Whether a row of type belongs to the row of the table above it."""
    above = group[-1]
    if any(_middle(above) < line < _middle(row) for line in lines):
        return False
    if _stands_beside(above, row, columns):
        return True
    gap, height = row.box.top - above.box.bottom, min(row.height, above.height)
    if is_head:
        leaves_blank = len(row.pieces) < len(columns)
        return gap <= (TIGHT_HEADS if leaves_blank else TIGHT) * height and _heads(group, row, columns)
    return gap <= TIGHT * height and _goes_on(
        group, row, columns, tighter=typical - gap > TIGHTER * row.height
    )


def _middle(row: Row) -> float:
    return (row.box.top + row.box.bottom) / 2


def _typical_gap(rows: Sequence[Row]) -> float:
    gaps = sorted(below.box.top - above.box.bottom for above, below in pairwise(rows))
    return gaps[len(gaps) // 2] if gaps else 0.0


def _first_row_of_figures(sheet: Sheet) -> int:
    """Return where the body begins; 0 where no figures come within the rows that heads take."""
    for place, row in enumerate(sheet.rows[: MOST_HEADS + 1]):
        others = row.pieces[1:]
        if len(row.pieces) < 0.5 * len(sheet.columns):
            continue  # years over groups of columns are heads
        if others and sum(piece.is_figure for piece in others) >= 0.5 * len(others):
            return place
    return 0


def _columns(row: Row, columns: Columns) -> set[int]:
    return {column for _, first, last in columns.of_row(row) for column in range(first, last + 1)}


def _spans(row: Row, columns: Columns) -> bool:
    return any(first < last for _, first, last in columns.of_row(row))


def _stands_beside(above: Row, row: Row, columns: Columns) -> bool:
    """Whether two rows overlap in height and not in columns: figures set at the middle of a label of two lines."""
    overlap = above.box.bottom - row.box.top
    return overlap > BESIDE * min(above.height, row.height) and not _columns(above, columns) & _columns(
        row, columns
    )


def _heads(group: Sequence[Row], row: Row, columns: Columns) -> bool:
    """Whether a row of heads goes on those above it: no head of several columns stands in either."""
    return not any(_spans(each, columns) for each in (*group, row))


def _goes_on(group: Sequence[Row], row: Row, columns: Columns, *, tighter: bool) -> bool:
    """Whether a row goes on the cells above it: numbers do not wrap, words do, within the columns begun above."""
    taken = set().union(*(_columns(each, columns) for each in group))
    here = _columns(row, columns)
    if _spans(row, columns):
        return False
    first = row.pieces[0].text
    if taken == {0} and 0 in here and first[:1].islower():
        return True  # the label ran over before its figures came
    if not here <= taken or any(piece.is_figure for piece in row.pieces):
        return False
    return 0 not in here or tighter or (first[:1].islower() and here < taken)


def _cells(group: Sequence[Row], number: int, columns: Columns, words: Sequence[Placed]) -> list[GridCell]:
    """Make cells of the pieces of one row of the table; pieces that share a column share a cell."""
    spans: list[tuple[int, int, list[int]]] = []
    for piece, first, last in (found for row in group for found in columns.of_row(row)):
        shared = [span for span in spans if span[0] <= last and span[1] >= first]
        if not shared:
            spans.append((first, last, list(piece.words)))
            continue
        spans = [span for span in spans if span not in shared]
        inside = [at for span in shared for at in span[2]] + list(piece.words)
        spans.append(
            (min([first, *(span[0] for span in shared)]), max([last, *(span[1] for span in shared)]), inside)
        )
    return [
        GridCell(number, first, around([words[at].box for at in inside]), tuple(inside), 1, last - first + 1)
        for first, last, inside in sorted(spans)
    ]
