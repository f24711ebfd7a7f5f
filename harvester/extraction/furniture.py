"""Running headers, running footers and page numbers, recognised over the whole document.

A running line stands outermost on its page, and its like stands at the same height on other pages: with the same
words but for numbers, or with a number that counts up with the pages, or, where it names the chapter, parted from the
body by more than the leading. Lines are taken from the edge inwards only, so that nothing of the body can be taken
from its midst; and what stands where the pages around have text is none, unless many pages have it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from statistics import median

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.edges import A_LINE, Edge, is_number, rows_of
from harvester.extraction.geometry import around
from harvester.extraction.lines import Line, PageLines
from harvester.extraction.recognition.steadying import steadied
from harvester.extraction.tables.captions import is_caption

SAME_HEIGHT = 3.0  # points by which a running line may stand higher or lower from page to page
LARGER = 1.2  # than the type of the body
_SHIFTING_SHARE = 0.5  # of the pages must have a line where headers that change with the chapter stand
_FEW_PAGES = 4
_FAR = 2.0  # type sizes between two parts of a running line
_AROUND = 8  # pages before and after a page, which tell where text begins
_IN_A_ROW = ((-2, -1), (-1, 1), (1, 2))  # the two pages that are three in a row with one
_FIGURE = re.compile(r"(?:fig(?:ure|\.)|chart)\s?[A-Z]?[.-]?\d", re.IGNORECASE)

_Places = list[tuple[int, float]]  # pages, and heights on them


def find_furniture(
    pages: Sequence[PageLines], *, body_size: float, recognised: Collection[int] = ()
) -> list[dict[int, BlockKind]]:
    """Return for each page which of its lines are headers and footers, by their place among the page's lines.

    Of ``recognised`` pages (from 0) places and letters are taken to be a little wrong.
    """
    found: list[dict[int, BlockKind]] = [{} for _ in pages]
    for is_top in (True, False):
        kind = BlockKind.HEADER if is_top else BlockKind.FOOTER
        rows = steadied(rows_of(pages, is_top=is_top), recognised)
        for row in _running(rows, body_size=body_size, is_top=is_top):
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
    return is_number(line.text)


def parts_of(line: Line) -> list[Line]:
    """Part a running line where white space parts it: a footer often has the page's number at its other end."""
    starts = [
        position
        for position, (word, after) in enumerate(pairwise(line.words), start=1)
        if after.box.x0 - word.box.x1 > _FAR * line.size
    ]
    parts = [line.words[start:end] for start, end in pairwise([0, *starts, len(line.words)])]
    return [replace(line, words=part, box=around([word.box for word in part])) for part in parts]


def _running(rows: Sequence[Sequence[Edge]], *, body_size: float, is_top: bool) -> Iterator[Edge]:
    """Yield the rows that run, on each page from the edge to the first that does not."""
    likes = _Likes(rows)
    runs: list[list[Edge]] = []
    for page in rows:
        found: list[Edge] = []
        for row in page:
            # A caption is none, though a table or figure fills each of several pages; nor is a note.
            is_text = is_caption(row.text) or _FIGURE.match(row.text) or (row.is_note and not is_top)
            if is_text or not likes.run(row, body_size=body_size):
                break
            found.append(row)
        if is_top and len(found) == 1 and likes.is_heading(found[0], body_size=body_size):
            found.clear()
        while found and likes.is_close_to_body(found[-1]):
            found.pop()
        runs.append(found)
    begins = [
        page[len(found)].height if len(page) > len(found) else inf
        for page, found in zip(rows, runs, strict=True)
    ]
    for found in runs:
        while found and likes.is_within_text(found[-1], begins):
            found.pop()
        yield from found


