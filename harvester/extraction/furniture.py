"""Running headers, running footers and page numbers, recognised over the whole document.

A running line stands outermost on its page, and its like stands at the same height on other pages: with the same
words but for numbers, or, where it names the chapter, parted from the body by more than the leading. Lines are
taken from the edge inwards only, so that nothing of the body can be taken from its midst.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.geometry import around
from harvester.extraction.lines import Direction, Line, PageLines
from harvester.extraction.tables.captions import is_caption

MOST_LINES = 4  # of a header or footer
ZONE = 0.2  # of the page's height, at its top and at its bottom
SAME_HEIGHT = 3.0  # points by which a running line may stand higher or lower from page to page
A_LINE = 14.0  # points by which one of the same words may: first pages leave room for a letterhead
LARGER = 1.2  # than the type of the body
_SHIFTING_SHARE = 0.5  # of the pages must have a line where headers that change with the chapter stand
_FEW_PAGES = 4
_FAR = 2.0  # type sizes between two parts of a running line
_APART = 1.5  # heights of its type from such a line to the body, from top to top
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^[\W_]*(?:(?:page|p|seite)\b[\s.]*)?(?P<number>\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von|\|)\s*\d{1,4})?[\W_]*$",
    re.IGNORECASE,
)
_ROMAN_NUMBER = re.compile(r"[ivxl]{1,7}")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the top or bottom of a page, with what stands on it from left to right."""

    page: int
    indices: tuple[int, ...]
    text: str
    height: float  # of its top, from the edge of the page
    size: float
    is_apart: bool


def find_furniture(pages: Sequence[PageLines], *, body_size: float) -> list[dict[int, BlockKind]]:
    """Return for each page which of its lines are headers and footers, by their place among the page's lines."""
    found: list[dict[int, BlockKind]] = [{} for _ in pages]
    for is_top in (True, False):
        rows = [list(_rows(page, number, is_top=is_top)) for number, page in enumerate(pages)]
        for row in _running(rows, body_size=body_size):
            kind = BlockKind.HEADER if is_top else BlockKind.FOOTER
            found[row.page].update(dict.fromkeys(row.indices, kind))
    if _is_most(found, pages):  # pages alike from top to bottom: forms, not running lines
        return [{} for _ in pages]
    return found


def _is_most(found: Sequence[Mapping[int, BlockKind]], pages: Sequence[PageLines]) -> bool:
    """Whether what was found is more than half of the document's words."""
    running = sum(len(page.lines[index].words) for page, of in zip(pages, found, strict=True) for index in of)
    return 2 * running > sum(len(line.words) for page in pages for line in page.lines)


def is_page_number(line: Line) -> bool:
    """Whether a running line says no more than the page's number."""
    return _PAGE_NUMBER.match(line.text) is not None


def parts_of(line: Line) -> list[Line]:
    """Part a running line where white space parts it: a footer often has the page's number at its other end."""
    starts = [
        position
        for position, (word, after) in enumerate(pairwise(line.words), start=1)
        if after.box.x0 - word.box.x1 > _FAR * line.size
    ]
    parts = [line.words[start:end] for start, end in pairwise([0, *starts, len(line.words)])]
    return [replace(line, words=part, box=around([word.box for word in part])) for part in parts]


def _rows(page: PageLines, number: int, *, is_top: bool) -> Iterator[_Edge]:
    """Yield the outermost rows of a page, from the edge inwards; lines side by side make one row."""
    zone = ZONE * page.height
    lines = [
        (line.box.top if is_top else page.height - line.box.bottom, index)
        for index, line in enumerate(page.lines)
        if line.direction is Direction.RIGHT
    ]
    lines.sort()
    at = 0
    for _ in range(MOST_LINES):
        if at == len(lines) or lines[at][0] > zone:
            return
        start, height = at, lines[at][0]
        tall = page.lines[lines[at][1]].size
        while at < len(lines) and lines[at][0] - height <= 0.5 * tall:
            at += 1
        indices = sorted((index for _, index in lines[start:at]), key=lambda index: page.lines[index].box.x0)
        inner = lines[at][0] if at < len(lines) else page.height
        yield _Edge(
            number,
            tuple(indices),
            " ".join(page.lines[index].text for index in indices),
            height,
            tall,
            is_apart=inner - height >= _APART * tall + 2.0,
        )


