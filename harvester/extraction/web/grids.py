"""Tables of web pages as cells: which rows and columns each takes."""

from dataclasses import dataclass

from lxml.etree import _Element as Element

from harvester.extraction.web.elements import BLOCKS, heading_level, is_silent, tag_of
from harvester.extraction.words import clean

MOST_SPANNED = 1_000  # rows or columns; browsers have such a bound too
_MOST_CELLS = 200_000
_CELLS = frozenset({"td", "th"})
_BODIES = frozenset({"thead", "tbody", "tfoot"})


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell, where it begins (from 0), how far it reaches, its text on one line."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


Grid = tuple[GridCell, ...]


def grid_of(table: Element) -> Grid | None:
    """Return a table's cells row by row; ``None`` for one that only lays out the page.

    Such a table has one column, or tables in its cells, or headings or lists in its cells and no header cells, or says
    so by its role.
    """
    if (table.get("role") or "").lower() in {"presentation", "none"} or _lays_out(table):
        return None
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(_rows(table)):
        column = 0
        for cell in line:
            while (row, column) in taken:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            if len(taken) + down * across > _MOST_CELLS:
                return None
            taken |= {(row + y, column + x) for y in range(down) for x in range(across)}
            cells.append(GridCell(row, column, down, across, _text(cell)))
            column += across
    columns = 1 + max((cell.column + cell.column_span - 1 for cell in cells), default=0)
    return tuple(cells) if columns > 1 and any(cell.text for cell in cells) else None


def _rows(table: Element) -> list[list[Element]]:
    rows = [
        row
        for part in table
        for row in (part if tag_of(part) in _BODIES else (part,))
        if tag_of(row) == "tr" and not is_silent(row)
    ]
    return [[cell for cell in row if tag_of(cell) in _CELLS and not is_silent(cell)] for row in rows]


def _lays_out(table: Element) -> bool:
    tags = {tag_of(inner) for inner in table.iterdescendants()}
    has_blocks = bool(tags & {"ul", "ol"}) or any(heading_level(tag) for tag in tags)
    return "table" in tags or (has_blocks and "th" not in tags)


def _span(cell: Element, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return min(max(int(said), 1), MOST_SPANNED) if said.isdecimal() and len(said) < 10 else 1


def _text(cell: Element) -> str:
    """Return the cell's text; its paragraphs and lines are parted by a blank."""
    return " ".join(clean("".join(_pieces(cell))).split())


def _pieces(element: Element) -> list[str]:
    pieces = [element.text or ""]
    for child in element:
        if not is_silent(child):
            apart = " " if tag_of(child) in BLOCKS or tag_of(child) == "br" else ""
            pieces += [apart, *_pieces(child), apart]
        pieces.append(child.tail or "")
    return pieces
