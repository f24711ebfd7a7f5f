"""Tables within the cells of tables: their text is the cell's."""

from lxml.etree import _Element as Element

from harvester.extraction.web.elements import tag_of

_ROWS = frozenset({"tr"})
_CELLS = frozenset({"td", "th"})
_BODIES = frozenset({"thead", "tbody", "tfoot"})
_PARTS = _ROWS | _CELLS | _BODIES | {"table", "caption"}


def flatten_inner_tables(body: Element) -> None:
    """Make tables in the cells of a table mere text of these cells.

    A table of one row or one column lays out what it holds, as boxes and columns are made with a word processor: the
    tables in it stay tables.
    """
    for table in list(body.iter("table")):
        if tag_of(table) == "table" and _has_rows_and_columns(table):
            inner = [el for within in table.iterdescendants("table") for el in within.iter()]
            for element in inner:
                if tag_of(element) in _PARTS:
                    element.tag = "div"


def _has_rows_and_columns(table: Element) -> bool:
    rows = [
        row
        for part in table
        for row in (part if tag_of(part) in _BODIES else (part,))
        if tag_of(row) in _ROWS
    ]
    return len(rows) > 1 and any(sum(tag_of(cell) in _CELLS for cell in row) > 1 for row in rows)
