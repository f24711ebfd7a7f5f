"""Tables whose rows are parted by rules of one length, from side to side: however many lines a row has, they tie it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.vocabulary.documents import Box
from harvester.extraction.tables.rows import Row
from harvester.extraction.tables.shapes import Ink

FEWEST = 4  # rules: with three a table has a head and a body, and white space alone shows its rows
MOST = 400  # of one length on a page: more are a shading
_NEAR = 2.0  # points by which ends of rules may differ
_DOUBLE = 4.0  # points between two rules that are one


def bands_of(ink: Ink, rows: Sequence[Row]) -> Iterator[Box]:
    """Yield regions between rules of one length where something stands side by side between each rule and the next.

    Between the rules of two tables stands a caption, or text, in one piece.
    """
    alike: dict[tuple[int, int], list[Box]] = {}
    for rule in ink.across:
        alike.setdefault((round(rule.x0 / _NEAR), round(rule.x1 / _NEAR)), []).append(rule)
    for rules in alike.values():
        if FEWEST <= len(rules) <= MOST:
            tops = sorted(rule.top for rule in rules)
            apart = [top for number, top in enumerate(tops) if not number or top - tops[number - 1] > _DOUBLE]
            for start, end in _stacks(apart, rules[0], rows):
                yield Box(rules[0].x0, start, rules[0].x1, end)


def _stacks(tops: Sequence[float], rule: Box, rows: Sequence[Row]) -> Iterator[tuple[float, float]]:
    begun = 0
    for place, (top, bottom) in enumerate([*pairwise(tops), (0.0, 0.0)]):
        if bottom and _has_several(Box(rule.x0, top, rule.x1, bottom), rows):
            continue
        if place - begun + 1 >= FEWEST:
            yield tops[begun], tops[place]
        begun = place + 1


def _has_several(band: Box, rows: Sequence[Row]) -> bool:
    return any(
        sum(band.x0 - _NEAR <= piece.box.x0 and piece.box.x1 <= band.x1 + _NEAR for piece in row.pieces) > 1
        for row in rows
        if band.top <= (row.box.top + row.box.bottom) / 2 <= band.bottom
    )
