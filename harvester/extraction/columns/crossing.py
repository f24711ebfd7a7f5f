"""Where a document draws across wide white space: from one word to the next at the same height.

Few pages do, so that this is all that a page in one column costs.
"""

from dataclasses import dataclass

import numpy as np

from harvester.extraction.geometry import Floats

# Of the height of a word's box, which is about 1.15 em: a blank is a third of an em, in justified lines up to two
# thirds; gutters are hardly under one.
WIDE = 0.7
FEWEST = 3  # rows: fewer stand side by side by chance
BESIDE = 1.5  # heights up or down: columns need not keep to common base lines
FEWEST_WORDS = 3  # of a line on either side: not the marks of lists, the numbers of pages, labels


@dataclass(frozen=True, slots=True)
class Crossing:
    """White space that is drawn across: from where to where, where the words before it end, and the word after it.

    ``is_between_texts`` says whether several words stand on both sides.
    """

    x0: float
    x1: float
    end: int
    word: int
    is_between_texts: bool = True


def find_crossings(boxes: Floats, places: list[tuple[int, int]]) -> list[Crossing]:
    """Find where words of lines, given as first and last but one, are followed by others beyond white space.

    Nothing is returned where fewer than ``FEWEST`` are between texts.
    """
    x0, top, x1, bottom = boxes.T
    height = bottom - top
    lower = np.minimum(height[1:], height[:-1])
    is_wide = x0[1:] - x1[:-1] > WIDE * lower
    if np.count_nonzero(is_wide) < FEWEST:
        return []
    middle = (top + bottom) / 2
    after = np.flatnonzero(is_wide & (np.abs(middle[1:] - middle[:-1]) < BESIDE * lower)) + 1
    if len(after) < FEWEST:
        return []
    starts = np.array([start for start, _ in places])
    ends = np.array([end for _, end in places])
    before = after - starts[np.searchsorted(starts, after - 1, "right") - 1]
    behind = ends[np.searchsorted(starts, after, "right") - 1] - after
    wordy = (before >= FEWEST_WORDS) & (behind >= FEWEST_WORDS)
    if np.count_nonzero(wordy) < FEWEST:
        return []
    found = zip(x1[after - 1].tolist(), x0[after].tolist(), after.tolist(), wordy.tolist(), strict=True)
    return [Crossing(left, right, word, word, is_wordy) for left, right, word, is_wordy in found]


def most_crossed(crossings: list[Crossing]) -> tuple[float, list[Crossing]]:
    """Return the place from left to right that most of the crossings have in common, and those."""
    ends = sorted(
        [(one.x0, 0, one) for one in crossings] + [(one.x1, 1, one) for one in crossings], key=_first_two
    )
    count, most, best, since = 0, 0, 0.0, 0.0
    for x, is_end, _ in ends:
        if is_end:
            if count > most:
                most, best = count, (since + x) / 2
            count -= 1
        else:
            count, since = count + 1, x
    return best, [one for one in crossings if one.x0 < best < one.x1]


def _first_two(end: tuple[float, int, Crossing]) -> tuple[float, int]:
    return end[:2]