def _running(rows: Sequence[Sequence[_Edge]], *, body_size: float) -> Iterator[_Edge]:
    """Yield the rows that run, on each page from the edge to the first that does not.

    What is set larger than the body, as titles of slides are, runs only where many pages have it. A row of words that
    stands as close to the body as its lines do to each other belongs to it: the head of a table that goes on.
    """
    same = _heights_of_same(rows)
    numbered = _heights_of_numbers(rows)
    shifting = _heights_of_shifting(rows)
    # A table that goes on over the page repeats its head once or twice; in a short letter a header has no more pages.
    needed = 2 if len(rows) > _FEW_PAGES else 1
    often = max(len(rows) // 4, needed)
    for page in rows:
        found: list[_Edge] = []
        for row in page:
            alike = same.get(_words(row.text), ())
            is_large = row.size > LARGER * body_size
            runs = (
                _stands(row, numbered.get(_offset(row), ()))
                or _stands(row, alike, times=often if is_large else needed, within=A_LINE)
                or (row.is_apart and not is_large and _stands(row, shifting))
            )
            if not runs or is_caption(row.text):
                break
            found.append(row)
        while found and _is_close_to_body(found[-1], same, times=len(rows) // 2):
            found.pop()
        yield from found


def _is_close_to_body(row: _Edge, same: Mapping[str, list[tuple[int, float]]], *, times: int) -> bool:
    """Whether an innermost row stands as close to the body as its lines, and says what half of the pages do not say."""
    if row.is_apart or _offset(row) is not None:
        return False
    return not _stands(row, same.get(_words(row.text), ()), times=times, within=A_LINE)


def _stands(
    row: _Edge, others: Iterable[tuple[int, float]], *, times: int = 1, within: float = SAME_HEIGHT
) -> bool:
    """Whether so many other pages have its like at the same height."""
    alike = {page for page, height in others if abs(height - row.height) <= within}
    return len(alike - {row.page}) >= times


def _heights_of_same(rows: Sequence[Sequence[_Edge]]) -> Mapping[str, list[tuple[int, float]]]:
    """Where rows of the same words stand, numbers aside; rows of numbers alone are none of these."""
    places = defaultdict(list)
    for page in rows:
        for row in page:
            if any(ch.isalpha() for ch in row.text):
                places[_words(row.text)].append((row.page, row.height))
    return places


def _heights_of_numbers(rows: Sequence[Sequence[_Edge]]) -> Mapping[int | None, list[tuple[int, float]]]:
    """Where numbers stand that count with the pages, by how much they are ahead of these."""
    places: dict[int | None, list[tuple[int, float]]] = defaultdict(list)
    for page in rows:
        for row in page:
            ahead = _offset(row)
            if ahead is not None:
                places[ahead].append((row.page, row.height))
    return places


def _heights_of_shifting(rows: Sequence[Sequence[_Edge]]) -> list[tuple[int, float]]:
    """Where half of the pages, or half of every second page, have a row apart from the body as their outermost."""
    outermost = [page[0] for page in rows if page and page[0].is_apart]
    heights = Counter(round(row.height / SAME_HEIGHT) for row in outermost)
    needed = max(_SHIFTING_SHARE * len(rows), 3)
    common = {
        level for level in heights if heights[level - 1] + heights[level] + heights[level + 1] >= needed
    }
    return [(row.page, row.height) for row in outermost if round(row.height / SAME_HEIGHT) in common]


def _words(text: str) -> str:
    return " ".join(
        "#" if _ROMAN_NUMBER.fullmatch(word) else word for word in _NUMBER.sub("#", text).casefold().split()
    )


def _offset(row: _Edge) -> int | None:
    """How far the number that a row consists of is ahead of the page's place."""
    match = _PAGE_NUMBER.match(row.text)
    if match is None:
        return None
    number = match["number"].casefold()
    if number.isdecimal():
        return int(number) - row.page
    if not _ROMAN.keys() >= set(number):  # letters that are these but for a dot
        return None
    # Roman numbers count by themselves: far from all arabic ones.
    values = [_ROMAN[ch] for ch in number]
    signed = (
        -value if value < max(values[position + 1 :], default=0) else value
        for position, value in enumerate(values)
    )
    return sum(signed) - row.page + 100_000
