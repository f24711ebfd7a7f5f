"""What of a page's ink may belong to drawings: not what lies behind text, stands on most pages, or rules tables."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from corpus.vocabulary.documents import Box
from harvester.extraction.charts.drawn import Flags, on_page, rows_of
from harvester.extraction.geometry import Floats
from harvester.extraction.lines import PageLines
from harvester.extraction.tables.shapes import Ink

_SHARE_OF_PAGES, _FEWEST_PAGES = (
    0.4,
    3,
)  # that have the same mark at the same place: left and right pages differ
_UNDER = 3.0  # points below the letters that a line underscores
_MOST = 0.8  # of a line's length that lies on what is behind it

Places = frozenset[tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of a page by their shape, as rows of left, top, right, bottom.

    Attributes
    ----------
    curves
        Curves and slanting lines.
    fills, frames
        Coloured areas; other rectangles.
    rules
        Lines from side to side or from top to bottom.
    pictures
        Pictures and shadings.
    """

    curves: Floats
    fills: Floats
    frames: Floats
    rules: Floats
    pictures: Floats

    @property
    def all(self) -> Floats:
        """All of them, in this order."""
        return np.vstack(self._parts)

    def only(self, wanted: Flags) -> "Marks":
        """Return some of them, flagged in their order."""
        cuts = np.cumsum([len(part) for part in self._parts])[:-1]
        return Marks(*(part[flags] for part, flags in zip(self._parts, np.split(wanted, cuts), strict=True)))

    @property
    def _parts(self) -> tuple[Floats, ...]:
        return self.curves, self.fills, self.frames, self.rules, self.pictures


def standing_on(pages: Sequence[PageLines]) -> Places:
    """Return the places, in whole points, of what is drawn there on many pages: signets, bands, backgrounds."""
    least = max(_FEWEST_PAGES, _SHARE_OF_PAGES * len(pages))
    if len(pages) < least:
        return frozenset()
    count = Counter(place for page in pages for place in set(_places(rows_of(_shapes(page.ink)))))
    return frozenset(place for place, times in count.items() if times >= least)


def marks_of(page: PageLines, prose: Sequence[Box], tables: Sequence[Box], standing: Places) -> Marks:
    """Choose from a page's ink; ``prose`` are the lines of running text, ``tables`` has ink of its own."""
    texts, held = rows_of(prose), rows_of(tables)
    lines = rows_of(line.box for line in page.lines)

    def chosen(boxes: Iterable[Box]) -> Floats:
        rows = rows_of(boxes)
        shown, wanted = on_page(rows, page)
        wanted &= ~_holding(shown, np.vstack([texts, held])).any(axis=1)
        wanted &= ~_holding(held, shown).any(axis=0)
        if standing:
            wanted &= np.array([place not in standing for place in _places(rows)], bool)
        return shown[wanted]

    ink = page.ink
    fills, pictures = set(ink.fills), set(ink.pictures)
    rules = chosen(chain(ink.across, ink.down))
    return Marks(
        curves=chosen(box for box in ink.drawings if box not in pictures),
        fills=chosen(ink.fills),
        frames=chosen(box for box in ink.areas if box not in fills),
        rules=rules[~_underscoring(rules, lines)],
        pictures=chosen(ink.pictures),
    )


def _shapes(ink: Ink) -> Iterable[Box]:
    return chain(ink.drawings, ink.areas, ink.across, ink.down)


def _places(rows: Floats) -> list[tuple[int, ...]]:
    return [tuple(row) for row in rows.round().astype(int).tolist()]


def _holding(outer: Floats, inner: Floats) -> Flags:
    """Tell which boxes (down) hold which (across): its middle, and most of it from side to side."""
    x0, top, x1, bottom = (side[:, None] for side in outer.T)
    middle = (inner[:, 1] + inner[:, 3]) / 2
    common = np.minimum(x1, inner[:, 2]) - np.maximum(x0, inner[:, 0])
    held: Flags = (top <= middle) & (middle <= bottom) & (common >= _MOST * (inner[:, 2] - inner[:, 0]))
    held &= (common >= 0) & (2 * (bottom - top) > inner[:, 3] - inner[:, 1])
    return held


def _underscoring(rules: Floats, lines: Floats) -> Flags:
    """Tell which lines lie close below letters, and are no longer than these."""
    x0, top, x1, bottom = (side[:, None] for side in rules.T)
    below = (np.abs(top - lines[:, 3]) <= _UNDER) & (top == bottom)
    under: Flags = (below & (x0 >= lines[:, 0] - _UNDER) & (x1 <= lines[:, 2] + _UNDER)).any(axis=1)
    return under
