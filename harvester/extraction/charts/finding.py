"""The charts and diagrams that a page draws in its own stream: where they are, and which lines are their letters.

A cluster of marks is one where it has bars or the scale of an axis, and all that stands in it is its own; or where
curves, slanting lines or pictures have labels, and then these are. A framed text has neither; a table whose cells are
ruled and filled is left alone, and so is running text within.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from corpus.vocabulary.documents import Box
from harvester.extraction.charts.captions import caption_lines
from harvester.extraction.charts.clusters import clusters_of
from harvester.extraction.charts.drawn import rows_of
from harvester.extraction.charts.evidence import View, labelled, measured
from harvester.extraction.charts.gridded import gridded_tables
from harvester.extraction.charts.labels import is_in, is_note, with_labels
from harvester.extraction.charts.marks import Marks, Places, marks_of
from harvester.extraction.charts.prose import begins_text, prose_of
from harvester.extraction.charts.scales import scales_of
from harvester.extraction.geometry import Floats, around
from harvester.extraction.lines import Line, PageLines
from harvester.extraction.structure.contents import lists_contents

_FEWEST = 3  # marks of a chart, where no scale stands along them
_SMALLEST = 36.0  # points, half an inch


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its place, and its lines among the page's, by number."""

    box: Box
    lines: frozenset[int]


def may_draw(page: PageLines) -> bool:
    """Whether a page draws enough for a chart: a few pictures, as signets are, are none."""
    pictures = len(page.ink.pictures)
    return len(page.ink.drawings) > pictures or pictures >= _FEWEST or len(page.ink.fills) >= _FEWEST


def find_charts(page: PageLines, lines: Sequence[Line], standing: Places, *, is_first: bool) -> list[Chart]:
    """Find a page's charts among lines without headers and footers.

    Parameters
    ----------
    page, lines
        The page, and those of its lines that may be labels, in the order of drawing.
    standing
        The places of what many pages draw.
    is_first
        Whether it is the first page, which may be a cover or have a masthead.
    """
    scales = scales_of(lines)
    if not scales and max(len(page.ink.drawings), len(page.ink.fills)) < _FEWEST:
        return []
    prose = prose_of(lines)
    paragraphs = [lines[place].box for place in sorted(prose)]
    texts = rows_of(paragraphs)
    tables = gridded_tables(page, lines)
    marks = marks_of(page, paragraphs, tables, standing)
    if not len(marks.curves) and max(len(marks.pictures), len(marks.fills)) < _FEWEST:
        return []
    kept = prose | set(caption_lines(lines)) | {place for place, line in enumerate(lines) if is_note(line)}
    free = {
        place: line
        for place, line in enumerate(lines)
        if place not in kept
        and not begins_text(line, texts)
        and not any(is_in(line.box, table) for table in tables)
    }
    if scales:
        scales = scales_of(free.values())  # without the numbers of text and tables
    is_contents = lists_contents([line.text for line in lines])
    view = View(lines, free, scales, texts, is_first, is_contents)
    barriers = np.vstack([texts, rows_of(tables)])
    numbers = clusters_of(marks.all, barriers, width=page.width, height=page.height)
    found = (
        _chart_of(marks.only(numbers == number), view) for number in range(1, int(numbers.max(initial=0)) + 1)
    )
    return _merged(chart for chart in found if chart is not None and chart.lines)


def _chart_of(marks: Marks, view: View) -> Chart | None:
    """Return the chart that a cluster of marks is."""
    rows = marks.all
    if not len(rows):
        return None
    box = _beside_text(rows, view.prose)
    if min(box.x1 - box.x0, box.bottom - box.top) < _SMALLEST:
        return None
    place = measured(marks, box, view)
    if place is None:
        return Chart(box, labelled(marks, box, view))
    place = with_labels(place, list(view.free.values()), view.prose)
    return Chart(place, frozenset(at for at, line in view.free.items() if is_in(line.box, place)))


def _beside_text(rows: Floats, prose: Floats) -> Box:
    """Return the place of marks; where running text stands within, the side of it that holds most of them."""
    whole = np.array([*rows[:, :2].min(axis=0), *rows[:, 2:].max(axis=0)])
    middles = (prose[:, :2] + prose[:, 2:]) / 2
    within = prose[((middles >= whole[:2]) & (middles <= whole[2:])).all(axis=1)]
    if not len(within):
        return Box(*whole.tolist())
    marks = (rows[:, :2] + rows[:, 2:]) / 2
    most, best = -1, whole
    for axis in (1, 0):
        ends = within[np.argsort(within[:, axis])][:, [axis, axis + 2]]
        reach = np.maximum.accumulate(np.append(whole[axis], ends[:, 1]))
        for start, end in zip(reach.tolist(), [*ends[:, 0].tolist(), whole[axis + 2]], strict=True):
            held = int(((marks[:, axis] >= start) & (marks[:, axis] <= end)).sum())
            if held > most:
                most, best = held, whole.copy()
                best[[axis, axis + 2]] = start, max(start, end)
    return Box(*best.tolist())


def _merged(charts: Iterable[Chart]) -> list[Chart]:
    """Make one of charts that overlap."""
    merged: list[Chart] = []
    for chart in charts:
        whole = chart
        while touching := [other for other in merged if _overlap(other.box, whole.box)]:
            merged = [other for other in merged if other not in touching]
            lines = chain(whole.lines, *(other.lines for other in touching))
            whole = Chart(around([whole.box, *(other.box for other in touching)]), frozenset(lines))
        merged.append(whole)
    return merged


def _overlap(one: Box, other: Box) -> bool:
    return min(one.x1, other.x1) > max(one.x0, other.x0) and min(one.bottom, other.bottom) > max(
        one.top, other.top
    )
