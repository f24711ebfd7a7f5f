"""Finds in a new reading of a document what was quoted from an earlier one; claims no place that it is not sure of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.vocabulary.anchors import Anchor, Anchoring
from corpus.vocabulary.documents import Box, ExtractedText, Span
from corpus.vocabulary.letters import Letters, Occurrence
from corpus.vocabulary.near_quotes import near_occurrences
from corpus.vocabulary.places import boxes_of
from corpus.vocabulary.quotes import occurrences

ENOUGH = 10
"""Letters of its surroundings that a place must have kept, or have more than others had, if there are so many: two words."""
SAME_PLACE = 0.5  # of the area of both that the boxes of one stretch of paper share


@dataclass(frozen=True, slots=True)
class Carried:
    """How a quotation was found again, and where; ``quote`` is what stands there now."""

    anchoring: Anchoring
    span: Span | None = None
    quote: str | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    span: Span
    context: int
    boxes: tuple[Box, ...]


def carry(old: Anchor, text: ExtractedText) -> Carried:
    """Find an anchor in another reading of the document that it was taken from.

    A place is told by the paper (its boxes lie where the old ones lay), else by its surroundings: they must agree
    better than at every other place now, and better than those of any other place of the same quotation did before. So
    an equal sentence elsewhere is never taken for one that is gone. What cannot be told is lost.
    """
    if found := _told(old, [_place(old, text, one) for one in occurrences(text, old.quote)]):
        return _carried(Anchoring.EXACT, found, text)
    if found := _told(old, [_place(old, text, one) for one in near_occurrences(text, old.quote)]):
        return _carried(Anchoring.MENDED, found, text)
    return Carried(Anchoring.LOST)


def _place(old: Anchor, text: ExtractedText, one: Occurrence) -> _Place:
    context = one.context(prefix=old.prefix, suffix=old.suffix)
    return _Place(one.span, context, tuple(boxes_of(text, one.span).get(one.page, ())))


def _carried(anchoring: Anchoring, found: _Place, text: ExtractedText) -> Carried:
    return Carried(anchoring, found.span, text.text_of(found.span), found.boxes)


def _told(old: Anchor, places: Sequence[_Place]) -> _Place | None:
    there = [place for place in places if place.span.page == old.page and _is_there(old.boxes, place.boxes)]
    if len(there) == 1:
        return there[0]
    ranked = sorted(there or places, key=lambda place: place.context, reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0].context == ranked[1].context):
        return None
    is_sure = ranked[0].context >= _needed(old)
    return ranked[0] if is_sure else None


def _needed(old: Anchor) -> int:
    """Return how many letters of the surroundings must be the same."""
    known = len(Letters(old.prefix).bare) + len(Letters(old.suffix).bare)
    if old.rival is None:
        return min(ENOUGH, known)
    # Some letters more than another place had, lest a letter or two decide; all that there are, if they are few.
    return min(old.rival + ENOUGH, known) if old.rival < known else known + 1


def _is_there(old: Iterable[Box], new: Iterable[Box]) -> bool:
    """Whether boxes cover the same stretch of paper; those of one stretch do not overlap each other."""
    before, now = list(old), list(new)
    shared = sum(_shared(one, other) for one in before for other in now)
    whole = sum(_area(box) for box in (*before, *now)) - shared
    return whole > 0 and shared / whole >= SAME_PLACE


def _shared(one: Box, other: Box) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, width) * max(0.0, height)


def _area(box: Box) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)
