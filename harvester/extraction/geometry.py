"""Places on a page as it is shown: cropped, turned, measured in points from the top left corner."""

import math
from dataclasses import dataclass

from corpus.vocabulary.documents import Box

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


def around(boxes: list[Box]) -> Box:
    """Find the smallest box that holds all of ``boxes`` (at least one)."""
    first = boxes[0]
    x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
    for box in boxes:
        x0 = min(x0, box.x0)
        top = min(top, box.top)
        x1 = max(x1, box.x1)
        bottom = max(bottom, box.bottom)
    return Box(x0, top, x1, bottom)


def _tame(coordinate: float) -> float:
    if not math.isfinite(coordinate):
        return 0.0
    return round(min(max(float(coordinate), -FARTHEST_POINT), FARTHEST_POINT), 2) + 0.0  # no -0.0
