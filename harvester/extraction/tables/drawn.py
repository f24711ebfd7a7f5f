"""The ruling lines and areas that a page draws, read with PDFium. Belongs into a child process.

A thin rectangle is a line; a path of right angles is its sides. The box of an object tells most of it in one call;
only paths of some extent are read point by point.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdfium2 import raw

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import PageFrame
from harvester.extraction.tables.shapes import Ink

THIN = 2.5  # points: ruling lines are hairlines to 2 points wide, the lowest letters are higher
MOST_OBJECTS = 20_000  # letters, lines, dots of one page; maps and plots have more, tables do not
MOST_POINTS = 4_000  # of paths read point by point
MOST_NESTING = 4  # forms within forms
_WHITE = 250  # of 255: paper

Matrix = tuple[float, float, float, float, float, float]
_UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class _Sketch:
    frame: PageFrame
    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    drawings: list[Box] = field(default_factory=list)
    objects: int = 0
    points: int = 0

    def add_line(self, box: Box) -> None:
        if box.x1 - box.x0 >= box.bottom - box.top:
            middle = (box.top + box.bottom) / 2
            self.across.append(Box(box.x0, middle, box.x1, middle))
        else:
            middle = (box.x0 + box.x1) / 2
            self.down.append(Box(middle, box.top, middle, box.bottom))


def read_ink(page: raw.FPDF_PAGE, frame: PageFrame) -> Ink:
    """Read what a loaded page draws, its forms included; nothing of a page that is one large drawing."""
    sketch = _Sketch(frame)
    count = raw.FPDFPage_CountObjects(page)
    objects = (raw.FPDFPage_GetObject(page, index) for index in range(min(count, MOST_OBJECTS)))
    for thing in objects:
        _read_object(thing, _UNCHANGED, sketch, depth=0)
    if sketch.objects >= MOST_OBJECTS or count > MOST_OBJECTS:
        return Ink(drawings=tuple(sketch.drawings))
    return Ink(tuple(sketch.across), tuple(sketch.down), tuple(sketch.areas), tuple(sketch.drawings))


def _read_object(thing: raw.FPDF_PAGEOBJECT, matrix: Matrix, sketch: _Sketch, *, depth: int) -> None:
    sketch.objects += 1
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        _read_path(thing, matrix, sketch)
    elif kind in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING}:
        box = _bounds(thing, matrix, sketch.frame)
        if box is not None:
            sketch.drawings.append(box)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MOST_NESTING:
        inner = _times(_matrix_of(thing), matrix)
        for index in range(raw.FPDFFormObj_CountObjects(thing)):
            if sketch.objects >= MOST_OBJECTS:
                return
            _read_object(raw.FPDFFormObj_GetObject(thing, index), inner, sketch, depth=depth + 1)


def _read_path(path: raw.FPDF_PAGEOBJECT, matrix: Matrix, sketch: _Sketch) -> None:
    box = _bounds(path, matrix, sketch.frame)
    if box is None:
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, filled, stroked)
    if not stroked.value and (not filled.value or _is_paper(path)):
        return
    if min(box.x1 - box.x0, box.bottom - box.top) <= THIN:
        sketch.add_line(box)
        return
    count = raw.FPDFPath_CountSegments(path)
    if sketch.points + count > MOST_POINTS:
        sketch.drawings.append(box)
        return
    sketch.points += count
    sides = list(_sides(path, count, _times(_matrix_of(path), matrix), sketch.frame))
    if not sides or any(side is None for side in sides):
        sketch.drawings.append(box)
    elif len(sides) in {3, 4}:
        sketch.areas.append(box)
    elif stroked.value:
        for side in sides:
            if side is not None:
                sketch.add_line(side)


def _sides(path: raw.FPDF_PAGEOBJECT, count: int, matrix: Matrix, frame: PageFrame) -> Iterator[Box | None]:
    """Yield the straight sides of a path, as boxes; ``None`` for one that is a curve or slants."""
    here = start = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        there = (x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = there
        elif kind == raw.FPDF_SEGMENT_LINETO:
            if there != here:
                yield _side(here, there, matrix, frame)
        else:
            yield None
        here = there
        if raw.FPDFPathSegment_GetClose(segment):
            if here != start:
                yield _side(here, start, matrix, frame)
            here = start


def _side(
    one: tuple[float, float], other: tuple[float, float], matrix: Matrix, frame: PageFrame
) -> Box | None:
    (x0, y0), (x1, y1) = _apply(matrix, *one), _apply(matrix, *other)
    box = frame.place(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if min(box.x1 - box.x0, box.bottom - box.top) <= 1.0 else None


def _bounds(thing: raw.FPDF_PAGEOBJECT, matrix: Matrix, frame: PageFrame) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return None
    corners = [_apply(matrix, x.value, y.value) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return frame.place(min(across), min(up), max(across), max(up))


def _is_paper(path: raw.FPDF_PAGEOBJECT) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
    return bool(known) and (alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE)


def _matrix_of(thing: raw.FPDF_PAGEOBJECT) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, matrix):
        return _UNCHANGED
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
