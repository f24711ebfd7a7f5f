"""Paths point by point: their straight sides."""

from collections import deque
from collections.abc import Sequence
from ctypes import c_int, c_void_p
from itertools import repeat

import numpy as np
from pypdfium2 import raw

from harvester.extraction.glyphs import library_function
from harvester.extraction.objects import Matrix

Point = tuple[float, float]
Side = tuple[Point, Point]

_MOVE, _LINE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO
_STRAIGHT = 1.0  # points by which a side may slant


def count_points(paths: Sequence[int]) -> list[int]:
    """Return how many points each path has."""
    return list(map(_count, paths))


def sides_of(path: int, count: int, matrix: Matrix) -> list[Side] | None:
    """Return the sides of a path of so many points, turned by a matrix; ``None`` where one is a curve or slants."""
    segments = list(map(_segment, repeat(path), range(count)))
    kinds = list(map(_kind, segments))
    if any(kind not in {_MOVE, _LINE} for kind in kinds):
        return None
    sides: list[Side] = []
    here = start = (0.0, 0.0)
    for segment, kind, there in zip(segments, kinds, _points(segments, matrix), strict=True):
        if kind == _MOVE:
            start = there
        elif there != here:
            sides.append((here, there))
        here = there
        if _closes(segment):
            if here != start:
                sides.append((here, start))
            here = start
    return sides if all(map(_is_straight, sides)) else None


def _points(segments: Sequence[int], matrix: Matrix) -> list[Point]:
    a, b, c, d, e, f = matrix
    found = np.zeros((len(segments), 2), np.float32)
    at = found.ctypes.data
    end = at + 8 * len(segments)
    deque(map(_point, segments, range(at, end, 8), range(at + 4, end + 4, 8)), maxlen=0)
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in found.tolist()]


def _is_straight(side: Side) -> bool:
    (x0, y0), (x1, y1) = side
    return abs(x1 - x0) <= _STRAIGHT or abs(y1 - y0) <= _STRAIGHT


_count = library_function("FPDFPath_CountSegments", c_void_p, result=c_int)
_segment = library_function("FPDFPath_GetPathSegment", c_void_p, c_int, result=c_void_p)
_kind = library_function("FPDFPathSegment_GetType", c_void_p, result=c_int)
_closes = library_function("FPDFPathSegment_GetClose", c_void_p, result=c_int)
_point = library_function("FPDFPathSegment_GetPoint", c_void_p, c_void_p, c_void_p, result=c_int)
