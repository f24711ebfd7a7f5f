"""Where a line of text ends, told from the places of words in reading order."""

import unicodedata
from collections.abc import Iterable

from corpus.vocabulary.documents import Box
from harvester.extraction.words import Token

_RIGHT_TO_LEFT = {"R", "AL"}


def break_into_lines(tokens: Iterable[tuple[Token, bool]]) -> tuple[tuple[Token, ...], ...]:
    """Break words in reading order, each with whether it stands upright, into lines.

    A word goes on a line when it overlaps the word before it by half of the smaller one's height and does
    not lead back to the left; words of scripts written from the right may. Sideways words likewise, with
    width for height.
    """
    lines: list[list[Token]] = []
    last_upright = True
    for token, upright in tokens:
        if lines and upright == last_upright and _goes_on(lines[-1][-1], token, upright=upright):
            lines[-1].append(token)
        else:
            lines.append([token])
        last_upright = upright
    return tuple(tuple(line) for line in lines)


def _goes_on(last: Token, token: Token, *, upright: bool) -> bool:
    if not upright:
        return _overlap(last.box.x0, last.box.x1, token.box.x0, token.box.x1)
    leads_back = token.box.x0 < last.box.x0 and not _is_right_to_left(token.text)
    return not leads_back and _same_height(last.box, token.box)


def _same_height(one: Box, other: Box) -> bool:
    return _overlap(one.top, one.bottom, other.top, other.bottom)


def _overlap(start: float, end: float, other_start: float, other_end: float) -> bool:
    shared = min(end, other_end) - max(start, other_start)
    return shared >= 0.5 * min(end - start, other_end - other_start)


def _is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(ch) in _RIGHT_TO_LEFT for ch in text)
