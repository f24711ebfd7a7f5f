"""How each block of a document is set, and how most of its text is: what makes a heading stand out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from corpus.vocabulary.documents import Block, BlockKind
from harvester.extraction.composing import ComposedPage, PlacedLine
from harvester.extraction.lines import Line
from harvester.extraction.structure.numbering import BULLETS
from harvester.extraction.structure.parting import parts_of
from harvester.extraction.structure.wording import key_of

_LINES_OF_TEXT = 3  # a block of so many lines is text, whatever its type
_WEIGHT, _CAPITALS, _SLANT = 1.09, 1.04, 0.1
_WIDE = 2.0  # type sizes of white space between words that part columns
_LONGEST_STYLE_NAME = 2  # lines of a block that names something


class Style(NamedTuple):
    """Type as a reader tells it apart: to half a point, bold or not, slanted or not, capitals or not."""

    size: float
    bold: bool
    italic: bool
    capitals: bool = False

    @property
    def prominence(self) -> float:
        """How much it stands out: its size, to which weight and capitals add as much as the next size of type would."""
        return self.size * (_WEIGHT if self.bold else 1.0) * (_CAPITALS if self.capitals else 1.0) - (
            _SLANT if self.italic else 0.0
        )


@dataclass(frozen=True)
class Look:
    """A block with its lines; ``index`` counts over the document."""

    index: int
    page: ComposedPage
    block: Block
    lines: tuple[PlacedLine, ...]

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0].line

    @cached_property
    def text(self) -> str:
        """Its text on one line."""
        return " ".join(self.page.page.text[self.block.start : self.block.end].split())

    @cached_property
    def key(self) -> str:
        """Its words as they are compared with those of outline and contents."""
        return key_of(self.text)

    @property
    def is_bulleted(self) -> bool:
        """Whether it begins with a bullet, typed or drawn."""
        return (bool(self.lines) and self.first.bullet is not None) or self.text[0] in BULLETS

    @property
    def last_sign(self) -> str:
        """Its last character."""
        return self.page.page.text[self.block.end - 1]

    @cached_property
    def style(self) -> Style:
        """The type that it is set in."""
        line = self.first
        if len(self.lines) == 1:
            bold, italic = line.bold, line.italic
        else:
            bold = line.bold and all(placed.line.bold for placed in self.lines)
            italic = line.italic and all(placed.line.italic for placed in self.lines)
        capitals = len(self.lines) <= _LONGEST_STYLE_NAME and _is_capitals(self.text)
        return Style(round(line.size * 2) / 2, bold=bold, italic=italic, capitals=capitals)

    @property
    def is_parted(self) -> bool:
        """Whether white space parts its line into columns, that behind a number aside."""
        return any(
            after.box.x0 - word.box.x1 > _WIDE * placed.line.size
            for placed in self.lines
            for word, after in pairwise(
                placed.line.words[placed is self.lines[0] and not placed.line.words[0].text.isalpha() :]
            )
        )

    @property
    def is_text(self) -> bool:
        """Whether it is running text by its length alone."""
        return len(self.lines) >= _LINES_OF_TEXT


def looks_of(pages: Sequence[ComposedPage]) -> tuple[list[Look], list[int]]:
    """Return all blocks of a document in reading order, those that hold several things parted.

    The second list says where each block of ``pages`` is now.
    """
    looks: list[Look] = []
    now: list[int] = []
    for page in pages:
        held: list[list[PlacedLine]] = [[] for _ in page.blocks]
        for placed in page.lines:
            held[placed.block].append(placed)
        for block, lines in zip(page.blocks, held, strict=True):
            now.append(len(looks))
            looks += [
                Look(len(looks) + n, page, part, of) for n, (part, of) in enumerate(parts_of(block, lines))
            ]
    return looks, now


def body_style(looks: Sequence[Look]) -> Style:
    """Return the style of most of the running text: of blocks of several lines, where there are any."""
    for is_enough in (lambda look: look.is_text, lambda _: True):
        counts: Counter[tuple[float, bool, bool]] = Counter()
        for look in looks:
            if look.block.kind is BlockKind.PARAGRAPH and look.lines and is_enough(look):
                line = look.first
                counts[(round(line.size * 2) / 2, line.bold, line.italic)] += (
                    look.block.end - look.block.start
                )
        if counts:
            return Style(*counts.most_common(1)[0][0])
    return Style(0.0, bold=False, italic=False)


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(ch.isalpha() for ch in text) >= 4
