"""Where a line of text ends, told from the places of words in reading order."""

import unicodedata
from collections.abc import Iterable

from corpus.vocabulary.documents import Box
from harvester.extraction.lines import Direction, Line, Token, line_of, share

_RIGHT_TO_LEFT = {"R", "AL"}


def break_into_lines(tokens: Iterable[tuple[Token, Direction]]) -> tuple[Line, ...]:
    """Break words in reading order, each with the way it runs, into lines.

    A word goes on a line when it runs the same way as the word before it, overlaps it by half of the
    smaller one's height, and does not lead back; words of scripts written from the right may.
    """
    lines: list[tuple[list[Token], Direction]] = []
    for token, direction in tokens:
        if lines and direction == lines[-1][1] and goes_on(lines[-1][0][-1], token, direction=direction):
            lines[-1][0].append(token)
        else:
            lines.append(([token], direction))
    return tuple(line_of(words, direction=direction) for words, direction in lines)


def goes_on(last: Token, token: Token, *, direction: Direction) -> bool:
    """Whether a word stands on the line of the word before it."""
    is_from_right = direction is Direction.RIGHT and is_right_to_left(token.text)
    return follows(last.box, token.box, direction, may_lead_back=is_from_right)


def follows(last: Box, box: Box, direction: Direction, *, may_lead_back: bool = False) -> bool:
    """Whether a place is on the line of another and after it, for words that run so."""
    if direction in {Direction.RIGHT, Direction.LEFT}:
        ahead = box.x0 >= last.x0 if direction is Direction.RIGHT else box.x1 <= last.x1
        return (ahead or may_lead_back) and share(last.top, last.bottom, box.top, box.bottom) >= 0.5
    ahead = box.top >= last.top if direction is Direction.DOWN else box.bottom <= last.bottom
    return ahead and share(last.x0, last.x1, box.x0, box.x1) >= 0.5


def is_right_to_left(text: str) -> bool:
    """Whether a text has letters of a script written from the right."""
    return any(unicodedata.bidirectional(ch) in _RIGHT_TO_LEFT for ch in text)