class _Likes:
    """Where the rows of a document have their like."""

    def __init__(self, rows: Sequence[Sequence[Edge]]) -> None:
        self._pages = len(rows)
        # A table that goes on over the page repeats its head once or twice; in a short letter a header has no more pages.
        self._needed = 2 if len(rows) > _FEW_PAGES else 1
        self._often = max(len(rows) // 4, self._needed)
        self._same: defaultdict[str, _Places] = defaultdict(list)
        self._numbers: defaultdict[int, _Places] = defaultdict(list)
        self._outer_numbers: defaultdict[int, _Places] = defaultdict(list)
        self._said: defaultdict[str, set[str]] = defaultdict(set)
        for page in rows:
            for row in page:
                self._said[row.words].add(row.text)
                place = (row.page, row.height)
                if any(ch.isalpha() for ch in row.text):
                    self._same[row.words].append(place)
                if row.offset is not None:
                    self._numbers[row.offset].append(place)
                for ahead in row.outer_offsets:
                    self._outer_numbers[ahead].append(place)
        self._shifting = _shifting(rows)

    def run(self, row: Edge, *, body_size: float) -> bool:
        """Whether a row's like stands at its height on other pages.

        What is set larger than the body, as titles of slides are, runs only where many pages have it.
        """
        if row.offset is not None:
            counting = self._numbers.get(row.offset, ())
            if _stands(row, counting) or _stands(row, counting, times=2, within=A_LINE):
                return True
        is_large = row.size > LARGER * body_size
        if self._is_repeated(row, times=self._often if is_large else self._needed):
            return True
        return row.is_apart and not is_large and (self._counts(row) or _stands(row, self._shifting))

    def is_heading(self, row: Edge, *, body_size: float) -> bool:
        """Whether a row alone at the top heads the text below: larger than it, close above it, numbered on its own.

        Less white space than its type is high parts a heading from its text, and more a running line. What says the
        same on each page, as titles of slides do, is none; nor is what says no more than a page's number.
        """
        is_large = row.size > LARGER * body_size
        return is_large and row.white < row.size and row.offset is None and len(self._said[row.words]) > 1

    def is_close_to_body(self, row: Edge) -> bool:
        """Whether an innermost row stands as close to the body as its lines, and says what half of the pages do not say.

        It belongs to the body then: the head of a table that goes on.
        """
        if row.is_apart or row.offset is not None:
            return False
        return not self._is_repeated(row, times=self._pages // 2)

    def is_within_text(self, row: Edge, begins: Sequence[float]) -> bool:
        """Whether the text of half of the pages around begins further out than an innermost row that few pages have.

        Where it begins further in, one of the next two pages must say it too, at any height; where it begins as far out, the row
        must run on three pages in a row. ``begins`` are the heights at which the text of each page begins.
        """
        if row.offset is not None or self._is_repeated(row, times=self._often):
            return False
        if self._counts(row) or _stands(row, self._shifting):
            return False
        begin = median(begins[max(row.page - _AROUND, 0) : row.page + _AROUND + 1])
        if begin < row.height - SAME_HEIGHT:
            return True
        alike = self._same.get(row.words, ())
        if begin > row.height + SAME_HEIGHT:
            return not any(0 < abs(page - row.page) <= 2 for page, _ in alike)
        pages = _pages(row, alike, within=A_LINE)
        return not any({row.page + step for step in steps} <= pages for steps in _IN_A_ROW)

    def _is_repeated(self, row: Edge, *, times: int) -> bool:
        return _stands(row, self._same.get(row.words, ()), times=times, within=A_LINE)

    def _counts(self, row: Edge) -> bool:
        """Whether a number at an end of a row counts up with the pages: two others have such rows there."""
        return any(_stands(row, self._outer_numbers.get(ahead, ()), times=2) for ahead in row.outer_offsets)


def _stands(
    row: Edge, others: Iterable[tuple[int, float]], *, times: int = 1, within: float = SAME_HEIGHT
) -> bool:
    """Whether so many other pages have its like at the same height."""
    pages: set[int] = set()
    for page, height in others:
        if len(pages) >= times:
            break
        if page != row.page and abs(height - row.height) <= within:
            pages.add(page)
    return len(pages) >= times


def _pages(row: Edge, others: Iterable[tuple[int, float]], *, within: float) -> set[int]:
    return {page for page, height in others if abs(height - row.height) <= within} - {row.page}


def _shifting(rows: Sequence[Sequence[Edge]]) -> _Places:
    """Where half of the pages have a row apart from the body as their outermost."""
    outermost = [page[0] for page in rows if page and page[0].is_apart]
    heights = Counter(round(row.height / SAME_HEIGHT) for row in outermost)
    needed = max(_SHIFTING_SHARE * len(rows), 3)
    common = {
        level for level in heights if heights[level - 1] + heights[level] + heights[level + 1] >= needed
    }
    return [(row.page, row.height) for row in outermost if round(row.height / SAME_HEIGHT) in common]
