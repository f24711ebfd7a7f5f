"""The ruling lines and areas that a page draws, read with PDFium. Belongs into a child process.

A thin rectangle is a line; a path of right angles is its sides. The boxes of objects tell most of it; only paths of
some extent are read point by point.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from corpus.vocabulary.documents import Box
from harvester.extraction.clipping import clipped
from harvester.extraction.geometry import Floats, PageFrame, boxes_from, place
from harvester.extraction.objects import (
    FORM,
    PATH,
    PICTURES,
    Corners,
    Matrix,
    are_drawn,
    are_pale,
    bounds_of,
    kinds_of,
    matrices_of,
    objects_of_form,
)
from harvester.extraction.tables.outlines import Side, count_points, sides_of
from harvester.extraction.tables.shapes import Ink

THIN = 2.5  # points: ruling lines are hairlines to 2 points wide, the lowest letters are higher
MOST_OBJECTS = 20_000  # letters, lines, dots of one page; maps and plots have more, tables do not
MOST_POINTS = 4_000  # of paths read point by point
MOST_NESTING = 4  # forms within forms
_WHITE = 250  # of 255: paper

_UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class _Sketch:
    frame: PageFrame
    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    drawings: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    objects: int = 0
    points: int = 0

    @property
    def ink(self) -> Ink:
        """What was found."""
        lines = tuple(self.across), tuple(self.down)
        return Ink(*lines, *map(tuple, (self.areas, self.drawings, self.fills, self.pictures)))

    def add_lines(self, placed: Floats) -> None:
        """Add boxes on the page as shown, a row each, as the lines that they are as good as."""
        x0, top, x1, bottom = placed.T
        lies = x1 - x0 >= bottom - top
        middle = ((top + bottom) / 2)[lies]
        self.across += boxes_from(np.stack([x0[lies], middle, x1[lies], middle], 1).tolist())
        middle = ((x0 + x1) / 2)[~lies]
        self.down += boxes_from(np.stack([middle, top[~lies], middle, bottom[~lies]], 1).tolist())


def read_ink(things: Sequence[int], kinds: Sequence[int], frame: PageFrame) -> Ink:
    """Read what the objects of a page draw, its forms included; nothing of a page that is one large drawing."""
    sketch = _Sketch(frame)
    _read_objects(things[:MOST_OBJECTS], kinds[:MOST_OBJECTS], _UNCHANGED, sketch, depth=0)
    if sketch.objects >= MOST_OBJECTS or len(things) > MOST_OBJECTS:
        return Ink(drawings=tuple(sketch.drawings), pictures=tuple(sketch.pictures))
    return sketch.ink


def _read_objects(
    things: Sequence[int], kinds: Sequence[int], matrix: Matrix, sketch: _Sketch, *, depth: int
) -> None:
    sketch.objects += len(things)
    by_kind = set(kinds)
    if PATH in by_kind:
        paths = [thing for thing, kind in zip(things, kinds, strict=True) if kind == PATH]
        _read_paths(paths, matrix, sketch)
    if by_kind & PICTURES:
        pictures = [thing for thing, kind in zip(things, kinds, strict=True) if kind in PICTURES]
        corners, known = bounds_of(pictures)
        corners, known = _shown(pictures, corners, known)
        boxes = boxes_from(_placed(corners[known], matrix, sketch.frame).tolist())
        sketch.drawings += boxes
        sketch.pictures += boxes
    if FORM not in by_kind or depth >= MOST_NESTING:
        return
    forms = [thing for thing, kind in zip(things, kinds, strict=True) if kind == FORM]
    for form, inner in zip(forms, matrices_of(forms), strict=True):
        inside = objects_of_form(form, MOST_OBJECTS - sketch.objects)
        _read_objects(inside, kinds_of(inside), _times(inner, matrix), sketch, depth=depth + 1)


def _read_paths(paths: Sequence[int], matrix: Matrix, sketch: _Sketch) -> None:
    filled, stroked = are_drawn(paths)
    corners, shown = bounds_of(paths)
    coloured = filled & ~are_pale(paths, _WHITE)
    corners, shown = _shown(paths, corners, shown & (stroked | coloured))
    shown_paths = list(compress(paths, shown.tolist()))
    placed = _placed(corners[shown], matrix, sketch.frame)
    boxes = boxes_from(placed.tolist())
    is_thin = (placed[:, 2:] - placed[:, :2] <= THIN).any(axis=1)
    sketch.add_lines(placed[is_thin])
    large: list[int] = np.flatnonzero(~is_thin).tolist()
    outlines: list[Side] = []
    strokes, colours = stroked[shown].tolist(), coloured[shown].tolist()
    looked_at = [shown_paths[at] for at in large]
    for at, path, count, turned in zip(
        large, looked_at, count_points(looked_at), matrices_of(looked_at), strict=True
    ):
        box = boxes[at]
        if sketch.points + count > MOST_POINTS:
            sketch.drawings.append(box)
            continue
        sketch.points += count
        sides = sides_of(path, count, _times(turned, matrix))
        if not sides:
            sketch.drawings.append(box)
        elif len(sides) in {3, 4}:
            sketch.areas.append(box)
            if colours[at]:
                sketch.fills.append(box)
        elif strokes[at]:
            outlines += sides
    if outlines:
        # Left, top, right, bottom, whichever of the ends is which: what is placed is put in order.
        sketch.add_lines(place(np.array(outlines).reshape(-1, 4), sketch.frame))


def _shown(
    things: Sequence[int], corners: Corners, wanted: NDArray[np.bool_]
) -> tuple[Corners, NDArray[np.bool_]]:
    """Return boxes as they show, and which of those that are wanted do; only these are looked at."""
    cut, remain = clipped(list(compress(things, wanted.tolist())), corners[wanted])
    boxes, shown = corners.copy(), wanted.copy()
    boxes[wanted], shown[wanted] = cut, remain
    return boxes, shown


def _placed(corners: Corners, matrix: Matrix, frame: PageFrame) -> Floats:
    """Return rectangles, given in the coordinates of what holds them, on the page as shown."""
    if matrix is not _UNCHANGED:
        a, b, c, d, e, f = matrix
        across, up = corners[:, [0, 0, 2, 2]].astype(float), corners[:, [1, 3, 1, 3]].astype(float)
        x, y = a * across + c * up + e, b * across + d * up + f
        corners = np.stack([x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1)], 1)
    # Left, top, right, bottom is what is placed.
    return place(corners[:, [0, 3, 2, 1]], frame)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
