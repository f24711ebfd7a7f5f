"""Footnotes: small type that begins with a mark, at the foot of a column. Each keeps its place there, and its mark."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.composing import Piece
from harvester.extraction.lines import Line, Token, share

SMALLER = 0.93  # of the body's type size, at most
_RAISED = 0.8  # of the next word's height, at most
_LOWER_PART = 0.4  # of the page; no note stands above
_PARTLY_LEVEL = 0.3  # of the lower line's height
_CLOSE = 2.0  # type sizes from a mark to its note, at most
_AFTER_WORDS = ".,;:!?)]\"'\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
_MARK = re.compile(r"^(\d{1,3}|[*†‡§¶⋆∗?]{1,3})$")
_MARK_BEFORE_WORD = re.compile(r"^(\d{1,3}|[*†‡§¶⋆∗]{1,3})(?=[^\W\d])")
# Of the size of what follows, as typewriters and some word processors set it.
_LEVEL_MARK = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶⋆∗]{1,3})[\])]?[.:]?")
_OPENING = "\"'([\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
_SIGNS = "*†‡§¶"  # in the order in which they are used


def mark_of(line: Line) -> str | None:
    """Return the mark that a line begins with: raised, or without a blank before the first word."""
    first = line.words[0]
    if _MARK.match(first.text) and len(line.words) > 1:
        height, beside = first.box.bottom - first.box.top, line.words[1].box
        return first.text if height <= _RAISED * (beside.bottom - beside.top) else None
    before_word = _MARK_BEFORE_WORD.match(first.text)
    return before_word[1] if before_word else None


def level_mark_of(line: Line) -> str | None:
    """Return the mark that a line begins with, of whatever size, before a word."""
    if len(line.words) < 2 or not line.words[1].text.strip(_OPENING)[:1].isalpha():
        return None
    match = _LEVEL_MARK.fullmatch(line.words[0].text)
    return match[1] if match else None


def follows_mark(line: Line, before: Line) -> bool:
    """Whether a line begins with the mark after the one that another begins with."""
    mark = mark_of(line) or level_mark_of(line)
    if mark is None:
        return False
    earlier = mark_of(before) or level_mark_of(before)
    if earlier is None:
        return False
    if mark.isdecimal() and earlier.isdecimal():
        return int(mark) == int(earlier) + 1
    return earlier + mark in _SIGNS or mark == earlier + earlier[:1]


def mark_of_row(lines: Sequence[Line]) -> str | None:
    """Return the mark that lines side by side begin with; raised, it may be a line of its own to the engine."""
    first, *others = lines
    if len(first.words) > 1 or not others:
        return mark_of(first)
    beside = others[0]
    is_level = share(first.box.top, first.box.bottom, beside.box.top, beside.box.bottom) > _PARTLY_LEVEL
    is_close = 0 <= beside.box.x0 - first.box.x1 <= _CLOSE * beside.size
    row = replace(first, words=(*first.words, beside.words[0]))
    return mark_of(row) if is_level and is_close else None


def is_referred_to(mark: str, lines: Sequence[Line]) -> bool:
    """Whether a word of running text ends with a note's mark, or the mark is raised after one."""
    return any(
        _refers(word, before, mark)
        for line in lines
        for before, word in zip((None, *line.words), line.words, strict=False)
        if word.text.endswith(mark)
    )


def _refers(word: Token, before: Token | None, mark: str) -> bool:
    if word.text != mark:
        return word.text[: -len(mark)].rstrip(_AFTER_WORDS)[-1:].isalpha()
    if before is None:
        return False
    return word.box.bottom - word.box.top <= _RAISED * (before.box.bottom - before.box.top)


def with_notes(pieces: Sequence[Piece], *, body_size: float, height: float) -> list[Piece]:
    """Tell footnotes among a page's pieces."""
    told: list[Piece] = []
    for position, piece in enumerate(pieces):
        may_be_note = (
            piece.kind is BlockKind.PARAGRAPH
            and piece.lines[0].size <= SMALLER * body_size
            and piece.box.top >= _LOWER_PART * height
            and not _has_body_below(piece, pieces, body_size=body_size)
        )
        if not may_be_note:
            told.append(piece)
        elif mark := mark_of_row(piece.lines[:2]) or _mark_in_use(piece, told[-1:], pieces):
            told.append(replace(piece, kind=BlockKind.FOOTNOTE, marker=mark))
        elif position and told[-1].kind is BlockKind.FOOTNOTE and _goes_on_below(told[-1], piece):
            told.append(replace(piece, kind=BlockKind.FOOTNOTE, goes_on=True))
        else:
            told.append(piece)
    return told


def _mark_in_use(piece: Piece, before: Sequence[Piece], pieces: Sequence[Piece]) -> str | None:
    """Return a mark of the size of the text that the page refers to, or that follows on the mark of the note before."""
    mark = level_mark_of(piece.lines[0])
    if mark is None:
        return None
    follows = any(
        note.kind is BlockKind.FOOTNOTE and follows_mark(piece.lines[0], note.lines[0]) for note in before
    )
    others = [line for other in pieces if other is not piece for line in other.lines]
    return mark if follows or is_referred_to(mark, others) else None


def _has_body_below(piece: Piece, pieces: Sequence[Piece], *, body_size: float) -> bool:
    return any(
        other.box.top >= piece.box.bottom
        and other.lines[0].size > SMALLER * body_size
        and share(piece.box.x0, piece.box.x1, other.box.x0, other.box.x1) > 0
        for other in pieces
    )


def _goes_on_below(note: Piece, piece: Piece) -> bool:
    gap = piece.box.top - note.box.bottom
    return (
        -1 <= gap <= piece.lines[0].size and share(note.box.x0, note.box.x1, piece.box.x0, piece.box.x1) > 0
    )
