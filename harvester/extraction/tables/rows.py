"""Words that stand side by side, and the pieces that white space cuts them into."""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import add, sub
from typing import NamedTuple

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around
from harvester.extraction.tables.shapes import Placed

# A blank is a quarter to a third of an em; a justified line stretches it to two thirds. The box of a word is
# about 1.15 em high, so that this is nearly one em: wider white space is meant.
WIDE = 0.8
SMALL = 0.75  # of the usual height: raised and lowered type is set at two thirds
MOST_FIGURES = 30  # characters: a number with its error and its range
_NUMBER = re.compile(r"[(\[<>~±≈+−–—-]*[£$€¥]?\s?[-−–]?(\d[\d.,:/'’ ]*|[.,]\d+)\s?[%‰°*†‡§)\]a-e]{0,3}")
_FIGURES = re.compile(r"[\d\s.,:/%£$€()\[\]<>=±+*†−–—-]+")
_DASHES = frozenset({"-", "–", "—", "−", "..", "...", "…", ":", "*", "n/a", "N/A", "na", "NA"})


class Piece(NamedTuple):
    """Words of one row that only ordinary blanks part."""

    words: tuple[int, ...]
    box: Box
    text: str

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, numbers, or what stands for a missing one."""
        return is_figure(self.text)


@lru_cache(maxsize=10_000)
def is_figure(text: str) -> bool:
    """Whether a text is a number, numbers, or what stands for a missing one."""
    if text in _DASHES or _NUMBER.fullmatch(text) is not None:
        return True
    return len(text) <= MOST_FIGURES and any(map(str.isdigit, text)) and _FIGURES.fullmatch(text) is not None


@dataclass(frozen=True)
class Row:
    """Pieces that stand side by side, from left to right."""

    pieces: tuple[Piece, ...]

    @cached_property
    def box(self) -> Box:
        """Around them all."""
        return around([piece.box for piece in self.pieces])

    @cached_property
    def height(self) -> float:
        """How high its type is."""
        heights = sorted(piece.box.bottom - piece.box.top for piece in self.pieces)
        return max(heights[len(heights) // 2], 1.0)


def rows_of(words: Sequence[Placed], chosen: Iterable[int], *, wide: float = WIDE) -> list[Row]:
    """Group the chosen words by height on the page, then cut each row at white space ``wide`` heights wide.

    Small type joins the row that it is raised or lowered from.
    """
    places = list(chosen)
    if not places:
        return []
    _, tops, _, bottoms = zip(*[words[at].box for at in places], strict=True)
    middles = list(map(add, tops, bottoms))
    heights = list(map(sub, bottoms, tops))
    least = SMALL * sorted(heights)[len(heights) // 2]
    groups: list[list[int]] = []
    bands: list[tuple[float, float]] = []
    small: list[int] = []
    lowest = float("-inf")  # where the middle of a word of the last row may lie
    for number in sorted(range(len(places)), key=middles.__getitem__):
        if heights[number] < least:
            small.append(places[number])
        elif middles[number] / 2 < lowest:
            groups[-1].append(places[number])
        else:
            groups.append([places[number]])
            bands.append((tops[number], bottoms[number]))
            lowest = bottoms[number] - 0.25 * heights[number]
    alone = [at for at in small if not _join(words, at, groups, bands)]
    rows = [Row(tuple(_pieces(words, group, wide))) for group in groups]
    if alone:
        rows += rows_of(words, alone, wide=wide)
        rows.sort(key=lambda row: row.box.top + row.box.bottom)
    return rows


def _join(
    words: Sequence[Placed], at: int, groups: list[list[int]], bands: Sequence[tuple[float, float]]
) -> bool:
    """Add small type to the row that shares half of its height, the nearest one; say whether there is one."""
    box = words[at].box
    place = bisect(bands, (_middle(box), 0.0))
    near = [
        (min(box.bottom, bottom) - max(box.top, top), -abs(_middle(box) - (top + bottom) / 2), number)
        for number, (top, bottom) in enumerate(bands[max(place - 2, 0) : place + 2], start=max(place - 2, 0))
    ]
    shared, _, number = max(near, default=(0.0, 0.0, 0))
    if shared < 0.5 * _height(box) or shared <= 0:
        return False
    groups[number].append(at)
    return True


def _height(box: Box) -> float:
    return box.bottom - box.top


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _pieces(words: Sequence[Placed], group: list[int], wide: float) -> Iterable[Piece]:
    boxes = [words[at].box for at in group]
    starts, tops, ends, bottoms = zip(*boxes, strict=True)
    order = sorted(range(len(group)), key=starts.__getitem__)
    begun, end, cuts = 0, ends[order[0]], []
    for place, number in enumerate(order):
        if starts[number] - end > wide * (bottoms[number] - tops[number]) and place:
            cuts.append(place)
        end = max(end, ends[number])
    if not cuts:  # most rows: all of it is known
        box = Box(starts[order[0]], min(tops), end, max(bottoms))
        chosen = tuple([group[number] for number in order])
        yield Piece(chosen, box, " ".join([words[at].text for at in chosen]))
        return
    for cut in (*cuts, len(order)):
        yield piece_of(words, [group[number] for number in order[begun:cut]])
        begun = cut


def piece_of(words: Sequence[Placed], chosen: Sequence[int]) -> Piece:
    """Make a piece of words in their order."""
    if len(chosen) == 1:
        word = words[chosen[0]]
        return Piece((chosen[0],), word.box, word.text)
    held = [words[at] for at in chosen]
    return Piece(tuple(chosen), around([word.box for word in held]), " ".join([word.text for word in held]))
