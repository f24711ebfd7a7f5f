"""Pages cut from a spread still draw the other half beside the paper: what the page next to them shows is left out."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.vocabulary.documents import Box
from harvester.extraction.lines import PageLines


def without_other_halves(pages: Sequence[PageLines]) -> list[PageLines]:
    """Leave out lines beside a page's paper that the page before or after has on its own.

    Other lines beside the paper stay: in damaged documents words stand nowhere else.
    """
    beside = [any(_is_beside(line.box, page) for line in page.lines) for page in pages]
    return [
        _without(page, [pages[at] for at in (index - 1, index + 1) if 0 <= at < len(pages)])
        if beside[index]
        else page
        for index, page in enumerate(pages)
    ]


def _without(page: PageLines, neighbours: Sequence[PageLines]) -> PageLines:
    shown = {line.text for other in neighbours for line in other.lines if not _is_beside(line.box, other)}
    lines = tuple(line for line in page.lines if not (_is_beside(line.box, page) and line.text in shown))
    return replace(page, lines=lines)


def _is_beside(box: Box, page: PageLines) -> bool:
    return box.x1 <= 0 or box.bottom <= 0 or box.x0 >= page.width or box.top >= page.height
