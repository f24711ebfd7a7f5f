"""The outermost rows of pages, and what tells rows of several pages alike: words, numbers that count, height."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from statistics import median

from harvester.extraction.lines import Direction, Line, PageLines
from harvester.extraction.notes import is_referred_to, mark_of_row

MOST_LINES = 4  # of a header or footer
ZONE = 0.2  # of the page's height, at its top and at its bottom: where ordinary margins leave running lines
A_LINE = (
    14.0  # points by which one of the same words may stand lower: first pages leave room for a letterhead
)
_APART = 1.5  # heights of its type from such a line to the body, from top to top
_NUMBER = re.compile(r"\d+")
_NO_WORD = re.compile(r"[\W_]+")
_PAGE_NUMBER = re.compile(
    r"^[\W_]*(?:(?:page|p|seite)\b[\s.]*)?(?P<number>\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von|\|)\s*\d{1,4})?[\W_]*$",
    re.IGNORECASE,
)
# "Report—12", "12 | Report": not "12. Report", "1.12".
_OUTER_NUMBER = re.compile(r"^\d{1,4}\b(?![.)])|(?<![\d.,])\d{1,4}$")
_ROMAN_NUMBER = re.compile(r"[ivxl]{1,7}")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class Edge:
    """A row near the top or bottom of a page, with what stands on it from left to right."""

    page: int
    indices: tuple[int, ...]
    text: str
    height: float  # of its top, from the edge of the page
    size: float
    is_apart: bool
    white: float = inf  # below it to the next row inwards
    is_note: bool = False

    @cached_property
    def words(self) -> str:
        """What it says, whatever its numbers and punctuation."""
        return words_of(self.text)

    @cached_property
    def offset(self) -> int | None:
        """How far the number that it consists of is ahead of the page's place."""
        return offset_of(self.text, self.page)

    @cached_property
    def outer_offsets(self) -> list[int]:
        """How far the numbers at its ends are ahead of the page's place."""
        return [int(match[0]) - self.page for match in _OUTER_NUMBER.finditer(self.text)]


def rows_of(pages: Sequence[PageLines], *, is_top: bool) -> list[list[Edge]]:
    """Return the outermost rows of each page, from the edge inwards.

    They are looked for in the outer parts of the paper and, where pages are shown with large empty margins, down to
    a line below the height where most pages begin.
    """
    outermost = [
        min([_height(line, page, is_top=is_top) for line in page.lines]) for page in pages if page.lines
    ]
    depth = median(outermost) + A_LINE if outermost else 0.0
    return [
        list(_rows(page, number, is_top=is_top, zone=max(ZONE * page.height, depth)))
        for number, page in enumerate(pages)
    ]


def is_number(text: str) -> bool:
    """Whether a row says no more than a page's number."""
    return _PAGE_NUMBER.match(text) is not None


def words_of(text: str) -> str:
    """Return what a row says, whatever its numbers and punctuation."""
    words = _NUMBER.sub("#", _NO_WORD.sub(" ", text)).casefold().split()
    return " ".join("#" if _ROMAN_NUMBER.fullmatch(word) else word for word in words)


def offset_of(text: str, page: int) -> int | None:
    """How far the number that a text consists of is ahead of the page's place; roman ones count by themselves."""
    match = _PAGE_NUMBER.match(text)
    if match is None:
        return None
    number = match["number"].casefold()
    if number.isdecimal():
        return int(number) - page
    if not _ROMAN.keys() >= set(number):  # letters that are these but for a dot
        return None
    # Far from all arabic ones.
    values = [_ROMAN[ch] for ch in number]
    signed = (
        -value if value < max(values[position + 1 :], default=0) else value
        for position, value in enumerate(values)
    )
    return sum(signed) - page + 100_000


def _height(line: Line, page: PageLines, *, is_top: bool) -> float:
    return line.box.top if is_top else page.height - line.box.bottom


def _rows(page: PageLines, number: int, *, is_top: bool, zone: float) -> Iterator[Edge]:
    """Yield rows from the edge inwards; lines side by side make one row."""
    lines = [
        (_height(line, page, is_top=is_top), index)
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
        row = [page.lines[index] for index in indices]
        reach = max(line.box.bottom if is_top else page.height - line.box.top for line in row)
        mark = mark_of_row(row)
        yield Edge(
            number,
            tuple(indices),
            " ".join(line.text for line in row),
            height,
            tall,
            is_apart=inner - height >= _APART * tall + 2.0,
            white=inner - reach,
            is_note=mark is not None and is_referred_to(mark, page.lines),
        )
