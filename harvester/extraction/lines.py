"""Where a line of text ends, told from the places of words in reading order."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from corpus.vocabulary.documents import Box
from harvester.extraction.words import Token

_RIGHT_TO_LEFT = {"R", "AL"}


class Direction(StrEnum):
    """Which way a word runs on the page as it is shown."""

    RIGHT = "ltr"
    LEFT = "rtl"  # upside down
    DOWN = "ttb"
    UP = "btt"


def break_into_lines(tokens: Iterable[tuple[Token, Direction]]) -> tuple[tuple[Token, ...], ...]:
    """Break words in reading order, each with the way it runs, into lines.

    A word goes on a line when it runs the same way as the word before it, overlaps it by half of the
    smaller one's height, and does not lead back; words of scripts written from the right may.
    """
    lines: list[list[Token]] = []
    last_direction = None
    for token, direction in tokens:
        if lines and direction == last_direction and _goes_on(lines[-1][-1], token, direction=direction):
            lines[-1].append(token)
        else:
            lines.append([token])
        last_direction = direction
    return tuple(tuple(line) for line in lines)


def _goes_on(last: Token, token: Token, *, direction: Direction) -> bool:
    match direction:
        case Direction.RIGHT:
            leads_back = token.box.x0 < last.box.x0 and not _is_right_to_left(token.text)
            return not leads_back and _same_height(last.box, token.box)
        case Direction.LEFT:
            return token.box.x1 <= last.box.x1 and _same_height(last.box, token.box)
        case Direction.DOWN:
            return token.box.top >= last.box.top and _same_column(last.box, token.box)
        case Direction.UP:
            return token.box.bottom <= last.box.bottom and _same_column(last.box, token.box)


def _same_column(one: Box, other: Box) -> bool:
    return _overlap(one.x0, one.x1, other.x0, other.x1)


def _same_height(one: Box, other: Box) -> bool:
    return _overlap(one.top, one.bottom, other.top, other.bottom)


def _overlap(start: float, end: float, other_start: float, other_end: float) -> bool:
    shared = min(end, other_end) - max(start, other_start)
    return shared >= 0.5 * min(end - start, other_end - other_start)


def _is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(ch) in _RIGHT_TO_LEFT for ch in text)
