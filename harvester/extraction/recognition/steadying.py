"""Edges of recognised pages as they were printed: sheets lie now higher, now lower, and a letter is misread here and there.

For the search of running lines alone, rows of several pages that nearly say the same at nearly one height are put at one
height and given one wording. A sign or two that stands where other pages have their number is that page's number.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from statistics import median

from harvester.extraction.edges import A_LINE, Edge

_ALIKE = 0.8  # of the letters: a recogniser misreads a letter of ten on bad paper, and numbers come and go
_SHORTEST = 4  # letters of what can be nearly alike
_LONGEST_NUMBER = 4  # signs
_FEWEST = 2  # pages that show how numbers count


def steadied(rows: Sequence[Sequence[Edge]], recognised: Collection[int]) -> list[list[Edge]]:
    """Return the rows of each page, those of recognised pages (from 0) as they were most likely printed."""
    if len(recognised) < _FEWEST:
        return [list(page) for page in rows]
    told = {id(row): row for page in rows for row in page}
    edges = [row for page in rows for row in page if row.page in recognised]
    for alike in _groups(edges):
        height, text = median(row.height for row in alike), _wording(alike)
        for row in alike:
            told[id(row)] = replace(row, height=height, text=row.text if _differ(row, text) else text)
    _count(edges, told)
    return [[told[id(row)] for row in page] for page in rows]


def _groups(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Return the rows that nearly say the same at nearly one height, on several pages, together."""
    groups: list[list[Edge]] = []
    for row in edges:
        if len(row.words) < _SHORTEST:
            continue
        group = next((group for group in groups if _is_like(row, group[0])), None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    return [group for group in groups if len({row.page for row in group}) >= _FEWEST]


def _is_like(row: Edge, other: Edge) -> bool:
    if abs(row.height - other.height) > A_LINE:
        return False
    if row.words in other.words or other.words in row.words:  # what is a row of its own here is none there
        return True
    same = SequenceMatcher(None, row.words, other.words, autojunk=False)
    return same.real_quick_ratio() >= _ALIKE and same.quick_ratio() >= _ALIKE and same.ratio() >= _ALIKE


def _wording(alike: Sequence[Edge]) -> str:
    """Return the commonest wording of some rows."""
    words = Counter(row.words for row in alike).most_common(1)[0][0]
    return Counter(row.text for row in alike if row.words == words).most_common(1)[0][0]


def _differ(row: Edge, text: str) -> bool:
    """Whether a row differs from its like in a number alone, which is its own."""
    return any(map(str.isdigit, row.text)) and row.words == replace(row, text=text).words


def _count(edges: Sequence[Edge], told: dict[int, Edge]) -> None:
    """Give their number to rows of a few signs, where other pages have a number that counts."""
    numbers = [row for row in edges if row.offset is not None]
    offsets = Counter(row.offset for row in numbers)
    offset, times = offsets.most_common(1)[0] if offsets else (None, 0)
    if offset is None or times < _FEWEST:
        return
    height = median(row.height for row in numbers if row.offset == offset)
    for row in edges:
        is_there = abs(row.height - height) <= A_LINE
        if (
            is_there
            and row.offset != offset
            and len(row.text) <= _LONGEST_NUMBER
            and 0 < row.page + offset < 10_000
        ):
            told[id(row)] = replace(row, text=str(row.page + offset), height=height)
