"""A page's lines with its tables set apart: each cell a line of its own, what is left of other lines behind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

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
    return replace(line, words=words, box=around([word.box for word in words]), breaks_word=breaks_word)


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
