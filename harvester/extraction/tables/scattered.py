"""Tables of which only some cells are coloured, by their values: what is drawn are pieces, and none of them a table."""

from collections.abc import Iterator, Sequence

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around

FEWEST = 4  # pieces; fewer that lie over each other may be a table within a frame
MOST = 500
_REACH = 1.7  # of the height of the type, between pieces: a row without colour


def scattered(grids: Sequence[Box], *, height: float) -> Iterator[Box]:
    """Yield the regions of grids that lie close by each other, some of them over each other."""
    reach = _REACH * height
    left = list(range(len(grids))) if len(grids) <= MOST else []
    while left:
        found = [left.pop()]
        for one in found:
            near = [other for other in left if _near(grids[one], grids[other], reach)]
            found += near
            left = [other for other in left if other not in near]
        boxes = [grids[one] for one in found]
        if len(boxes) >= FEWEST and any(
            _near(one, other, -1.0) for place, one in enumerate(boxes) for other in boxes[:place]
        ):
            yield around(boxes)


def holds(region: Box, box: Box) -> bool:
    """Whether the middle of a box lies in a region."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return region.x0 <= x <= region.x1 and region.top <= y <= region.bottom


def _near(one: Box, other: Box, reach: float) -> bool:
    """Whether boxes are no further apart than ``reach``; where that is negative they must share as much."""
    return (
        max(one.x0, other.x0) - min(one.x1, other.x1) <= reach
        and max(one.top, other.top) - min(one.bottom, other.bottom) <= reach
    )
