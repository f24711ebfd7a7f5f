"""Cuts a page along white space until what is left is one column, and reads the columns one after the other.

After the recursive X-Y cut (G. Nagy and S. Seth, "Hierarchical representation of optically scanned documents",
ICPR 1984; J.-L. Meunier, "Optimized XY-cut for determining a page reading order", ICDAR 2005). Those cut wherever white
space runs through, and so would cut tables as well. Here a page is cut only along white space that the document draws
across row by row, and only between running text on both sides: everything else is left in the order of drawing.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import groupby

from harvester.extraction.columns.crossing import FEWEST, Crossing, most_crossed
from harvester.extraction.columns.gutters import crossings_among, is_between_words
from harvester.extraction.columns.reading import read_columns
from harvester.extraction.columns.strips import Strip, Words
from harvester.extraction.tables.shapes import Ink

_MOST_GUTTERS = 4  # looked at in one part of a page: columns of text have one to three

Place = tuple[int, int]


def arrange(
    words: Words, places: list[Place], crossings: list[Crossing], ink: Ink, *, turned: frozenset[int]
) -> tuple[list[Place], list[int]]:
    """Part lines at the gutters that they run across and put columns in order.

    Parameters
    ----------
    places, turned
        Lines as first and last but one word, in the order of drawing; the first words of those that run another way
        than from left to right.

    Returns
    -------
    tuple
        Lines, parted, in the order of drawing, and their numbers in reading order. Where the order of drawing is
        sound the lines are those given and there are no numbers.
    """
    if (
        len(most_crossed([crossing for crossing in crossings if is_between_words(crossing, words)])[1])
        < FEWEST
    ):
        return places, []
    cuts = [crossing.word for crossing in crossings]
    strips = [
        words.strip(start, end, cuts[bisect_left(cuts, start) : bisect_left(cuts, end)])
        for start, end in places
    ]
    read = _Cutter(words, ink, turned).read(strips)
    drawn = sorted((strip.start, strip.end) for strip in read)
    number = {start: at for at, (start, _) in enumerate(drawn)}
    order = [number[strip.start] for strip in read]
    return (places, []) if order == sorted(order) else (drawn, order)


class _Cutter:
    """Knows the page; cuts parts of it."""

    def __init__(self, words: Words, ink: Ink, turned: frozenset[int]) -> None:
        self._words = words
        self._ink = ink
        self._turned = turned

    def read(self, strips: list[Strip]) -> list[Strip]:
        """Return strips in reading order, parted where they run across a gutter."""
        crossings = [
            one for one in crossings_among(strips, self._words) if is_between_words(one, self._words)
        ]
        tried: list[float] = []
        closed = set(self._turned)  # first words of what is in order
        for _ in range(_MOST_GUTTERS):
            if len(crossings) < FEWEST:
                break
            x, here = most_crossed(crossings)
            if len(here) < FEWEST:
                break
            tried.append(x)
            strips = self._cut(strips, x, closed)
            still_open = [strip for strip in strips if strip.start not in closed]
            crossings = [
                one
                for one in crossings_among(still_open, self._words)
                if is_between_words(one, self._words) and not any(one.x0 < place < one.x1 for place in tried)
            ]
        return strips

    def _cut(self, strips: list[Strip], x: float, closed: set[int]) -> list[Strip]:
        """Put in order what stands on both sides of a gutter, between all that runs over it."""
        zones = [zone for zone in self._zones(strips, x, closed) if len(zone) >= FEWEST - 1]
        found: dict[int, list[Strip]] = {}  # what replaces the first strip of a zone
        gone: set[int] = set()
        waiting = zones
        for is_known in (False, True):  # a gutter seen elsewhere on the page needs less to show it
            tried, waiting = waiting, []
            for zone in tried:
                here = [
                    crossing
                    for crossing in crossings_among(zone, self._words)
                    if crossing.x0 < x < crossing.x1
                ]
                columns = read_columns(zone, self._words, x, here, is_known=is_known)
                if columns is None:
                    waiting.append(zone)
                    continue
                found[zone[0].start] = [strip for column in columns for strip in self.read(column)]
                gone |= {strip.start for strip in zone}
                closed |= {strip.start for strip in found[zone[0].start]}
            if not found:
                return strips
        return [
            one for strip in strips for one in found.get(strip.start, [] if strip.start in gone else [strip])
        ]

    def _zones(self, strips: Iterable[Strip], x: float, closed: set[int]) -> list[list[Strip]]:
        """Return stretches of the page from top to bottom, each in the order of drawing, that nothing runs across."""
        entries: list[tuple[float, Strip | None]] = [(y, None) for y in _walls(self._ink, x)]
        for strip in strips:
            if strip.start in self._turned:
                continue
            is_wall = strip.start in closed or self._words.part(strip, x) is None
            entries.append((strip.middle, None if is_wall else strip))
        entries.sort(key=lambda entry: entry[0])
        return [
            sorted((strip for _, strip in group if strip), key=lambda strip: strip.start)
            for is_wall, group in groupby(entries, key=lambda entry: entry[1] is None)
            if not is_wall
        ]


def _walls(ink: Ink, x: float) -> list[float]:
    """Return where ruling lines and the edges of areas run across a place."""
    return [y for box in (*ink.across, *ink.areas) if box.x0 < x < box.x1 for y in {box.top, box.bottom}]
