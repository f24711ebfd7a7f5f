"""Lists: blocks that begin with a marker and have company, nested by how far they are set in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.vocabulary.documents import ASIDE, BlockKind
from harvester.extraction.structure.numbering import Marker, marker_of
from harvester.extraction.structure.typography import Look

_SET_IN = 0.8  # type sizes from one level to the next
_SAME = 0.5  # type sizes within which items of a level begin
DEEPEST = 6
_DRAWN = Marker("•", "•")  # of an item whose bullet is no letter


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: its marker as printed, how deep it lies."""

    marker: str
    level: int


@dataclass(slots=True)
class _Open:
    """A level of the list that is open: where its items begin, and its newest marker."""

    x0: float
    marker: Marker


def find_items(looks: Sequence[Look], *, skipped: Collection[int]) -> dict[int, Item]:
    """Return the list items by index; ``skipped`` are headings and entries of contents.

    A bullet makes an item by itself. A dash or number does where another of its form goes with it: the next in
    number, at the same depth, nothing less set in between them.
    """
    marked = list(_marked(looks, skipped))
    found: dict[int, Item] = {}
    levels: list[_Open] = []
    for place, (look, marker) in enumerate(marked):
        if marker is None or not (marker.is_sure or _has_company(marked, place)):
            if look.index in skipped or not _lies_within(look, levels):
                levels.clear()
            continue
        level = _enter(levels, look, marker)
        found[look.index] = Item(marker.text, min(level, DEEPEST))
    return found


def _marked(looks: Sequence[Look], skipped: Collection[int]) -> list[tuple[Look, Marker | None]]:
    """Return what is read, in order, with the marker that each block may begin with."""
    return [
        (look, _marker(look) if _may_be_item(look, skipped) else None)
        for look in looks
        if look.block.kind not in ASIDE and look.block.kind is not BlockKind.FOOTNOTE and look.lines
    ]


def _marker(look: Look) -> Marker | None:
    return _DRAWN if look.first.bullet is not None else marker_of(look.first.words[0].text)


def _may_be_item(look: Look, skipped: Collection[int]) -> bool:
    first = look.first.words
    return (
        look.block.kind is BlockKind.PARAGRAPH
        and look.index not in skipped
        and not look.block.goes_on
        and (look.first.bullet is not None or len(first) > 1 or len(look.lines) > 1 or len(first[0].text) > 1)
    )


def _has_company(marked: Sequence[tuple[Look, Marker | None]], place: int) -> bool:
    """Whether the nearest block of the same form, before or after, at the same depth, goes with this one."""
    look, marker = marked[place]
    if marker is None:
        return False
    for step in (1, -1):
        at = place + step
        for _ in range(_FARTHEST):
            if not 0 <= at < len(marked):
                break
            other_look, other = marked[at]
            if other is not None and other.form == marker.form:
                goes = not marker.values or (other.follows(marker) if step > 0 else marker.follows(other))
                if goes and (_is_level(look, other_look) or look.block.page != other_look.block.page):
                    return True
            at += step
    return False


_FARTHEST = 8  # blocks between two items


def _is_level(one: Look, other: Look) -> bool:
    return abs(one.first.begin - other.first.begin) <= _SAME * max(one.first.size, 1.0)


def _lies_within(look: Look, levels: Sequence[_Open]) -> bool:
    """Whether a block without a marker is part of an item: set in more than the item's marker."""
    return bool(levels) and look.first.box.x0 > levels[-1].x0 + _SAME * look.first.size


def _enter(levels: list[_Open], look: Look, marker: Marker) -> int:
    """Open, or go back to, the level that an item belongs to; return it."""
    x0, step = look.first.begin, _SET_IN * max(look.first.size, 1.0)
    while levels and x0 < levels[-1].x0 - step:
        if any(marker.follows(level.marker) and level.marker.form == marker.form for level in levels[-1:]):
            break  # the same list in another column
        levels.pop()
    if (levels and x0 < levels[-1].x0 + step) or (
        levels
        and marker.values
        and marker.form == levels[-1].marker.form
        and marker.follows(levels[-1].marker)
    ):
        levels[-1] = _Open(x0, marker)
    else:
        levels.append(_Open(x0, marker))
    return len(levels)
