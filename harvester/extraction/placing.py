"""PDFium's words as lines on the page as it is shown."""

from itertools import pairwise

import numpy as np
import pypdfium2
from pypdfium2 import raw

from corpus.vocabulary.documents import Box
from harvester.extraction.breaking import follows, is_right_to_left
from harvester.extraction.fonts import Face
from harvester.extraction.geometry import Floats, PageFrame, place
from harvester.extraction.glyphs import LINE_END_HYPHENS, Glyphs
from harvester.extraction.lines import Direction

_UPPER = np.array([False, True, True, False])  # of left, top, right, bottom, those that grow
_TOUCHES, _LEVEL = 0.1, 0.5  # of the lower word's height that two words of a line share
_TOUCHING = 0.08  # of the lower word's height; the narrowest blanks are twice as wide
# Raised and lowered type stands a little off, and is smaller itself: a quarter of a blank's width in its letters.
_TOUCHING_SCRIPT, _SMALLER = 0.15, 0.2
_PARTLY_LEVEL = 0.3  # that raised or lowered type shares with its line
_CLOSE = 0.5  # of that height between two words that PDFium has on two lines


def place_words(glyphs: Glyphs, frame: PageFrame) -> Floats:
    """Return the boxes of words on the page as shown, around their first and last characters."""
    low = np.minimum(glyphs.first, glyphs.last)
    high = np.maximum(glyphs.first, glyphs.last)
    # Left, top, right, bottom, the top being the higher: PDF coordinates go up.
    return place(np.where(_UPPER, high, low), frame)


def break_into_lines(glyphs: Glyphs, boxes: Floats, ways: list[Direction]) -> list[tuple[int, int]]:
    """Return first word and last but one of each line.

    PDFium's lines are parted where a word leads back or stands at another height, and joined where the next word
    follows closely at the same height: PDFium breaks at raised and lowered type.
    """
    count = len(boxes)
    if not count:
        return []
    x0, top, x1, bottom = boxes.T
    height = np.maximum(np.minimum(bottom[1:] - top[1:], bottom[:-1] - top[:-1]), 0.01)
    level = (np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])) / height
    forward = x0[1:] >= x0[:-1]
    same = glyphs.lines[1:] == glyphs.lines[:-1]
    close = np.abs(x0[1:] - x1[:-1]) < _CLOSE * height
    goes_on = forward & np.where(same, level > _TOUCHES, (level >= _LEVEL) & close)
    if any(mark in glyphs.text for mark in LINE_END_HYPHENS):
        goes_on &= ~np.fromiter(
            (glyphs.text[end - 1] in LINE_END_HYPHENS for end in glyphs.ends[:-1].tolist()), bool
        )
    for index in np.flatnonzero(~forward & same & (level >= _LEVEL)).tolist():
        goes_on[index] = is_right_to_left(_text_at(glyphs, index + 1))
    for index, (way, after) in enumerate(pairwise(ways)):
        if way is not Direction.RIGHT or after is not Direction.RIGHT:
            goes_on[index] = way is after and follows(_box(boxes[index]), _box(boxes[index + 1]), way)
    starts = [0, *(np.flatnonzero(~goes_on) + 1).tolist()]
    rows = np.hstack([np.minimum.reduceat(boxes[:, :2], starts), np.maximum.reduceat(boxes[:, 2:], starts)])
    joined = [
        start
        for start, line, last in zip(starts[1:], rows[1:].tolist(), rows[:-1].tolist(), strict=True)
        if ways[start] is ways[start - 1] is Direction.RIGHT
        and _continues(last, line)
        and glyphs.text[glyphs.ends[start - 1] - 1] not in LINE_END_HYPHENS
    ]
    return list(pairwise([*sorted(set(starts) - set(joined)), count]))


def _continues(last: list[float], line: list[float]) -> bool:
    """Whether what PDFium has as a line begins level with the end of the one before: raised or lowered type."""
    height = min(last[3] - last[1], line[3] - line[1])
    level = min(last[3], line[3]) - max(last[1], line[1])
    return level >= _PARTLY_LEVEL * height and -height < line[0] - last[2] < _CLOSE * height


