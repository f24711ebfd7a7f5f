"""Bullets that a page draws as small shapes or pictures, not as letters: browsers print those of lists so."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpus.vocabulary.documents import Box
from harvester.extraction.charts.drawn import rows_of
from harvester.extraction.geometry import Floats, boxes_from
from harvester.extraction.lines import Direction, Line
from harvester.extraction.paragraphs import is_same_size
from harvester.extraction.structure.numbering import marker_of
from harvester.extraction.tables.shapes import Ink

_LARGEST = 1.2  # type sizes: a picture of the height of a line; what is larger is an icon beside a text
_FARTHEST = (
    3.0  # type sizes from bullet to text: tabs of lists are half an inch, three sizes of twelve points
)
_FREE = 0.5  # type sizes of white space before a bullet; a sign that belongs to the words before it is closer
_CLOSE = 0.1  # type sizes by which parts of a shape differ, and shapes that are the same
_TOUCHING = 0.1  # type sizes by which a shape may reach under the first letter
_SAME_EDGE = 0.35  # type sizes within which bullets stand at one edge
_AROUND = 8  # lines within which the next item of a list stands
_MOST_SHAPES = 2_000  # that are small, on one page: maps and plots have more, lists do not
_DOT = 2.5  # points: what is thinner is read as a line along its longer side


def with_bullets(lines: Sequence[Line], ink: Ink) -> list[Line]:
    """Return lines in reading order, each with the shape before its first word that is a list item's bullet.

    One shape beside a text may be anything. It is a bullet where another stands before a line of the same type at
    the same edge, or where an item of such a list stands near.
    """
    largest = _LARGEST * max((line.size for line in lines), default=0.0)
    shapes = _small_shapes(ink, largest)
    if not 0 < len(shapes) <= _MOST_SHAPES:
        return list(lines)
    ink_rows = rows_of((*ink.drawings, *ink.areas, *ink.across, *ink.down))
    words = rows_of(word.box for line in lines for word in line.words)
    before = {
        place: box
        for place, line in enumerate(lines)
        if line.direction is Direction.RIGHT
        and (box := _shape_before(line, shapes, words))
        and _is_alone(box, ink_rows, line.size)
    }
    chosen = {place for place in before if _has_twin(place, before, lines)}
    typed = (
        {place for place, line in enumerate(lines) if _is_typed(line)} if len(chosen) < len(before) else set()
    )
    chosen |= {
        place
        for place in before
        if any(
            0 < abs(place - other) <= _AROUND and _is_alike(lines[place], lines[other])
            for other in chosen | typed
        )
    }
    return [
        replace(line, bullet=before[place]) if place in chosen else line for place, line in enumerate(lines)
    ]


def _small_shapes(ink: Ink, largest: float) -> Floats:
    """Return filled areas, curves and pictures up to this size; and dots, which are as good as short lines."""
    rows = rows_of((*ink.drawings, *ink.fills, *ink.across))
    small = (rows[:, 2:] - rows[:, :2]).max(axis=1, initial=0.0) <= largest
    rule = (rows[:, 3] == rows[:, 1]) & (rows[:, 2] - rows[:, 0] > _DOT)
    found: Floats = rows[small & ~rule]
    return found


def _shape_before(line: Line, shapes: Floats, words: Floats) -> Box | None:
    """Return the shape that stands left of a line's first word, close to it and apart from all other words."""
    first, size = line.words[0].box, line.size
    middles = (shapes[:, 1] + shapes[:, 3]) / 2
    near: NDArray[np.bool_] = (
        (middles > first.top)
        & (middles < first.bottom)
        & (shapes[:, 2] <= first.x0 + _TOUCHING * size)
        & (shapes[:, 2] >= first.x0 - _FARTHEST * size)
        & ((shapes[:, 2:] - shapes[:, :2]) <= _LARGEST * size).all(axis=1)
    )
    if not near.any():
        return None
    found = shapes[near]
    box = boxes_from([[*found[:, :2].min(axis=0).tolist(), *found[:, 2:].max(axis=0).tolist()]])[0]
    if box.x1 - box.x0 > _LARGEST * size:
        return None  # a row of shapes
    level = (words[:, 1] < box.bottom) & (words[:, 3] > box.top)
    between = level & (words[:, 2] > box.x0 - _FREE * size) & (words[:, 0] < first.x0 - _TOUCHING * size)
    return None if between.any() else box


def _is_alone(box: Box, drawn: Floats, size: float) -> bool:
    """Whether nothing else is drawn at a shape: parts of plots have company; a panel behind the text holds all of it."""
    x0, top, x1, bottom = box
    across, down = _FREE * size, _CLOSE * size
    touching = drawn[
        (drawn[:, 2] > x0 - across)
        & (drawn[:, 0] < x1 + across)
        & (drawn[:, 3] > top - down)
        & (drawn[:, 1] < bottom + down)
    ]
    low, high = np.array([x0, top]) - _CLOSE * size, np.array([x1, bottom]) + _CLOSE * size
    is_part = (touching[:, :2] >= low).all(axis=1) & (touching[:, 2:] <= high).all(axis=1)
    is_panel = (touching[:, :2] <= [x0, top]).all(axis=1) & (touching[:, 2:] >= [x1, bottom]).all(axis=1)
    return bool((is_part | is_panel).all())


def _has_twin(place: int, before: dict[int, Box], lines: Sequence[Line]) -> bool:
    """Whether the same shape stands before another line of the same type, at the same edge."""
    own, line = before[place], lines[place]
    return any(
        abs(box.x0 - own.x0) <= _SAME_EDGE * line.size
        and abs(box.top - own.top) > _FREE * line.size  # text drawn twice has one
        and _is_alike(line, lines[other])
        and _is_same_shape(own, box, line.size)
        for other, box in before.items()
        if other != place
    )


def _is_same_shape(one: Box, other: Box, size: float) -> bool:
    wider, higher = (
        (one.x1 - one.x0) - (other.x1 - other.x0),
        (one.bottom - one.top) - (other.bottom - other.top),
    )
    return max(abs(wider), abs(higher)) <= _CLOSE * size


def _is_alike(one: Line, other: Line) -> bool:
    return is_same_size(one, other) and one.bold == other.bold


def _is_typed(line: Line) -> bool:
    return len(line.words) > 1 and marker_of(line.words[0].text) is not None
