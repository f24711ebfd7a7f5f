"""Words drawn one after the other on a line, and the rows that they make on one side of a gutter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

LEVEL = 0.5  # of the height of the type: what stands no lower is on the same row


@dataclass(frozen=True, slots=True)
class Strip:
    """First and last but one word, and a box around them.

    ``cuts`` are the words in it that wide white space stands before.
    """

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float
    cuts: tuple[int, ...] = ()

    @property
    def height(self) -> float:
        """How high its type is, with what the font allows for."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Words:
    """A page's words: their boxes as left, top, right, bottom, and their texts."""

    boxes: Sequence[Sequence[float]]
    texts: Sequence[str]

    def strip(self, start: int, end: int, cuts: Iterable[int] = ()) -> Strip:
        """Make a strip of words that follow one another."""
        x0, top, x1, bottom = zip(*self.boxes[start:end], strict=True)
        within = tuple(cut for cut in cuts if start < cut < end)
        return Strip(start, end, min(x0), min(top), max(x1), max(bottom), within)

    def part(self, strip: Strip, x: float) -> tuple[Strip | None, Strip | None] | None:
        """Part a strip into what stands left and right of a place; nothing where it runs over it."""
        if strip.x1 <= x:
            return strip, None
        if strip.x0 >= x:
            return None, strip
        for cut in strip.cuts:
            if self.boxes[cut - 1][2] < x < self.boxes[cut][0]:
                left, right = self.strip(strip.start, cut, strip.cuts), self.strip(cut, strip.end, strip.cuts)
                return (left, right) if left.x1 <= x <= right.x0 else None
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """What stands level on one side of a gutter."""

    strips: tuple[Strip, ...]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        """How high its type is."""
        return self.bottom - self.top


def rows_of(strips: Iterable[Strip]) -> list[Row]:
    """Return rows from top to bottom."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda strip: (strip.middle, strip.x0)):
        if rows and strip.middle - rows[-1][0].middle < LEVEL * (strip.bottom - strip.top):
            rows[-1].append(strip)
        else:
            rows.append([strip])
    return [_row(sorted(held, key=lambda strip: strip.x0)) for held in rows]


def _row(strips: list[Strip]) -> Row:
    main = max(strips, key=lambda strip: strip.x1 - strip.x0)  # not what is raised from it
    return Row(tuple(strips), strips[0].x0, main.top, max(strip.x1 for strip in strips), main.bottom)


def usual_white(sides: Iterable[Sequence[Row]]) -> float:
    """Return the white space between most rows, below nought where boxes overlap; nought for single rows."""
    whites = [below.top - above.bottom for rows in sides for above, below in pairwise(rows)]
    return median(whites) if whites else 0.0
