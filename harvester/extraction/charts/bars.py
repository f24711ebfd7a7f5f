"""Bars: coloured areas as thick as each other that begin on one line, at equal steps, and end where their values are."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from harvester.extraction.charts.drawn import Flags, rows_of
from harvester.extraction.geometry import Floats
from harvester.extraction.lines import Line

_FEWEST = 3
_SAME = 1.0  # points between what begins on one line
_AS_THICK = 0.25  # of the middle thickness, by which bars may differ
_ENDS = 0.6  # of bars that must end elsewhere than the others: cells of a column end together
_END = 2.0  # points between two ends
_STEPS, _STEP = 0.8, 2.0  # of the distances from bar to bar that are usual; points
_IN_GROUPS = 5  # bars, at least, of two distances: within a group, and from group to group
_TEXT = 0.7  # of an area's width that text fills, or of a text's that lies on it
_SENTENCE = 4  # words


def has_bars(fills: Floats, lines: Sequence[Line]) -> bool:
    """Whether some areas are bars of one chart; ``lines`` are the page's letters."""
    return any(_are_bars(group, lines) for group in _beginning_together(fills))


def _beginning_together(fills: Floats) -> Iterator[Floats]:
    """Yield areas that begin on one line as baseline, far end, and the sides: across as from left to right, and down."""
    for first, last, one, other in ((0, 2, 1, 3), (2, 0, 1, 3), (3, 1, 0, 2), (1, 3, 0, 2)):
        rows = fills[np.argsort(fills[:, first], kind="stable")]
        cuts = np.flatnonzero(np.diff(rows[:, first]) > _SAME) + 1
        for group in np.split(rows, cuts):
            if len(group) >= _FEWEST:
                yield group[:, [first, last, one, other, 0, 1, 2, 3]]


def _are_bars(group: Floats, lines: Sequence[Line]) -> bool:
    group = group[np.argsort(group[:, 2], kind="stable")]
    thick = group[:, 3] - group[:, 2]
    group = group[np.abs(thick - np.median(thick)) <= _AS_THICK * np.median(thick)]
    apart = np.append(True, np.diff(group[:, 2]) > _SAME)  # one drawn over another is one
    group = group[apart & ~_shade_text(group[:, 4:], lines)] if len(group) else group
    if len(group) < _FEWEST or (group[1:, 2] < group[:-1, 3] - _SAME).any():
        return False
    ends = len(set((group[:, 1] / _END).round().tolist()))
    steps = Counter((np.diff(group[:, 2]) / _STEP).round().tolist())
    usual = sum(times for _, times in steps.most_common(2 if len(group) >= _IN_GROUPS else 1))
    return ends >= max(_FEWEST, _ENDS * len(group)) and usual >= _STEPS * (len(group) - 1)


def _shade_text(areas: Floats, lines: Sequence[Line]) -> Flags:
    """Tell which areas lie behind text: a line that fills one, or that says more than a bar's label does."""
    texts = rows_of(line.box for line in lines)
    is_long = np.array([len(line.words) >= _SENTENCE for line in lines], bool)
    common = np.minimum(areas[:, 2:3], texts[:, 2]) - np.maximum(areas[:, 0:1], texts[:, 0])
    middle = (texts[:, 1] + texts[:, 3]) / 2
    level = (areas[:, 1:2] <= middle) & (middle <= areas[:, 3:4])
    fills = common >= _TEXT * (areas[:, 2:3] - areas[:, 0:1])
    within = is_long & (common >= _TEXT * (texts[:, 2] - texts[:, 0]))
    return np.array((level & (fills | within)).any(axis=1), bool)
