"""A page's text as a reviewer reads it: headings, paragraphs, lists and tables, what repeats on pages kept apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.vocabulary.documents import Block, BlockKind, Cell, ExtractedText, Page, Table

FULL_LINE = 0.75  # a line at least this long, measured by the page's long lines, goes on in the next
_DEEPEST = 6
_LEADERS = re.compile(
    r"(?: ?[.·…_]){5,}"
)  # from an entry of contents to its page; on the screen they only wrap
_UNDER_THE_RECORD = (
    2  # the record's own title is the page's first heading, the document's text stands below it
)


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a table that is shown; ``height`` and ``width`` count rows and columns."""

    text: str
    height: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a page's text. A heading has a ``level`` within the web page, a table has ``rows``."""

    kind: BlockKind
    text: str
    level: int | None = None
    rows: tuple[tuple[Field, ...], ...] = ()


def passages_of(text: ExtractedText, page: Page) -> tuple[Passage, ...]:
    """Return a page in passages, in reading order; by its lines alone where nobody told blocks apart."""
    tables = {table.block: table for table in text.tables}
    found = tuple(
        _passage(page, block, tables.get(number))
        for number, block in enumerate(text.blocks)
        if block.page == page.number
    )
    return found or tuple(Passage(BlockKind.PARAGRAPH, line) for line in paragraphs_of(page.text))


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Join the lines of a page where one runs on into the next; no word is added, lost or moved.

    A line that nearly fills the measure runs on; a short one ends its paragraph, as does an empty one.
    """
    lines = [line.strip() for line in text.splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    measure = lengths[len(lengths) * 9 // 10] if lengths else 0
    paragraphs: list[str] = []
    runs_on = False
    for line in lines:
        if line and runs_on:
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        elif line:
            paragraphs.append(line)
        runs_on = bool(line) and len(line) >= FULL_LINE * measure
    return tuple(paragraphs)


def _passage(page: Page, block: Block, table: Table | None) -> Passage:
    text = _flat(page.text[block.start : block.end])
    match block.kind:
        case BlockKind.TITLE:
            return Passage(block.kind, text, level=_UNDER_THE_RECORD)
        case BlockKind.HEADING:
            return Passage(block.kind, text, level=min(_UNDER_THE_RECORD + (block.level or 1), _DEEPEST))
        case _:
            return Passage(block.kind, text, rows=tuple(_rows(page, table)) if table else ())


def _rows(page: Page, table: Table) -> Iterator[tuple[Field, ...]]:
    """Yield the rows of a table, with an empty field wherever no cell reaches."""
    at = {(cell.row, cell.column): cell for cell in table.cells}
    covered = {place for cell in table.cells for place in _places(cell)}
    columns = 1 + max((column for _, column in covered), default=-1)
    for row in range(1 + max((row for row, _ in covered), default=-1)):
        yield tuple(
            _field(page, at[row, column]) if (row, column) in at else Field("")
            for column in range(columns)
            if (row, column) in at or (row, column) not in covered
        )


def _places(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield row, column


def _field(page: Page, cell: Cell) -> Field:
    return Field(_flat(page.text[cell.start : cell.end]), height=cell.row_span, width=cell.column_span)


def _flat(text: str) -> str:
    return _LEADERS.sub(" …", " ".join(text.split()))
