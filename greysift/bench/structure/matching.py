"""Which found box is which marked one."""

from collections.abc import Callable, Iterable, Sequence

from corpus.vocabulary.documents import Box

Likeness = Callable[[Box, Box], float]


def area(box: Box) -> float:
    """Return the area in square points."""
    return max(box.x1 - box.x0, 0.0) * max(box.bottom - box.top, 0.0)


def common(one: Box, other: Box) -> float:
    """Return the area that two boxes share."""
    return area(
        Box(
            max(one.x0, other.x0),
            max(one.top, other.top),
            min(one.x1, other.x1),
            min(one.bottom, other.bottom),
        )
    )


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around some."""
    every = list(boxes)
    return Box(
        min(box.x0 for box in every),
        min(box.top for box in every),
        max(box.x1 for box in every),
        max(box.bottom for box in every),
    )


def union_share(marked: Box, found: Box) -> float:
    """Return intersection over union."""
    shared = common(marked, found)
    whole = area(marked) + area(found) - shared
    return shared / whole if whole else 0.0


def covered_share(marked: Box, found: Box) -> float:
    """Return how much of the marked box the found one covers; nothing where it is mainly something else.

    Marks hug their letters, blocks reach from ascender to descender and to the longest line: a block may be four
    times as large. One that is larger has swallowed what follows.
    """
    shared, own = common(marked, found), area(found)
    if not own or shared < own / 4:
        return 0.0
    return shared / area(marked)


def pair(marked: Sequence[Box], found: Sequence[Box], *, likeness: Likeness, least: float) -> dict[int, int]:
    """Pair marked with found boxes of one page, each once, the likest first; by index."""
    likely = sorted(
        (-share, one, other)
        for one, mark in enumerate(marked)
        for other, box in enumerate(found)
        if (share := likeness(mark, box)) >= least
    )
    pairs: dict[int, int] = {}
    for _, one, other in likely:
        if one not in pairs and other not in pairs.values():
            pairs[one] = other
    return pairs
