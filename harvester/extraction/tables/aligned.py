"""Tables that white space alone, or with some lines, sets out in columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from harvester.extraction.tables.columns import NARROWEST, Columns, columns_of
from harvester.extraction.tables.rows import Row, is_figure, piece_of
from harvester.extraction.tables.shapes import Placed


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with columns: what may be a table."""

    rows: tuple[Row, ...]
    columns: Columns


def sheet_of(run: Sequence[Row], words: Sequence[Placed], *, ruled: Sequence[float] = ()) -> Sheet | None:
    """Find the columns of a run of rows and cut its rows by them."""
    several = [row for row in run if len(row.pieces) > 1]
    if not several:
        return None
    heights = sorted(row.height for row in several)
    least = NARROWEST * heights[len(heights) // 2]
    columns = columns_of(
        [
            [(words[at].box.x0, words[at].box.x1) for piece in row.pieces for at in piece.words]
            for row in several
        ],
        least=least,
        ruled=ruled,
    )
    if columns is None or len(columns) < 2:
        return None
    return Sheet(tuple(_cut(row, columns, words, least) for row in run), columns)


def _cut(row: Row, columns: Columns, words: Sequence[Placed], least: float) -> Row:
    """Cut a row between words where columns part, and join what stands in one column.

    Words over a cut stay together where only a blank parts them, as in heads over several columns; a figure after a
    long label that leaves no more than a blank begins a cell.
    """
    groups: list[list[int]] = []
    begun, last, right = -1, -1, 0.0  # first and last column of the group, where its last word ends
    for at in (at for piece in row.pieces for at in piece.words):
        box, number = words[at].box, is_figure(words[at].text)
        first, end = (columns.of_figure if number else columns.of)(box.x0, box.x1)
        beside = first == last + 1 and box.x0 - right < least and not number
        runs_over = number and begun < first == last  # a label that reaches into the column of its figures
        if groups and not runs_over and (first <= last or beside):
            groups[-1].append(at)
        else:
            groups.append([at])
            begun = first
        last, right = max(last, end), box.x1
    return Row(tuple(piece_of(words, group) for group in groups))
