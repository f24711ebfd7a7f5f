"""Blocks that hold more than one thing: a slanted heading above its text, items of a list without white space."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.vocabulary.documents import Block, BlockKind
from harvester.extraction.composing import PlacedLine
from harvester.extraction.geometry import around
from harvester.extraction.structure.numbering import Marker, heading_depth, marker_of

_ROOM = 0.35  # width of a blank, in type sizes
_NUMBERED_DEEPER = 2  # a number such as 4.2: no sentence goes on with it


def parts_of(block: Block, lines: Sequence[PlacedLine]) -> list[tuple[Block, tuple[PlacedLine, ...]]]:
    """Return a block's parts with their lines; most blocks are one."""
    if block.kind is not BlockKind.PARAGRAPH or len(lines) < 2:
        return [(block, tuple(lines))]
    cuts = {cut for cut in (_slanted(lines), *_items(lines)) if cut and lines[cut].start < lines[cut].end}
    if not cuts:
        return [(block, tuple(lines))]
    return [
        (
            replace(
                block,
                start=lines[start].start if start else block.start,
                end=max(placed.end for placed in lines[start:end]),
                box=around([placed.line.box for placed in lines[start:end]]),
                goes_on=block.goes_on and start == 0,
            ),
            tuple(lines[start:end]),
        )
        for start, end in pairwise([0, *sorted(cuts), len(lines)])
    ]


def _slanted(lines: Sequence[PlacedLine]) -> int | None:
    """Return how many lines at the beginning are slanted and a heading by their number or the room that they leave."""
    if not lines[0].line.italic or lines[-1].line.italic:
        return None
    count = next(place for place, placed in enumerate(lines) if not placed.line.italic)
    last, following = lines[count - 1].line, lines[count].line.words[0].box
    right = max(placed.line.box.x1 for placed in lines)
    left_room = last.box.x1 + _ROOM * last.size + following.x1 - following.x0 < right
    is_numbered = (heading_depth(lines[0].line.text) or 0) >= _NUMBERED_DEEPER
    return count if is_numbered or (left_room and last.words[-1].text[-1].isalnum()) else None


def _items(lines: Sequence[PlacedLine]) -> Iterator[int]:
    """Yield the lines at which a list's items begin: sure markers, and those that follow each other."""
    open_marker: Marker | None = marker_of(lines[0].line.words[0].text)
    for place, (before, placed) in enumerate(pairwise(lines), start=1):
        words = placed.line.words
        first = words[0].text
        # Most lines begin with a word: looked at no further.
        is_word = first[0].isalpha() and first[-1].isalpha() and len(first) > 1
        marker = marker_of(first) if len(words) > 1 and not is_word else None
        if marker is None:
            continue
        is_next = open_marker is not None and marker.form == open_marker.form
        is_first = before.line.words[-1].text[-1] == ":" and (not marker.values or 1 in marker.values)
        if (
            marker.is_sure
            or is_first
            or (is_next and open_marker and (not marker.values or marker.follows(open_marker)))
        ):
            yield place
            open_marker = marker