def within_letters(
    boxes: Floats, lines: list[tuple[int, int]], faces: list[Face], ways: list[Direction]
) -> Floats:
    """Return the boxes of words without what no letter of their lines' fonts reaches, above and below."""
    if not any(face.over or face.under for face in faces):
        return boxes
    lengths = [end - start for start, end in lines]
    over = np.repeat([face.over for face in faces], lengths)
    under = np.repeat([face.under for face in faces], lengths)
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    taken = np.zeros_like(boxes)  # from left, top, right, bottom
    taken[:, 1], taken[:, 3] = over * height, -under * height
    for (start, end), way in ((line, ways[line[0]]) for line in lines):
        if way is Direction.RIGHT:
            continue
        here = slice(start, end)
        taken[here] = 0.0
        above, below = over[here], under[here]
        match way:
            case Direction.LEFT:
                taken[here, 1], taken[here, 3] = below * height[here], -above * height[here]
            case Direction.DOWN:
                taken[here, 0], taken[here, 2] = below * width[here], -above * width[here]
            case _:
                taken[here, 0], taken[here, 2] = above * width[here], -below * width[here]
    return (boxes + taken).round(2)


def ways_of(glyphs: Glyphs, first: Floats, last: Floats) -> list[Direction]:
    """Tell from its first and last character which way each word runs; single characters run as the word before."""
    across = (last[:, 0] + last[:, 2]) - (first[:, 0] + first[:, 2])
    down = (last[:, 1] + last[:, 3]) - (first[:, 1] + first[:, 3])
    turned = np.abs(down) > np.abs(across)
    ways = [Direction.RIGHT] * len(first)
    if not (turned | (across < 0)).any():
        return ways
    single = glyphs.ends - glyphs.starts == 1
    ways = [
        (Direction.DOWN if dy > 0 else Direction.UP) if is_turned else Direction.RIGHT
        for is_turned, dy in zip(turned.tolist(), down.tolist(), strict=True)
    ]
    for index in np.flatnonzero(~turned & (across < 0)).tolist():
        if not is_right_to_left(_text_at(glyphs, index)):
            ways[index] = Direction.LEFT
    for index in np.flatnonzero(single).tolist():
        near = index - 1 if index and glyphs.lines[index - 1] == glyphs.lines[index] else index + 1
        if near < len(ways) and glyphs.lines[near] == glyphs.lines[index]:
            ways[index] = ways[near]
    return ways


def touching(glyphs: Glyphs, boxes: Floats, text_page: pypdfium2.PdfTextPage) -> frozenset[int]:
    """Return the words that PDFium parts by a blank or a line of its own from a word that they touch, as after raised type.

    Only words of one line are meant; whoever asks knows the lines.
    """
    if len(boxes) < 2:
        return frozenset()
    apart = boxes[1:, 0] - boxes[:-1, 2]
    height = np.minimum(boxes[1:, 3] - boxes[1:, 1], boxes[:-1, 3] - boxes[:-1, 1])
    level = np.minimum(boxes[1:, 3], boxes[:-1, 3]) - np.maximum(boxes[1:, 1], boxes[:-1, 1])
    tall = boxes[:, 3] - boxes[:, 1]
    is_script = np.abs(tall[1:] - tall[:-1]) > _SMALLER * height
    near = (np.abs(apart) < np.where(is_script, _TOUCHING_SCRIPT, _TOUCHING) * height) & (level > 0)
    return frozenset(
        index
        for index in (np.flatnonzero(near) + 1).tolist()
        if raw.FPDFText_IsGenerated(text_page, int(glyphs.starts[index]) - 1)
    )


def _text_at(glyphs: Glyphs, word: int) -> str:
    return glyphs.text[glyphs.starts[word] : glyphs.ends[word]]


def _box(row: Floats) -> Box:
    return Box(*row.tolist())
