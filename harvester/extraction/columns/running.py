"""Running text, told from cells, labels and lists by why its lines end: the next word had no room.

Whoever sets text fills each line before the next. What is written cell by cell, or item by item, ends where it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from harvester.extraction.columns.strips import Strip, Words

_BLANK = 0.25  # of the height of the type
_SLACK = 0.3  # of it: what a line may fall short of the edge
_SAME_SIZE = 0.15  # by which the heights of two rows may differ, as a share
_TIGHT = 0.5  # of the height: by how much more than usual rows of a paragraph may stand apart
_NARROWEST = 7.0  # heights: narrower columns hold two words a line
_FEWEST_WORDS = 2.5  # a row, in the middle: names have two
_FEWEST_LETTERS = 0.4  # of the characters: references are full of figures
_FEWEST_PAIRS = 2
_FULL = 0.6  # of the rows of running text, the last ones of paragraphs left out, are full
_HARDLY_FULL = 1 / 3  # of the rows of cells are full
_MANY_PAIRS, _NEARLY_ALL = 6, 0.8  # for text that has no small letters at the beginnings of lines
_VERY_MANY = 12
_FULL_ENTRIES = 0.4  # of the rows of lists whose entries run over several
_ONE_MEASURE = 0.03  # by which columns may differ, as a share
_RUNS_ON = (
    1 / 3
)  # of the lines of running text begin with a small letter, in languages with many capitals too
_STOPS = ".!?:;"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What rows tell: how many follow another closely, after how many there was no room, how many begin within a sentence.

    ``measure`` is how wide they are set.
    """

    pairs: int
    full: int
    running_on: int
    measure: float
    is_wordy: bool

    @property
    def is_text(self) -> bool:
        """Whether the rows are running text for sure."""
        if not self.is_wordy or self.pairs < _FEWEST_PAIRS or self.full < _FULL * self.pairs:
            return False
        runs_on = self.running_on >= _RUNS_ON * self.pairs
        return runs_on or (self.pairs >= _MANY_PAIRS and self.full >= _NEARLY_ALL * self.pairs)

    @property
    def may_be_entries(self) -> bool:
        """Whether very many rows follow one another closely, not far from half of which are full."""
        return self.is_wordy and self.pairs >= _VERY_MANY and self.full >= _FULL_ENTRIES * self.pairs

    @property
    def is_unlike_text(self) -> bool:
        """Whether the rows, of which there are some, are those of cells."""
        return not self.is_wordy or self.full <= _HARDLY_FULL * self.pairs

    @property
    def may_be_text(self) -> bool:
        """Whether nothing speaks against running text; of a single row nothing does but that it has few words."""
        return self.is_wordy and self.full >= _FULL * self.pairs


def evidence_of(rows: Sequence[Strip], words: Words, *, white: float) -> Evidence:
    """Look at what stands next to a gutter on one side, from top to bottom; ``white`` is what usually parts rows."""
    if not rows:
        return Evidence(0, 0, 0, 0.0, is_wordy=False)
    edge = max(row.x1 for row in rows)
    measure = edge - min(row.x0 for row in rows)
    pairs = full = running_on = 0
    for above, below in pairwise(rows):
        if not _is_next(above, below, white):
            continue
        begins_small = _begins_small(words.texts[below.start])
        if not begins_small and words.texts[above.end - 1][-1:] in _STOPS:
            continue  # a paragraph may end here
        box = words.boxes[below.start]
        room = edge - above.x1 - _BLANK * below.height - (box[2] - box[0])
        pairs += 1
        full += room < _SLACK * below.height
        running_on += begins_small
    return Evidence(pairs, full, running_on, measure, _is_wordy(rows, words, measure))


def are_text(left: Evidence, right: Evidence) -> bool:
    """Whether both sides of a gutter are running text.

    Lists of references and the like, of which many entries fill no line, are known by columns of one measure.
    """
    if left.is_text and right.is_text:
        return True
    alike = abs(left.measure - right.measure) <= _ONE_MEASURE * max(left.measure, right.measure)
    return alike and left.may_be_entries and right.may_be_entries


def _is_next(above: Strip, below: Strip, white: float) -> bool:
    """Whether a row is the next line of a paragraph, by distance and size."""
    height = max(above.height, below.height)
    return (
        abs(above.height - below.height) <= _SAME_SIZE * height
        and below.top - above.bottom <= white + _TIGHT * height
        and below.x0 < above.x1
    )


def _begins_small(word: str) -> bool:
    """Whether a word begins with a letter that is none of a sentence's first; scripts without capitals have only such."""
    return word[:1].isalpha() and not word[:1].isupper()


def _is_wordy(rows: Sequence[Strip], words: Words, measure: float) -> bool:
    counts = sorted(row.end - row.start for row in rows)
    heights = sorted(row.height for row in rows)
    if counts[len(counts) // 2] < _FEWEST_WORDS or measure < _NARROWEST * heights[len(heights) // 2]:
        return False
    text = "".join(word for row in rows for word in words.texts[row.start : row.end])
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS * len(text)
