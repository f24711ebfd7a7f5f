"""Paragraphs that go on over a column's or page's end: told as such, and the words that the end breaks mended."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.composing import Piece
from harvester.extraction.edges import is_number
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.lines import Direction, Line, Token
from harvester.extraction.paragraphs import breaks_off, is_elsewhere, is_same_size

# A figure, a table or a caption stands where there is room for it and ends no paragraph. "Table 2 compares" is none.
_FLOATS = frozenset({BlockKind.CAPTION, BlockKind.TABLE, BlockKind.FIGURE})
_CAPTION = re.compile(
    r"(?:figure|fig\.?|table|tab\.|chart|box|exhibit|plate|map|abbildung|abb\.)\s?[A-Z]?\d[\w.]*+(?-i:(?! [a-z]))",
    re.IGNORECASE,
)


def read_on(pages: Sequence[Sequence[Piece]], hyphens: Hyphens) -> list[list[Piece]]:
    """Return the pages' pieces, of which those that go on say so, and broken words are whole."""
    reader = _Reader()
    told = [reader.read(page) for page in pages]
    for (page, place), (next_page, next_place) in reader.joints:
        if page != next_page or next_place != place + 1:  # else the words stand side by side in the text
            first, second = told[page][place], told[next_page][next_place]
            told[page][place], told[next_page][next_place] = _mended(first, second, hyphens)
    return told


class _Reader:
    """Goes through a document; knows the last paragraph."""

    def __init__(self) -> None:
        self.joints: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._page = -1
        self._last: Piece | None = None
        self._place = (0, 0)

    def read(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Read a page."""
        self._page += 1
        told: list[Piece] = []
        floats = 0  # between the last paragraph and what comes
        for position, piece in enumerate(pieces):
            if self._is_broken() and _is_float(piece):
                floats += 1
            elif _is_text(piece):
                goes_on = self._goes_on(piece)
                is_next = position == 0 or is_elsewhere(pieces[position - 1].lines[-1], piece.lines[0])
                if goes_on and (is_next or floats):
                    self.joints.append((self._place, (self._page, position)))
                told.append(replace(piece, goes_on=True) if goes_on and is_next else piece)
                self._last, self._place, floats = told[-1], (self._page, position), 0
                continue
            told.append(piece)
        return told

    def _is_broken(self) -> bool:
        return self._last is not None and breaks_off(self._last.lines[-1])

    def _goes_on(self, piece: Piece) -> bool:
        """Whether a piece begins within the sentence that the last paragraph breaks off."""
        first = piece.lines[0]
        return (
            self._last is not None
            and first.bullet is None
            and breaks_off(self._last.lines[-1])
            and _begins_within(first)
            and is_same_size(self._last.lines[-1], first)
        )


def _begins_within(line: Line) -> bool:
    """Whether a line begins within a sentence: with a small letter, or a number of something."""
    first, *others = (word.text for word in line.words[:2])
    return first[0].islower() or (first.isdigit() and bool(others) and others[0][0].islower())


def _is_text(piece: Piece) -> bool:
    """Whether a piece is running text; a number alone is that of a page, which nothing else told as such."""
    is_number_alone = len(piece.lines) == 1 and is_number(piece.lines[0].text)
    return (
        piece.kind is BlockKind.PARAGRAPH
        and piece.lines[0].direction is Direction.RIGHT
        and not is_number_alone
    )


def _is_float(piece: Piece) -> bool:
    return piece.kind in _FLOATS or (_is_text(piece) and _CAPTION.match(piece.lines[0].text) is not None)


def _mended(first: Piece, second: Piece, hyphens: Hyphens) -> tuple[Piece, Piece]:
    """Put the second half of a word that the end of the first piece breaks to its first half.

    In its own place a token without text is left, which has what the document has there.
    """
    head, tail = first.lines[-1].words[-1], second.lines[0].words[0]
    joint = hyphens.join(head.text, tail.text)
    if joint is None:
        return first, second
    whole = Token(head.text[:-1] + joint + tail.text, head.box, head.original or head.text)
    gone = Token("", tail.box, tail.original or tail.text)
    last, begin = first.lines[-1], second.lines[0]
    return (
        replace(
            first,
            lines=(*first.lines[:-1], replace(last, words=(*last.words[:-1], whole), breaks_word=False)),
        ),
        replace(second, lines=(replace(begin, words=(gone, *begin.words[1:])), *second.lines[1:])),
    )
