"""What of a page's drawing may be a figure by its extent."""

from corpus.vocabulary.documents import Box
from harvester.extraction.lines import PageLines

_SMALLEST = 36.0  # points, half an inch: signets, bullets and icons are smaller
_MOST_OF_PAGE = 0.6  # of the page's area: what is larger lies behind the page


def drawn_on(page: PageLines) -> list[Box]:
    """Return the boxes of drawings and pictures, as far as they lie on the page, without small ones and backgrounds."""
    most = _MOST_OF_PAGE * page.width * page.height
    shown = (clipped(box, page.width, page.height) for box in (*page.figures, *page.ink.drawings))
    return [
        box
        for box in shown
        if min(box.x1 - box.x0, box.bottom - box.top) >= _SMALLEST
        and (box.x1 - box.x0) * (box.bottom - box.top) <= most
    ]


def clipped(box: Box, width: float, height: float) -> Box:
    """Return what of a box lies on a page of this size; drawings may reach far beyond it."""
    return Box(max(box.x0, 0.0), max(box.top, 0.0), min(box.x1, width), min(box.bottom, height))
