"""Reading order: as drawn, except where that leads from below up into the same column."""

import heapq
from collections.abc import Sequence

from harvester.extraction.composing import Piece
from harvester.extraction.lines import share

_SAME_COLUMN = 0.5  # of the narrower block's width
_MOST_BLOCKS = 400  # a page with more is a drawing; pairs are compared


def in_reading_order(blocks: Sequence[Piece]) -> list[Piece]:
    """Order blocks as they were drawn, but each after those that stand above it in its column.

    Columns need no finding: what stands beside a block puts no bound on it.
    """
    if len(blocks) > _MOST_BLOCKS:
        return list(blocks)
    boxes = [block.box for block in blocks]
    below: list[list[int]] = [[] for _ in blocks]
    waits = [0] * len(blocks)
    for one, above in enumerate(boxes):
        for other, box in enumerate(boxes):
            if (
                above.bottom <= (box.top + box.bottom) / 2
                and (above.top + above.bottom) / 2 <= box.top
                and share(above.x0, above.x1, box.x0, box.x1) >= _SAME_COLUMN
            ):
                below[one].append(other)
                waits[other] += 1
    ready = [index for index, count in enumerate(waits) if count == 0]
    order: list[Piece] = []
    while ready:
        index = heapq.heappop(ready)
        order.append(blocks[index])
        for other in below[index]:
            waits[other] -= 1
            if waits[other] == 0:
                heapq.heappush(ready, other)
    return order
