"""Lines of running text on a page, told from the labels of drawings by how wide, wordy and close they are set."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from harvester.extraction.geometry import Floats
from harvester.extraction.lines import Direction, Line, share
from harvester.extraction.paragraphs import is_same_size, is_within_sentence
from harvester.extraction.structure.numbering import BULLETS

# As for the cells of tables: a line of running text is 14 em wide at least, in the narrowest columns.
_WIDTH, _WORDS, _LETTERS = 14.0, 4, 0.6
_ENUMERATED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")
_WORDS_OF_SENTENCE = 6
_WIDEST_BLANK = 1.6  # type sizes, in justified lines; what stands on an axis is further apart
_SAME_EDGE = 1.0  # points
_WORD_SPACE = 0.6  # type sizes; narrower than what is between columns
_MOST_PIECES = 8  # of a line, with the signs above and below it
_CLOSEST, _FARTHEST = -0.5, 1.3  # type sizes of white space between lines, up to double spacing


def prose_of(lines: Sequence[Line]) -> frozenset[int]:
    """Return which lines are running text: paragraphs of two lines at least, whole sentences, items of lists."""
    found: set[int] = set()
    for run in _runs(lines):
        wordy = sum(is_wordy(lines[place]) for place in run)
        goes_on = len(run) == 2 and wordy and is_within_sentence(lines[run[0]], lines[run[1]])
        if len(run) > 1 and (2 * wordy > len(run) or goes_on):
            found.update(run)
    found.update(place for place, line in enumerate(lines) if _is_item(line) or _is_sentence(line))
    return frozenset(_along(lines, found))


def begins_text(line: Line, prose: Floats) -> bool:
    """Whether a line begins on an edge of the running text, as headings do and sentences that stand alone."""
    if line.direction is not Direction.RIGHT or not (np.abs(prose[:, 0] - line.box.x0) <= _SAME_EDGE).any():
        return False
    says = len(line.words) >= _WORDS or line.words[-1].text[-1] in ".:"
    return (line.bold and len(line.words) > 1) or (says and sum(map(str.isalpha, line.text)) > _WORDS)


def is_wordy(line: Line) -> bool:
    """Whether a line is wide, of several words closely set, and mostly letters."""
    if len(line.words) < _WORDS or line.box.x1 - line.box.x0 < _WIDTH * line.size:
        return False
    if any(word.box.x0 - before.box.x1 > _WIDEST_BLANK * line.size for before, word in pairwise(line.words)):
        return False
    text = "".join(word.text for word in line.words)
    return line.direction is Direction.RIGHT and sum(map(str.isalpha, text)) >= _LETTERS * len(text)


def _runs(lines: Sequence[Line]) -> Iterator[range]:
    """Yield lines that follow each other as those of a paragraph do."""
    start = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or not _follows(lines[place - 1], lines[place]):
            yield range(start, place)
            start = place


def _follows(above: Line, line: Line) -> bool:
    apart = (line.box.top - above.box.bottom) / max(line.size, 0.1)
    return (
        _CLOSEST <= apart <= _FARTHEST
        and is_same_size(above, line)
        and share(above.box.x0, above.box.x1, line.box.x0, line.box.x1) > 0
    )


def _along(lines: Sequence[Line], found: set[int]) -> set[int]:
    """Return lines of running text with what goes on after them on the same line: formulas are set in pieces."""
    along = set(found)
    for place in sorted(found):
        pieces = [lines[place]]
        for at in range(place + 1, min(place + 1 + _MOST_PIECES, len(lines))):
            if at not in along and any(_is_next_word(piece, lines[at]) for piece in pieces):
                pieces.append(lines[at])
                along.add(at)
    return along


def _is_next_word(last: Line, line: Line) -> bool:
    middle = (line.box.top + line.box.bottom) / 2
    return (
        line.direction is last.direction
        and last.box.top <= middle <= last.box.bottom
        and abs(line.box.x0 - last.box.x1) <= _WORD_SPACE * last.size
    )


def _is_sentence(line: Line) -> bool:
    return len(line.words) >= _WORDS_OF_SENTENCE and line.words[-1].text[-1] == "." and is_wordy(line)


def _is_item(line: Line) -> bool:
    """Whether a line begins with a bullet, and goes on with words; or with a number or letter, and goes on with several."""
    first = line.words[0].text
    if sum(map(str.isalpha, line.text)) < _WORDS:
        return False
    return first[0] in BULLETS or (
        len(line.words) >= _WORDS_OF_SENTENCE and _ENUMERATED.fullmatch(first) is not None
    )
