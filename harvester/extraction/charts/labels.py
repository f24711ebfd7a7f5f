"""Labels beside a drawing: the numbers of its axes, their names, what stands at a slice; and notes, which are no labels."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.vocabulary.documents import Box
from harvester.extraction.charts.scales import number_of
from harvester.extraction.geometry import Floats, around
from harvester.extraction.lines import Direction, Line, share

_NOTE = re.compile(r"(?:sources?|notes?|n\.?b\.?|base)\s?[:.]", re.IGNORECASE)
_ROUNDS = 3  # the labels of an axis, which may run over, and its name beyond them
_APART = 1.2  # type sizes from a drawing to its label, above or below
_ASIDE, _TURNED = 2.0, 4.0  # at its sides; where the letters are turned along them
_WIDEST = 20.0  # type sizes of what stands at a side: the names of bars
_WORDS = 6  # of a label beside a drawing
_WIDE = 1.0  # type sizes, on average, between the labels of an axis
_WITHIN = 0.7  # of a label's length or height that lies along the drawing
_AS_LARGE = 1.25  # than the labels in the drawing; headings are larger


def is_note(line: Line) -> bool:
    """Whether a line says where a chart is from or how it is to be read, which is no label."""
    return _NOTE.match(line.text) is not None


def with_labels(region: Box, lines: Sequence[Line], prose: Floats) -> Box:
    """Return a chart's place with the labels that stand close beside it, and not beyond a line of running text."""
    largest = largest_of([line for line in lines if is_in(line.box, region)])
    for _ in range(_ROUNDS):
        labels = [
            line.box
            for line in lines
            if _is_beside(line, region)
            and may_label(line, largest)
            and not _is_beyond(line.box, region, prose)
        ]
        region = around([region, *labels])
    return region


def is_in(inner: Box, outer: Box) -> bool:
    """Whether the middle of a box lies in another."""
    across, down = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= across <= outer.x1 and outer.top <= down <= outer.bottom


def largest_of(labels: Sequence[Line]) -> float | None:
    """Return how large further labels are at most, beside those that stand in a drawing."""
    return _AS_LARGE * median(line.size for line in labels) if labels else None


def may_label(line: Line, largest: float | None) -> bool:
    """Whether a line is short or the labels of an axis, and not larger than others; or nothing but numbers."""
    if all(number_of(word.text) is not None for word in line.words):
        return True
    if (largest is None and line.bold) or (largest is not None and line.size > largest):
        return False
    blanks = [word.box.x0 - before.box.x1 for before, word in pairwise(line.words)]
    return len(line.words) <= _WORDS or sum(blanks) > _WIDE * line.size * len(blanks)


def _is_beyond(label: Box, region: Box, prose: Floats) -> bool:
    """Whether running text stands between a drawing and a label."""
    x0, top, x1, bottom = around([label, region])
    down = (prose[:, 1] + prose[:, 3]) / 2
    between = (top < down) & (down < bottom) & ((down < region.top) | (down > region.bottom))
    return bool((between & (prose[:, 0] < x1) & (prose[:, 2] > x0)).any())


def _is_beside(line: Line, region: Box) -> bool:
    box = line.box
    if line.direction is not Direction.RIGHT:  # along an axis
        along = share(box.top, box.bottom, region.top, region.bottom)
        return along >= _WITHIN and max(region.x0 - box.x1, box.x0 - region.x1) <= _TURNED * line.size
    across = share(box.x0, box.x1, region.x0, region.x1)
    down = share(box.top, box.bottom, region.top, region.bottom)
    above = max(region.top - box.bottom, box.top - region.bottom)
    aside = max(region.x0 - box.x1, box.x0 - region.x1)
    return (across >= _WITHIN and above <= _APART * line.size) or (
        down >= _WITHIN and aside <= _ASIDE * line.size and box.x1 - box.x0 <= _WIDEST * line.size
    )
