"""What of a page's text lies on the paper: pages cut from a spread still draw the other half, where nobody sees it."""

from collections.abc import Iterator
from dataclasses import replace

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around
from harvester.extraction.lines import Line, PageLines


def within_paper(page: PageLines) -> PageLines:
    """Leave out words whose middle lies beside the page as shown; all stay where all lie there: the size is wrong then."""
    if all(_is_inside(line.box, page) for line in page.lines):
        return page
    lines = tuple(_on_paper(page))
    return replace(page, lines=lines) if lines else page


def _on_paper(page: PageLines) -> Iterator[Line]:
    for line in page.lines:
        if _is_inside(line.box, page):
            yield line
            continue
        words = tuple(word for word in line.words if _has_middle_inside(word.box, page))
        if len(words) == len(line.words):
            yield line
        elif words:
            yield replace(line, words=words, box=around([word.box for word in words]))


def _is_inside(box: Box, page: PageLines) -> bool:
    return box.x0 >= 0 and box.top >= 0 and box.x1 <= page.width and box.bottom <= page.height


def _has_middle_inside(box: Box, page: PageLines) -> bool:
    return 0 <= box.x0 + box.x1 <= 2 * page.width and 0 <= box.top + box.bottom <= 2 * page.height
