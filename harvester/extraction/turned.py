"""Running lines of sheets that are shown turned: wide tables are set so, and what runs stands at a side there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.edges import ZONE, offset_of, words_of
from harvester.extraction.furniture import parts_of
from harvester.extraction.lines import Line, PageLines

_Told = str | int  # the words of a running line, or how far its number is ahead of the page's place
_ENOUGH = 3  # pages on which the same runs


def find_turned(
    pages: Sequence[PageLines], found: Sequence[Mapping[int, BlockKind]]
) -> list[dict[int, BlockKind]]:
    """Return for each page on which nothing was ``found`` which of its lines run at its sides.

    They say or count what runs on other pages, and no other text stands as far out.
    """
    running = _running(pages, found)
    return [
        _at_sides(page, number, running) if running and not of else {}
        for number, (page, of) in enumerate(zip(pages, found, strict=True))
    ]


def _running(
    pages: Sequence[PageLines], found: Sequence[Mapping[int, BlockKind]]
) -> Mapping[_Told, BlockKind]:
    """Return what runs on enough pages, and as what."""
    on: defaultdict[tuple[_Told, BlockKind], set[int]] = defaultdict(set)
    for number, (page, of) in enumerate(zip(pages, found, strict=True)):
        for index, kind in of.items():
            for part in parts_of(page.lines[index]):
                on[_told(part, number), kind].add(number)
    return {told: kind for (told, kind), where in on.items() if len(where) >= _ENOUGH}


def _told(line: Line, page: int) -> _Told:
    text = line.text
    ahead = offset_of(text, page)
    return words_of(text) if ahead is None else ahead


def _at_sides(page: PageLines, number: int, running: Mapping[_Told, BlockKind]) -> dict[int, BlockKind]:
    kinds = {index: running.get(_told(line, number)) for index, line in enumerate(page.lines)}
    others = [page.lines[index].box for index, kind in kinds.items() if kind is None]
    if not others:
        return {}
    left = min([*(box.x0 for box in others), ZONE * page.width])
    right = max([*(box.x1 for box in others), (1 - ZONE) * page.width])
    return {
        index: kind
        for index, kind in kinds.items()
        for box in [page.lines[index].box]
        if kind and (0 <= box.x0 <= box.x1 <= left or right <= box.x0 <= box.x1 <= page.width)
    }
