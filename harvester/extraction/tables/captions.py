"""Captions of tables: found by their wording, and nearness."""

import re
from collections.abc import Sequence

from harvester.extraction.tables.rows import Row
from harvester.extraction.tables.shapes import FoundTable

# "Table 3", "TABLE A.2:", "Exhibit 9", "Tab. IV": a word for it, a number, then its end or more words.
_CAPTION = re.compile(
    r"(?:table|tab\.|exhibit|schedule|tabelle|tableau|cuadro|tabla|tabel)"
    r"(?:\s?\d|\s(?-i:[A-Z]\.?\d|[A-Z]\b|[IVXL]{1,6}\b))(?:[\w.–-]{0,6}?)(?:[\s.:)|–—-]|$)",
    re.IGNORECASE,
)
FARTHEST = 3.0  # lines of type between a caption and its table
MOST_ROWS = 12  # of a caption; learned journals tell much in them
CLOSE = 0.6  # of the height of the type: lines of one caption


def caption_of(table: FoundTable, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the words of the caption among free rows, given from top to bottom; above the table before below it."""
    rows = [part for part in (_over(row, table) for row in rows) if part is not None]
    above = [row for row in rows if row.box.bottom <= table.box.top + 0.5 * row.height]
    for place in range(len(above) - 1, max(len(above) - 1 - MOST_ROWS - int(FARTHEST), -1), -1):
        row = above[place]
        if _CAPTION.match(_text(row)):
            lines = _lines_from(above, place)
            last = lines[-1]
            near = table.box.top - last.box.bottom <= FARTHEST * last.height
            return _words(lines) if near else ()
    below = [row for row in rows if row.box.top >= table.box.bottom - 0.5 * row.height]
    for place, row in enumerate(below[:2]):
        if row.box.top - table.box.bottom <= FARTHEST * row.height and _CAPTION.match(_text(row)):
            return _words(_lines_from(below, place))
    return ()


def is_caption(text: str) -> bool:
    """Whether a text begins as the caption of a table does."""
    return _CAPTION.match(text) is not None


def _text(row: Row) -> str:
    return " ".join(piece.text for piece in row.pieces)


def _over(row: Row, table: FoundTable) -> Row | None:
    """Return the pieces of a row over or under a table, not those beside."""
    pieces = tuple(
        piece for piece in row.pieces if piece.box.x0 < table.box.x1 and piece.box.x1 > table.box.x0
    )
    return Row(pieces) if pieces else None


def _lines_from(rows: Sequence[Row], place: int) -> list[Row]:
    lines = [rows[place]]
    for row in rows[place + 1 : place + MOST_ROWS]:
        if row.box.top - lines[-1].box.bottom > CLOSE * lines[-1].height or is_caption(_text(row)):
            break
        if abs(row.height - lines[0].height) > 0.2 * lines[0].height:
            break
        lines.append(row)
    return lines


def _words(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(at for row in rows for piece in row.pieces for at in piece.words)
