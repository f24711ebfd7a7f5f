"""Text beside the paper, which nobody sees: the other half of a spread, what stood outside the trim, damaged places."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.vocabulary.documents import Box
from harvester.extraction.lines import PageLines


def without_hidden(pages: Sequence[PageLines]) -> list[PageLines]:
    """Leave out lines beside a page's paper.

    Where more lines stand beside it than on it, the paper's box is what is damaged: those lines stay but for what
    the page before or after has on its own.
    """
    beside = [any(_is_beside(line.box, page) for line in page.lines) for page in pages]
    return [
        _without(page, [pages[at] for at in (index - 1, index + 1) if 0 <= at < len(pages)])
        if beside[index]
        else page
        for index, page in enumerate(pages)
    ]


def _without(page: PageLines, neighbours: Sequence[PageLines]) -> PageLines:
    on_paper = tuple(line for line in page.lines if not _is_beside(line.box, page))
    if 2 * len(on_paper) >= len(page.lines):
        return replace(page, lines=on_paper)
    shown = {line.text for other in neighbours for line in other.lines if not _is_beside(line.box, other)}
    lines = tuple(line for line in page.lines if not (_is_beside(line.box, page) and line.text in shown))
    return replace(page, lines=lines)


def _is_beside(box: Box, page: PageLines) -> bool:
    return box.x1 <= 0 or box.bottom <= 0 or box.x0 >= page.width or box.top >= page.height
