"""A page's tables: set apart from its lines, put in their place among its blocks, found again in its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.vocabulary.documents import BlockKind, Cell, Table
from harvester.extraction.composing import Piece, PlacedLine
from harvester.extraction.geometry import around
from harvester.extraction.lines import Direction, Line, Token
from harvester.extraction.tables import FoundTable, GridCell, Ink, find_tables


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table as lines.

    Attributes
    ----------
    cells, lines
        Its cells, row by row, and for each the lines of its words.
    caption
        The lines of its caption.
    after
        How many of the lines that are left were drawn before it.
    """

    cells: tuple[GridCell, ...]
    lines: tuple[tuple[Line, ...], ...]
    caption: tuple[Line, ...]
    after: int


def set_apart(
    lines: Sequence[Line], ink: Ink, *, width: float, height: float
) -> tuple[list[SetTable], list[Line]]:
    """Find the tables among lines; return them, and the lines without their words, as drawn."""
    upright = [number for number, line in enumerate(lines) if line.direction is Direction.RIGHT]
    words = [(number, word) for number in upright for word in lines[number].words]
    found = find_tables([word for _, word in words], ink, width=width, height=height)
    if not found:
        return [], list(lines)
    taken: dict[int, set[int]] = {}  # words, by identity, of each line
    for table in found:
        for at in _words_of(table):
            taken.setdefault(words[at][0], set()).add(id(words[at][1]))
    rest = [_without(line, taken.get(number, set())) for number, line in enumerate(lines)]
    return [_set(table, words, lines, rest) for table in found], [line for line in rest if line is not None]


def _words_of(table: FoundTable) -> list[int]:
    return [at for cell in table.cells for at in cell.words] + list(table.caption)


def _without(line: Line, taken: set[int]) -> Line | None:
    if not taken:
        return line
    words = tuple(word for word in line.words if id(word) not in taken)
    return _line(words, line) if words else None


def _line(words: tuple[Token, ...], line: Line) -> Line:
    """Make a line of some words that is set as another is."""
    breaks_word = line.breaks_word and words[-1] is line.words[-1]
    box = around([word.box for word in words])
    # Made for every cell; ``replace`` takes three times as long.
    return Line(words, box, line.size, line.bold, line.italic, line.font, line.direction, breaks_word)


def _set(
    table: FoundTable, words: Sequence[tuple[int, Token]], lines: Sequence[Line], rest: Sequence[Line | None]
) -> SetTable:
    first = min(words[at][0] for at in _words_of(table))
    return SetTable(
        cells=table.cells,
        lines=tuple(_lines_of(cell.words, words, lines) for cell in table.cells),
        caption=_lines_of(table.caption, words, lines),
        after=sum(line is not None for line in rest[:first]),
    )


def _lines_of(
    chosen: Sequence[int], words: Sequence[tuple[int, Token]], lines: Sequence[Line]
) -> tuple[Line, ...]:
    """Return some words as parts of the lines that they were read in."""
    return tuple(
        _line(tuple(words[at][1] for at in group), lines[number])
        for number, group in groupby(chosen, key=lambda at: words[at][0])
    )


def between(lines: Sequence[Line], tables: Sequence[SetTable]) -> list[Sequence[Line]]:
    """Cut the lines that are left where tables were drawn: text above and below one does not run on."""
    cuts = [0, *sorted({table.after for table in tables}), len(lines)]
    return [lines[start:end] for start, end in pairwise(cuts) if start < end]


def in_order(blocks: Sequence[Sequence[Line]], tables: Sequence[SetTable]) -> list[Piece]:
    """Put tables and captions where they were drawn among blocks of lines."""
    drawn: list[tuple[int, Piece]] = []
    for table in tables:
        if table.caption:
            drawn.append((table.after, Piece(BlockKind.CAPTION, table.caption)))
        drawn.append((table.after, _piece(table)))
    at = 0
    for block in blocks:
        drawn.append((at, Piece(BlockKind.PARAGRAPH, tuple(block))))
        at += len(block)
    drawn.sort(key=lambda entry: entry[0])
    return [piece for _, piece in drawn]


def _piece(table: SetTable) -> Piece:
    """Make a piece in which cells of a row that were drawn one after the other share a line.

    Cells come as they were drawn, as all else does: the halves of a head over two rows stay together.
    """
    first_of_cell: set[int] = set()
    first_of_row: set[int] = set()
    lines: list[Line] = []
    row = -1
    drawn = sorted(zip(table.cells, table.lines, strict=True), key=lambda pair: min(pair[0].words, default=0))
    for cell, cell_lines in drawn:
        first_of_cell.add(len(lines))
        if cell.row != row:
            first_of_row.add(len(lines))
            row = cell.row
        lines += cell_lines
    beside = frozenset(range(len(lines))) - first_of_row
    return Piece(BlockKind.TABLE, tuple(lines), beside=beside, apart=frozenset(first_of_cell))


def placed(tables: Sequence[SetTable], lines: Sequence[PlacedLine]) -> tuple[Table, ...]:
    """Find tables again among the lines of a composed page; blocks are counted on the page."""
    where = {id(line.line): line for line in lines}
    found: list[Table] = []
    for table in tables:
        cells: list[Cell] = []
        block = None
        for cell, cell_lines in zip(table.cells, table.lines, strict=True):
            spots = [where[id(line)] for line in cell_lines if id(line) in where]
            if spots:
                block = spots[0].block
                start, end = spots[0].start, max(spot.end for spot in spots)
                cells.append(
                    Cell(cell.row, cell.column, start, end, cell.box, cell.row_span, cell.column_span)
                )
        caption = next((where[id(line)].block for line in table.caption if id(line) in where), None)
        if block is not None:
            found.append(Table(block, tuple(cells), caption))
    return tuple(found)
