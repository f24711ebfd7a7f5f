"""Footnotes: small type that begins with a mark, at the foot of a column. Each keeps its place there, and its mark."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.composing import Piece
from harvester.extraction.lines import Line, share

SMALLER = 0.93  # of the body's type size, at most
_RAISED = 0.8  # of the next word's height, at most
_LOWER_PART = 0.4  # of the page; no note stands above
_MARK = re.compile(r"^(\d{1,3}|[*†‡§¶⋆∗?]{1,3})$")
_MARK_BEFORE_WORD = re.compile(r"^(\d{1,3}|[*†‡§¶⋆∗]{1,3})(?=[^\W\d])")


def mark_of(line: Line) -> str | None:
    """Return the mark that a line begins with: raised, or without a blank before the first word."""
    first = line.words[0]
    if _MARK.match(first.text) and len(line.words) > 1:
        height, beside = first.box.bottom - first.box.top, line.words[1].box
        return first.text if height <= _RAISED * (beside.bottom - beside.top) else None
    before_word = _MARK_BEFORE_WORD.match(first.text)
    return before_word[1] if before_word else None


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
        elif mark := mark_of(piece.lines[0]):
            told.append(replace(piece, kind=BlockKind.FOOTNOTE, marker=mark))
        elif position and told[-1].kind is BlockKind.FOOTNOTE and _goes_on_below(told[-1], piece):
            told.append(replace(piece, kind=BlockKind.FOOTNOTE, goes_on=True))
        else:
            told.append(piece)
    return told


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
