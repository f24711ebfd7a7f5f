"""What of the things on a page its clipping paths let show: drawings may be cut out of much larger ones.

A clipping path hides all but what is within; objects that are drawn under it share its points in memory, so each is
read once (ISO 32000-1, 8.5.4). What counts is the box around it.
"""

from collections.abc import Sequence
from ctypes import c_int, c_void_p
from itertools import compress, repeat

import numpy as np
from numpy.typing import NDArray

from harvester.extraction.glyphs import library_function
from harvester.extraction.objects import Corners

_MOST_POINTS = (
    1_000  # of one clipping path; those with more are shapes of a drawing, in which little is cut off
)

_Rectangle = tuple[float, float, float, float]
_EVERYWHERE: _Rectangle = (-np.inf, -np.inf, np.inf, np.inf)


def clipped(things: Sequence[int], corners: Corners) -> tuple[Corners, NDArray[np.bool_]]:
    """Return the boxes of what shows of objects, and which of them show at all."""
    clips = list(map(_clip_of, things))
    counts = np.fromiter(map(_count_paths, clips), np.intc, len(clips))
    limits = np.array([_EVERYWHERE] * len(clips), np.float32).reshape(-1, 4)
    known: dict[tuple[int, int], _Rectangle] = {}
    held = (counts > 0).tolist()
    for at, clip, count in zip(
        compress(range(len(clips)), held), compress(clips, held), counts[counts > 0].tolist(), strict=True
    ):
        limits[at] = _within(clip, count, known)
    shown = np.hstack([np.maximum(corners[:, :2], limits[:, :2]), np.minimum(corners[:, 2:], limits[:, 2:])])
    return shown, np.array((shown[:, :2] <= shown[:, 2:]).all(axis=1), bool)


def _within(clip: int, count: int, known: dict[tuple[int, int], _Rectangle]) -> _Rectangle:
    """Return where all paths of a clip let show; ``known`` are the boxes of paths by the address of their points."""
    boxes = []
    for number in range(count):
        points = _count_points(clip, number)
        if not 0 < points <= _MOST_POINTS:
            continue
        key = (_point_of(clip, number, 0), points)
        if key not in known:
            known[key] = _around(clip, number, points)
        boxes.append(known[key])
    if len(boxes) == 1:
        return boxes[0]
    if not boxes:
        return _EVERYWHERE
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return max(x0), max(y0), min(x1), min(y1)


def _around(clip: int, number: int, points: int) -> _Rectangle:
    found = np.zeros((points, 2), np.float32)
    at = found.ctypes.data
    segments = map(_point_of, repeat(clip), repeat(number), range(points))
    known = list(map(_place, segments, range(at, at + 8 * points, 8), range(at + 4, at + 4 + 8 * points, 8)))
    if not all(known):
        return _EVERYWHERE
    (x0, y0), (x1, y1) = found.min(axis=0).tolist(), found.max(axis=0).tolist()
    return x0, y0, x1, y1


_clip_of = library_function("FPDFPageObj_GetClipPath", c_void_p, result=c_void_p)
_count_paths = library_function("FPDFClipPath_CountPaths", c_void_p, result=c_int)
_count_points = library_function("FPDFClipPath_CountPathSegments", c_void_p, c_int, result=c_int)
_point_of = library_function("FPDFClipPath_GetPathSegment", c_void_p, c_int, c_int, result=c_void_p)
_place = library_function("FPDFPathSegment_GetPoint", c_void_p, c_void_p, c_void_p, result=c_int)
