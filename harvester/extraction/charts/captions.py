"""Captions of figures: found by their wording; where that leaves doubt, by the drawing that they stand beside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto

from corpus.vocabulary.documents import BlockKind, Box
from harvester.extraction.composing import Piece
from harvester.extraction.lines import Direction, Line, share
from harvester.extraction.paragraphs import breaks_off, is_same_size

# "Figure 3:", "Fig. A.2 –", "CHART 2 | ", "Map IV.", "Figure BR1": a word for it, a number, what parts it from the rest.
_LABEL = re.compile(
    r"(?:figure|fig\.?|chart|graph|diagram|map|plate|photo(?:graph)?|picture|illustration|infographic|exhibit"
    r"|abbildung|abb\.)\s?"
    r"(?:(?-i:[A-Z]{0,3})[.–-]?\d{1,3}(?:[.–-]\d{1,3}){0,3}[a-z]?|(?-i:[IVXL]{1,6}))(?![\w%])\s?",
    re.IGNORECASE,
)
_LEADS_TO_PAGE = re.compile(r"(?:\.{4}|(?:\. ){3}|…)|\D\s\d{1,3}$")  # an entry of a list of figures
_FARTHEST = 3.0  # lines of type between a caption and its figure, as of tables
_FARTHEST_NUMBER = 6.0  # where a name stands between them
_STOPS = ":.|–— "
_MOST_LINES = 25  # learned journals tell much in captions
_CLOSE = 0.7  # type sizes of white space between lines of one caption
_OVER = 0.3  # of the narrower's width that a caption shares with its figure


class _Wording(Enum):
    SURE = auto()  # a stop after the number, as no sentence has
    LIKELY = auto()  # nothing after the number, or what a name begins with
    NONE = auto()


def is_figure_caption(text: str) -> bool:
    """Whether words begin as a figure's caption does, and no sentence about one."""
    return _wording(text) is not _Wording.NONE


def with_captions(pieces: Sequence[Piece], drawn: Sequence[Box]) -> list[Piece]:
    """Tell the captions of figures among a page's pieces in reading order; ``drawn`` are its drawings and pictures."""
    told: list[Piece] = []
    for piece in pieces:
        before = told[-1] if told else None
        if piece.kind is BlockKind.PARAGRAPH and (
            _is_caption(piece, before, drawn) or (before is not None and _goes_on(before, piece))
        ):
            goes_on = before is not None and not is_figure_caption(piece.lines[0].text)
            told.append(replace(piece, kind=BlockKind.CAPTION, goes_on=goes_on))
        else:
            told.append(piece)
    return told


def caption_lines(lines: Sequence[Line]) -> Iterator[int]:
    """Yield which lines, in the order of drawing, are those of captions: the first, and those close below it."""
    first: int | None = None
    for place, line in enumerate(lines):
        if is_figure_caption(line.text):
            first = place
        elif first is not None and not (
            place - first < _MOST_LINES
            and _is_next(lines[place - 1], line)
            and _is_set_under(lines[first], line)
        ):
            first = None
        if first is not None:
            yield place


def _is_set_under(first: Line, line: Line) -> bool:
    """Whether a line stands on the axis of a caption's first line, or on the edge of one of its words."""
    near = 0.5 * line.size
    edges = [word.box.x0 for word in first.words]
    return abs(sum((first.box.x0, first.box.x1, -line.box.x0, -line.box.x1))) <= 2 * near or any(
        abs(line.box.x0 - edge) <= near for edge in edges
    )


def _wording(text: str) -> _Wording:
    label = _LABEL.match(text)
    if label is None:
        return _Wording.NONE
    rest = text[label.end() :]
    if not rest:
        return _Wording.LIKELY
    if rest[0] in ":.|–—" and rest[1:2] in {"", *" –—"}:
        return _Wording.SURE
    return _Wording.LIKELY if rest[0].isupper() or rest[0] in "([\"'“‘" else _Wording.NONE


def _is_caption(piece: Piece, before: Piece | None, drawn: Sequence[Box]) -> bool:
    first = piece.lines[0]
    wording = _wording(first.text)
    if wording is _Wording.NONE or len(piece.lines) > _MOST_LINES or first.direction is not Direction.RIGHT:
        return False
    farthest = _FARTHEST_NUMBER if _LABEL.fullmatch(first.text.rstrip(_STOPS)) else _FARTHEST
    if any(_is_beside(piece.box, box, farthest * first.size) for box in drawn):
        return True
    is_within = before is not None and before.kind is BlockKind.PARAGRAPH and breaks_off(before.lines[-1])
    if wording is not _Wording.SURE or (
        is_within and before is not None and is_same_size(before.lines[-1], first)
    ):
        return False
    return not any(_LEADS_TO_PAGE.search(line.text) for line in piece.lines)


def _is_beside(caption: Box, figure: Box, farthest: float) -> bool:
    """Whether a caption stands above or below a figure, or in it: close, and not past its sides."""
    apart = max(caption.top - figure.bottom, figure.top - caption.bottom)
    return apart <= farthest and share(caption.x0, caption.x1, figure.x0, figure.x1) >= _OVER


def _goes_on(caption: Piece, piece: Piece) -> bool:
    """Whether a caption's text goes on in the next piece: a name below a label alone, a sentence that is not ended."""
    last, line = caption.lines[-1], piece.lines[0]
    if caption.kind is not BlockKind.CAPTION or not _is_close(last, line):
        return False
    label = _LABEL.fullmatch(caption.lines[0].text.rstrip(_STOPS))
    if label is not None and len(caption.lines) == 1 and not caption.goes_on:
        return len(piece.lines) <= 4
    if len(caption.lines) == 1 and is_same_size(last, line) and _is_set_under(last, line):
        return breaks_off(last)  # though set in another face than the number
    return _is_next(last, line) and breaks_off(last)


def _is_next(last: Line, line: Line) -> bool:
    return is_same_size(last, line) and last.bold == line.bold and _is_close(last, line)


def _is_close(last: Line, line: Line) -> bool:
    apart = line.box.top - last.box.bottom
    return (
        -0.5 * line.size <= apart <= _CLOSE * line.size
        and share(last.box.x0, last.box.x1, line.box.x0, line.box.x1) > 0
    )
