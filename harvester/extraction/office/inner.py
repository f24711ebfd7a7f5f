"""Tables within the cells of tables: their text is the cell's."""

from lxml.etree import _Element as Element

from harvester.extraction.web.elements import tag_of

_CELLS = frozenset({"td", "th"})
_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})


def flatten_inner_tables(body: Element) -> None:
    """Make tables in the cells of a table mere text of these cells.

    A table of one row or one column lays out what it holds, as boxes and columns are made with a word processor: the
    tables in it stay tables.
    """
    for table in list(body.iter("table")):
        if tag_of(table) == "table" and _has_rows_and_columns(table):
            for inner in table.iterdescendants():
                if inner.tag in _PARTS and any(tag_of(el) == "table" for el in _between(inner, table)):
                    inner.set("was", str(inner.tag))
            for inner in [el for el in table.iterdescendants() if el.get("was")]:
                inner.tag = "div"


