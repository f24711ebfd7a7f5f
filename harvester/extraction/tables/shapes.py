"""The plain values that tables are found from and made of. Coordinates are points from the page's top left corner."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from corpus.vocabulary.documents import Box


class Placed(Protocol):
    """A word with its place on the page."""

    @property
    def text(self) -> str:
        """Its characters."""
        ...

    @property
    def box(self) -> Box:
        """Around them."""
        ...


@dataclass(frozen=True, slots=True)
class Ink:
    """What is drawn on a page beside its letters.

    Attributes
    ----------
    across, down
        Ruling lines from side to side and from top to bottom, as boxes without height or width.
    areas
        Rectangles drawn around something, or filled with a colour other than the paper's.
    drawings
        Boxes of everything else: curves, slanting lines, pictures.
    fills, pictures
        Of the areas those that are filled with a colour; of the drawings those that are pictures.
    """

    across: tuple[Box, ...] = ()
    down: tuple[Box, ...] = ()
    areas: tuple[Box, ...] = ()
    drawings: tuple[Box, ...] = ()
    fills: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()


NO_INK = Ink()


class Kind(StrEnum):
    """What shows the columns and rows of a table."""

    RULED = "ruled"
    PARTLY_RULED = "partly_ruled"
    ALIGNED = "aligned"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its first row and column (from 0), how far it spans, its box, and the indices of its words in reading order."""

    row: int
    column: int
    box: Box
    words: tuple[int, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table: around all of it, its cells with words row by row, the indices of its caption's words."""

    box: Box
    cells: tuple[GridCell, ...]
    kind: Kind
    caption: tuple[int, ...] = ()
