"""The columns of a part of a page that nothing runs across, where it is running text that was drawn row by row."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

from harvester.extraction.breaking import is_right_to_left
from harvester.extraction.columns.bands import Band, bands_of, grouped, joined
from harvester.extraction.columns.crossing import FEWEST, Crossing
from harvester.extraction.columns.gutters import gutters_of
from harvester.extraction.columns.running import Evidence, are_text, evidence_of
from harvester.extraction.columns.strips import Strip, Words, rows_of, usual_white

_MIXED = 0.7  # of the rows of the shorter side, at least, are drawn between those of the other
_ROWS_OF_TABLE = 3
_LOOKED_AT = 40  # words, for the script


def read_columns(
    zone: Sequence[Strip], words: Words, x: float, crossings: Sequence[Crossing], *, is_known: bool
) -> list[list[Strip]] | None:
    """Return a zone's columns in reading order; nothing where it is not text in columns, or drawn as such.

    ``crossings`` are those at ``x``; ``is_known`` says whether it parts text elsewhere.
    """
    if len(crossings) < (1 if is_known else FEWEST):
        return None
    sides = _parts(zone, words, x)
    if not all(sides) or _is_from_right(words, zone):
        return None
    rows = [rows_of(side) for side in sides]
    bands = bands_of(*rows)
    if len(crossings) < _MIXED * sum(min(map(len, band)) for band in bands):
        return None
    gutters = (gutters_of(sides[0], words), gutters_of(sides[1], words))
    look = partial(_evidence, words=words, gutters=gutters, white=usual_white(rows))
    parts = [
        (is_cells, list(run))
        for is_cells, run in groupby(bands, key=lambda band: _is_cells(band, look(band)))
    ]
    text = look(joined([band for is_cells, run in parts if not is_cells for band in run]))
    if not (all(side.may_be_text for side in text) if is_known else are_text(*text)):
        return None
    columns: list[list[Strip]] = []
    for is_cells, run in parts:
        for group in [run] if is_cells else grouped(run):
            held = {strip.start for band in group for side in band for row in side for strip in row.strips}
            parted = [[strip for strip in side if strip.start in held] for side in sides]
            columns += [_as_drawn(zone, held, words, x)] if is_cells else [side for side in parted if side]
    return columns


def _parts(zone: Iterable[Strip], words: Words, x: float) -> tuple[list[Strip], list[Strip]]:
    sides: tuple[list[Strip], list[Strip]] = ([], [])
    for strip in zone:
        for side, part in zip(sides, words.part(strip, x) or (None, None), strict=True):
            if part is not None:
                side.append(part)
    return sides


def _is_from_right(words: Words, zone: Iterable[Strip]) -> bool:
    """Whether the script may be one of which the right column comes first."""
    texts = [words.texts[strip.start] for strip in zone]
    return is_right_to_left("".join(texts[:_LOOKED_AT]))


def _is_cells(band: Band, evidence: Iterable[Evidence]) -> bool:
    """Whether rows of a table stand in a band."""
    enough = min(len(band.left), len(band.right)) >= _ROWS_OF_TABLE
    return enough and all(side.is_unlike_text for side in evidence)


def _evidence(
    band: Band, *, words: Words, gutters: tuple[Sequence[float], Sequence[float]], white: float
) -> tuple[Evidence, Evidence]:
    """Look at the columns next to the gutter; there may be more further away, behind ``gutters`` of their own."""
    left, right = ([strip for row in rows for strip in row.strips] for rows in band)
    if gutters[0]:
        left = _parts(left, words, gutters[0][-1])[1]
    if gutters[1]:
        right = _parts(right, words, gutters[1][0])[0]
    return (
        evidence_of(_widest(left), words, white=white),
        evidence_of(_widest(right), words, white=white),
    )


def _widest(strips: Iterable[Strip]) -> list[Strip]:
    """Return one strip of each row: not what is raised or lowered beside it."""
    return [max(row.strips, key=lambda strip: strip.x1 - strip.x0) for row in rows_of(strips)]


def _as_drawn(zone: Iterable[Strip], held: set[int], words: Words, x: float) -> list[Strip]:
    """Return what is held of a zone, not parted where both sides are."""
    drawn: list[Strip] = []
    for strip in zone:
        parts = [part for part in words.part(strip, x) or () if part is not None]
        here = [part for part in parts if part.start in held]
        drawn += [strip] if len(here) == len(parts) else here
    return drawn
