"""The columns of a part of a page that nothing runs across, where it is running text that was drawn row by row."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from harvester.extraction.breaking import is_right_to_left
from harvester.extraction.columns.bands import Band, bands_of, grouped, joined
from harvester.extraction.columns.crossing import FEWEST
from harvester.extraction.columns.running import Evidence, evidence_of
from harvester.extraction.columns.strips import Strip, Words, rows_of, usual_white

_MIXED = 0.5  # of the rows of the shorter side, at least, are drawn between those of the other
_ROWS_OF_TABLE = 3
_LOOKED_AT = 40  # words, for the script


def read_columns(
    zone: Sequence[Strip], words: Words, x: float, *, crossings: int, is_known: bool
) -> list[list[Strip]] | None:
    """Return a zone's columns in reading order; nothing where it is not text in columns, or drawn as such.

    ``crossings`` says how often it is drawn across the gutter, ``is_known`` whether the gutter parts text elsewhere.
    """
    if crossings < (1 if is_known else FEWEST):
        return None
    sides = _sides(zone, words, x)
    if not all(sides) or _is_from_right(words, zone):
        return None
    rows = [rows_of(side) for side in sides]
    if crossings < _MIXED * min(len(side) for side in rows):
        return None
    white = usual_white(rows)
    bands = bands_of(*rows)
    parts = [
        (is_cells, list(run))
        for is_cells, run in groupby(bands, key=lambda band: _is_cells(band, words, white))
    ]
    text = [band for is_cells, run in parts if not is_cells for band in run]
    for evidence in _evidence(joined(text), words, white):
        if not (evidence.may_be_text if is_known else evidence.is_text):
            return None
    columns: list[list[Strip]] = []
    for is_cells, run in parts:
        for group in [run] if is_cells else grouped(run):
            held = {strip.start for band in group for side in band for row in side for strip in row.strips}
            parted = [[strip for strip in side if strip.start in held] for side in sides]
            columns += [_as_drawn(zone, held, words, x)] if is_cells else [side for side in parted if side]
    return columns


def _sides(zone: Iterable[Strip], words: Words, x: float) -> tuple[list[Strip], list[Strip]]:
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


def _is_cells(band: Band, words: Words, white: float) -> bool:
    """Whether rows of a table stand in a band."""
    return min(len(band.left), len(band.right)) >= _ROWS_OF_TABLE and all(
        evidence.is_unlike_text for evidence in _evidence(band, words, white)
    )


def _evidence(band: Band, words: Words, white: float) -> tuple[Evidence, Evidence]:
    """Look at what stands next to the gutter; there may be more columns further away."""
    return (
        evidence_of([words.last_piece(row.strips[-1]) for row in band.left], words, white=white),
        evidence_of([words.first_piece(row.strips[0]) for row in band.right], words, white=white),
    )


def _as_drawn(zone: Iterable[Strip], held: set[int], words: Words, x: float) -> list[Strip]:
    """Return what is held of a zone, not parted where both sides are."""
    drawn: list[Strip] = []
    for strip in zone:
        parts = [part for part in words.part(strip, x) or () if part is not None]
        here = [part for part in parts if part.start in held]
        drawn += [strip] if len(here) == len(parts) else here
    return drawn
