"""What shows that a cluster of marks is a chart: bars, the scale of an axis, or labels set among what is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.vocabulary.documents import Box
from harvester.extraction.charts.bars import has_bars
from harvester.extraction.charts.drawn import Flags, rows_of
from harvester.extraction.charts.labels import is_in, largest_of, may_label
from harvester.extraction.charts.marks import Marks
from harvester.extraction.charts.scales import Scale
from harvester.extraction.geometry import Floats, around
from harvester.extraction.lines import Direction, Line, share

_FEWEST_CURVES = 3  # a pie's slices, the arrows of a diagram
_FEWEST_LABELS = 3
_CURVE, _PICTURE = (
    24.0,
    36.0,
)  # points, a third and half of an inch: icons and bullets are drawn of smaller ones
_WORDS_OF_TEXT = 5.0  # a line, on average: labels of a drawing have fewer
_WORDS_OF_CALLS = 8.0  # where there is a mark for each: lines that lead to what the words are about
_LINES_OF_BAR = (
    4  # its name and its value, each perhaps over two lines; what has more is a table with shaded cells
)
_BESIDE = 36.0  # points from a scale to what it measures
_ALONG = 0.6  # of a scale that stands along what it measures
_NEAR = 1.2  # type sizes from a label to its mark


@dataclass(frozen=True, slots=True)
class View:
    """What is known of a page.

    Attributes
    ----------
    lines, free
        All lines; those that may be labels, by number.
    scales, prose
        Scales of axes; the lines of running text.
    is_first, is_contents
        Whether it is the first page; whether it lists the contents.
    """

    lines: Sequence[Line]
    free: Mapping[int, Line]
    scales: Sequence[Scale]
    prose: Floats
    is_first: bool
    is_contents: bool


def measured(marks: Marks, box: Box, view: View) -> Box | None:
    """Return the place of marks and their scales where they have any, or are bars."""
    scales = [scale.box for scale in view.scales if _measures(scale, box)]
    if scales and _draws(marks):
        return around([box, *scales])
    labels = sum(is_in(line.box, box) for line in view.free.values())
    return box if labels <= _LINES_OF_BAR * len(marks.fills) and has_bars(marks.fills, view.lines) else None


def labelled(marks: Marks, box: Box, view: View) -> frozenset[int]:
    """Return the lines that are labels of large curves and slanting lines, or stand on several pictures; none of others.

    On a first page what stands above all running text is its masthead. Tiles and icons among entries of contents
    adorn these.
    """
    if view.is_contents:
        return frozenset()
    if view.is_first and not (view.prose[:, 3] <= box.top).any():
        return frozenset()
    extent = (marks.curves[:, 2:] - marks.curves[:, :2]).max(axis=1, initial=0.0)
    curves = int(((extent >= _CURVE) & ~_within(marks.curves, marks.pictures)).sum())
    if curves >= _FEWEST_CURVES:
        labels = _near(view.free, marks.all, box, reach=_NEAR)
    else:
        sides = (marks.pictures[:, 2:] - marks.pictures[:, :2]).min(axis=1, initial=np.inf)
        pictures = marks.pictures[sides >= _PICTURE]
        if len(pictures) < _FEWEST_CURVES:
            return frozenset()
        labels = _near(view.free, pictures, box, reach=0.0)
    words = sum(len(line.words) for line in labels.values())
    most = _WORDS_OF_CALLS if curves >= len(labels) else _WORDS_OF_TEXT
    if len(labels) < _FEWEST_LABELS or words >= most * len(labels):
        return frozenset()
    return frozenset(labels)


def _within(curves: Floats, pictures: Floats) -> Flags:
    """Tell which curves lie on a picture: they adorn it."""
    x0, top, x1, bottom = (side[:, None] for side in curves.T)
    left, upper, right, lower = pictures.T
    within: Flags = (x0 >= left) & (top >= upper) & (x1 <= right) & (bottom <= lower)
    return np.array(within.any(axis=1), bool)


def _near(free: Mapping[int, Line], marks: Floats, box: Box, *, reach: float) -> dict[int, Line]:
    """Return the lines that touch marks, or are so many type sizes from them; beside all marks only those that may be labels.

    The rules of a frame may have a heading above them: what is bold and beside counts not.
    """
    texts = rows_of(line.box for line in free.values())
    grown = np.array([line.size * reach for line in free.values()]).reshape(-1, 1) * np.array([-1, -1, 1, 1])
    low = np.maximum((texts + grown)[:, None, :2], marks[None, :, :2])
    high = np.minimum((texts + grown)[:, None, 2:], marks[None, :, 2:])
    across, down = (low <= high).transpose(2, 0, 1)
    touching = (across & down).any(axis=1)
    chosen = {
        place: line for (place, line), is_near in zip(free.items(), touching.tolist(), strict=True) if is_near
    }
    largest = largest_of([line for line in chosen.values() if is_in(line.box, box)])
    return {
        place: line
        for place, line in chosen.items()
        if is_in(line.box, box) or (may_label(line, largest) and not _is_bold_text(line))
    }


def _is_bold_text(line: Line) -> bool:
    return line.bold and line.direction is Direction.RIGHT and len(line.words) > 1


def _draws(marks: Marks) -> bool:
    """Whether marks are more than the rules of a table."""
    across = marks.rules[:, 1] == marks.rules[:, 3]
    return len(marks.curves) > 0 or len(marks.fills) > 1 or (bool(across.any()) and not across.all())


def _measures(scale: Scale, box: Box) -> bool:
    """Whether a scale stands at the side of a drawing, or below or above it."""
    one = scale.box
    if scale.is_upright:
        apart = max(box.x0 - one.x1, one.x0 - box.x1)
        return apart <= _BESIDE and share(one.top, one.bottom, box.top, box.bottom) >= _ALONG
    apart = max(box.top - one.bottom, one.top - box.bottom)
    return apart <= _BESIDE and share(one.x0, one.x1, box.x0, box.x1) >= _ALONG
