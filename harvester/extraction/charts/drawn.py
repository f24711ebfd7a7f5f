"""Boxes as rows of left, top, right and bottom, for pages that draw thousands; what of them may be a figure by its extent."""

from collections.abc import Iterable
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import Floats
from harvester.extraction.lines import PageLines

_SMALLEST = 36.0  # points, half an inch: signets, bullets and icons are smaller
_MOST_OF_PAGE = 0.6  # of the page's area: what is larger lies behind the page

Flags = NDArray[np.bool_]


def rows_of(boxes: Iterable[Box]) -> Floats:
    """Return boxes as rows."""
    return np.fromiter(chain.from_iterable(boxes), float).reshape(-1, 4)


def on_page(rows: Floats, page: PageLines) -> tuple[Floats, Flags]:
    """Return what of boxes lies on a page, and which of them do and are no background; drawings may reach far beyond it."""
    high = np.array([page.width, page.height, page.width, page.height])
    shown = np.clip(rows, 0.0, high)
    area = (shown[:, 2] - shown[:, 0]) * (shown[:, 3] - shown[:, 1])
    touches = ((rows[:, :2] <= high[:2]) & (rows[:, 2:] >= 0)).all(axis=1)
    return shown, touches & (area <= _MOST_OF_PAGE * page.width * page.height)


def drawn_on(page: PageLines) -> list[Box]:
    """Return the boxes of a page's drawings and pictures, without small ones and backgrounds."""
    shown, are_shown = on_page(rows_of((*page.figures, *page.ink.drawings)), page)
    large = (shown[:, 2:] - shown[:, :2]).min(axis=1, initial=np.inf) >= _SMALLEST
    return [Box(*row) for row in shown[are_shown & large].tolist()]
