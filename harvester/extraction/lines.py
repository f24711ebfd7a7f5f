"""Lines of a page with what their type tells: the common ground of both engines, and what structure is built on."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around
from harvester.extraction.tables.shapes import NO_INK, Ink


class Direction(StrEnum):
    """Which way a word runs on the page as it is shown."""

    RIGHT = "ltr"
    LEFT = "rtl"  # upside down
    DOWN = "ttb"
    UP = "btt"


class Token(NamedTuple):
    """A word as an engine reads it, before it has a place in the text.

    ``original`` is what the document has for it, where that was mended already.
    """

    text: str
    box: Box
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand side by side, in reading order.

    Attributes
    ----------
    words, box
        At least one word; the box is around them all.
    size
        Type size in points as shown, of most of the line.
    bold, italic, font
        Whether the line is so from its first to its last word; its font's name without subset mark, ``""`` where
        the document gives none.
    direction
        Which way it runs.
    breaks_word
        Whether the engine takes the hyphen at its end for one that broke a word. A hyphen is the last character of
        the last word then.
    bullet
        The shape that is drawn before its first word as a list item's bullet.
    """

    words: tuple[Token, ...]
    box: Box
    size: float
    bold: bool = False
    italic: bool = False
    font: str = ""
    direction: Direction = Direction.RIGHT
    breaks_word: bool = False
    bullet: Box | None = None

    @property
    def begin(self) -> float:
        """Its left edge, that of its bullet where one is drawn."""
        return self.box.x0 if self.bullet is None else self.bullet.x0

    @property
    def text(self) -> str:
        """Its words, parted by blanks."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class PageLines:
    """What one engine makes of one page: its size as shown, in points, and its lines in the order of drawing.

    ``ink`` is what it draws beside letters, ``figures`` are the boxes of drawings placed as a whole, where the
    engine tells them.
    """

    width: float
    height: float
    lines: tuple[Line, ...]
    ink: Ink = NO_INK
    figures: tuple[Box, ...] = ()


def line_of(words: Sequence[Token], *, direction: Direction = Direction.RIGHT) -> Line:
    """Make a line of words of which nothing but the places is known: its size is the middle height of its words."""
    box = around([word.box for word in words])
    upright = direction in {Direction.RIGHT, Direction.LEFT}
    sizes = sorted(b.bottom - b.top if upright else b.x1 - b.x0 for b in (word.box for word in words))
    return Line(tuple(words), box, sizes[len(sizes) // 2], direction=direction)


def share(start: float, end: float, other_start: float, other_end: float) -> float:
    """How much of the shorter of two stretches lies in the other: 1 all, 0 or less nothing."""
    shorter = min(end - start, other_end - other_start)
    common = min(end, other_end) - max(start, other_start)
    return common / shorter if shorter > 0 else float(common >= 0)


def gaps(lines: Sequence[Line]) -> list[float]:
    """Return the white space between each two lines, from the bottom of one to the top of the next."""
    return [below.box.top - above.box.bottom for above, below in pairwise(lines)]
