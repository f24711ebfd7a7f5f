"""Places on a page as it is shown: cropped, turned, measured in points from the top left corner."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corpus.vocabulary.documents import Box

Floats = NDArray[np.float64]
FARTHEST_POINT = 1e6  # hostile matrices put text light years away; pages end at 14,400 points


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The visible part of a page in PDF coordinates (origin bottom left), and how far it is turned.

    ``rotation`` is clockwise, in degrees; anything but a multiple of 90 counts as 0.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def width(self) -> float:
        """Width as shown, in points."""
        return self.top - self.bottom if self.rotation in {90, 270} else self.right - self.left

    @property
    def height(self) -> float:
        """Height as shown, in points."""
        return self.right - self.left if self.rotation in {90, 270} else self.top - self.bottom

    def place(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a rectangle in PDF coordinates stands on the page as it is shown."""
        match self.rotation:
            case 90:
                return box_of(bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
            case 180:
                return box_of(self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
            case 270:
                return box_of(self.top - top, self.right - right, self.top - bottom, self.right - left)
            case _:
                return box_of(left - self.left, self.top - top, right - self.left, self.top - bottom)


def box_of(x0: float, top: float, x1: float, bottom: float) -> Box:
    """Make a box with ordered, finite corners, rounded to hundredths of a point."""
    x0, x1 = sorted((_tame(x0), _tame(x1)))
    top, bottom = sorted((_tame(top), _tame(bottom)))
    return Box(x0, top, x1, bottom)


def place(corners: NDArray[np.floating], frame: PageFrame) -> Floats:
    """Return left, top, right, bottom on the page as shown, of rectangles in PDF coordinates; as ``frame.place`` does."""
    left, top, right, bottom = corners.T.astype(float)
    match frame.rotation:
        case 90:
            placed = (bottom - frame.bottom, left - frame.left, top - frame.bottom, right - frame.left)
        case 180:
            placed = (frame.right - right, bottom - frame.bottom, frame.right - left, top - frame.bottom)
        case 270:
            placed = (frame.top - top, frame.right - right, frame.top - bottom, frame.right - left)
        case _:
            placed = (left - frame.left, frame.top - top, right - frame.left, frame.top - bottom)
    boxes = np.array(placed)
    if boxes.size and not np.abs(boxes).max() < FARTHEST_POINT:  # nor where one is no number
        boxes = np.clip(np.nan_to_num(boxes, posinf=0.0, neginf=0.0), -FARTHEST_POINT, FARTHEST_POINT)
    boxes = boxes.round(2) + 0.0  # no -0.0
    ordered = np.empty((len(corners), 4))
    np.minimum(boxes[:2], boxes[2:], out=ordered[:, :2].T)
    np.maximum(boxes[:2], boxes[2:], out=ordered[:, 2:].T)
    return ordered


def boxes_from(rows: Iterable[Sequence[float]]) -> list[Box]:
    """Make boxes of their corners, without a call of Python for each: pages have hundreds."""
    return list(map(partial(tuple.__new__, Box), rows))


def around(boxes: Sequence[Box]) -> Box:
    """Find the smallest box that holds all of ``boxes`` (at least one)."""
    first = boxes[0]
    if len(boxes) == 1:
        return first
    # Asked for every line, cell and block: a call for each box and side would take three times as long.
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def _tame(coordinate: float) -> float:
    if not math.isfinite(coordinate):
        return 0.0
    return round(min(max(float(coordinate), -FARTHEST_POINT), FARTHEST_POINT), 2) + 0.0  # no -0.0
