"""The columns of a part of a page that nothing runs across, where it is running text that was drawn row by row."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

from harvester.extraction.breaking import is_right_to_left
from harvester.extraction.columns.bands import Band, bands_of, grouped, joined
from harvester.extraction.columns.crossing import FEWEST
from harvester.extraction.columns.running import Evidence, are_text, evidence_of
from harvester.extraction.columns.strips import Strip, Words, rows_of, usual_white

_MIXED = 0.7  # of the rows of the shorter side, at least, are drawn between those of the other
_ROWS_OF_TABLE = 3
_SET_OUT, _SET_IN = 2.0, 3.0  # heights of the type: paragraphs of a column begin as far from its edge
_LOOKED_AT = 40  # words, for the script


def read_columns(
    zone: Sequence[Strip], words: Words, x: float, *, after: set[int], is_known: bool
) -> list[list[Strip]] | None:
    """Return a zone's columns in reading order; nothing where it is not text in columns, or drawn as such.

    ``after`` are the words that are drawn after white space across ``x``; ``is_known`` says whether it parts text
    elsewhere.
    """
    if len(after) < (1 if is_known else FEWEST):
        return None
    sides = _sides(zone, words, x)
    if not all(sides) or _is_from_right(words, zone):
        return None
    rows = [rows_of(side) for side in sides]
    if len(after) < _MIXED * min(len(side) for side in rows):
        return None
    bands = bands_of(*rows)
    look = partial(_evidence, words=words, after=after, white=usual_white(rows))
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


def _is_cells(band: Band, evidence: Iterable[Evidence]) -> bool:
    """Whether rows of a table stand in a band."""
    enough = min(len(band.left), len(band.right)) >= _ROWS_OF_TABLE
    return enough and all(side.is_unlike_text for side in evidence)


def _evidence(band: Band, *, words: Words, after: set[int], white: float) -> tuple[Evidence, Evidence]:
    """Look at the columns next to the gutter; there may be more further away, set on other lines."""
    left = [words.pieces(strip) for row in band.left for strip in row.strips]
    right = [words.pieces(strip) for row in band.right for strip in row.strips]
    from_edge, to_edge = (
        _edge([piece for pieces in left for piece in pieces if piece.end in after], 0.25),
        _edge([piece for pieces in right for piece in pieces if piece.start in after], 0.75),
    )
    # A left one to its end: wide white space may stand in a justified line.
    near = ([piece for piece in pieces if piece.x0 >= from_edge - _SET_OUT * piece.height] for pieces in left)
    nearest_left = [words.strip(pieces[0].start, pieces[-1].end) for pieces in near if pieces]
    first = (pieces[0] for pieces in right)
    nearest_right = [piece for piece in first if piece.x0 <= to_edge + _SET_IN * piece.height]
    return (
        evidence_of(_widest(nearest_left), words, white=white),
        evidence_of(_widest(nearest_right), words, white=white),
    )


def _edge(pieces: Sequence[Strip], share: float) -> float:
    """Return where pieces begin, but for a share of them."""
    edges = sorted(piece.x0 for piece in pieces)
    return edges[int(share * (len(edges) - 1))] if edges else 0.0


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
