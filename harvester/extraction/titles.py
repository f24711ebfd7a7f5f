"""A document's title: the declared one when it can be one, else the largest type of the first pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from corpus.vocabulary.documents import Block, BlockKind, Page, Word
from harvester.extraction.structure.titling import LONGEST_TITLE, agree, may_be_title
from harvester.extraction.words import REPLACEMENT, clean

FIRST_PAGES = 3
# Type must be this much larger than the middle size of the first pages to make a title.
SIZE_RATIO = 1.15
_TOGETHER = 4  # lines: over so many a title is set, with its subtitle

_PROGRAM = re.compile(r"^(microsoft|powerpoint|word|excel|adobe|quark)\b.* - ", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\.(docx?|dotx?|pdf|indd|qxd|pptx?|xlsx?|rtf|odt|pub|ai|eps|tex|dvi|ps|txt)$", re.IGNORECASE
)
_PLACEHOLDER = re.compile(
    r"^(untitled.*|no title|title|(?:(?:my|new|blank|microsoft|word|microsoft word|office|pdf|google|normal) )?document ?\d*"
    r"|(?:document|page|insert|enter|add|type|report|your) (?:the )?(?:document )?title(?: here)?|home ?page|index|new page ?\d*"
    r"|normal|blank page|microsoft word|scan(?:ned (?:document|image)|ned)? ?\d*|slide ?\d*|powerpoint presentation|presentation ?\d*"
    r"|report( template)?|layout \d+|print|page \d+)$",
    re.IGNORECASE,
)
# What a published report says of itself in its metadata only by oversight.
_LEFTOVER = re.compile(r"\b(template|draft)\b", re.IGNORECASE)
_CUT_SHORT = re.compile(r"\.\.\.|…")  # by the program that wrote the metadata
_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{3,}")


def find_title(
    declared: str | None, pages: Sequence[Page], *, blocks: Sequence[Block] = ()
) -> tuple[str | None, str | None]:
    """Title and where it is from: ``"metadata"``, ``"typography"``, or both ``None``.

    A declared title counts when it is no file name or placeholder and, in a document with words, when at
    least half of its words are printed on the first pages: templates leave their own titles behind. Where
    the type says another title, most of the declared one's words must be printed together. Captions among
    the blocks are no titles.
    """
    first = pages[:FIRST_PAGES]
    title = " ".join(clean(declared or "").split())
    largest = _largest_type(first, [block for block in blocks if block.kind is BlockKind.CAPTION])
    is_own = not largest or agree(title, largest) or _is_printed_together(title, first)
    if is_own and is_sensible(title) and _is_printed(title, first):
        return title, "metadata"
    return (largest, "typography") if largest else (None, None)


def is_left_behind(title: str) -> bool:
    """Whether a declared title is a program's, or what stands there until a person gives one."""
    return any(said.search(title) for said in (_PROGRAM, _FILE_NAME, _PLACEHOLDER))


def is_sensible(title: str) -> bool:
    """Whether a declared title could be one that a person gave."""
    refused = (
        _LEFTOVER.search(title),
        _CUT_SHORT.search(title),
        is_left_behind(title),
        REPLACEMENT in title,
    )
    looks_like_file = " " not in title and ("_" in title or any(ch.isdigit() for ch in title))
    letters = len(_LETTERS.findall(title))
    return not any(refused) and not looks_like_file and letters >= 4 and len(title) <= LONGEST_TITLE


def _is_printed(title: str, pages: Sequence[Page]) -> bool:
    printed = {word for page in pages for word in _words_of(page.text)}
    wanted = _words_of(title)
    return not printed or not wanted or 2 * len(wanted & printed) >= len(wanted)


def _is_printed_together(title: str, pages: Sequence[Page]) -> bool:
    """Whether most of a title's words stand within as many lines as a title may take."""
    wanted = _words_of(title)
    for page in pages:
        lines = page.text.splitlines()
        near = (" ".join(lines[at : at + _TOGETHER]) for at in range(len(lines)))
        if any(2 * len(wanted & _words_of(text)) > len(wanted) for text in near):
            return True
    return not wanted


def _words_of(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


@dataclass(frozen=True)
class _Line:
    words: tuple[Word, ...]

    @cached_property
    def size(self) -> float:
        return median([word.box.bottom - word.box.top for word in self.words])

    @property
    def top(self) -> float:
        return min(word.box.top for word in self.words)

    @property
    def is_sideways(self) -> bool:
        """Whether most of its longer words are taller than wide: stamps in the margin are no titles."""
        longer = [word.box for word in self.words if len(word.text) >= 3]
        return 2 * sum(box.bottom - box.top > box.x1 - box.x0 for box in longer) > len(longer)

    def is_in(self, blocks: Sequence[Block], page: Page) -> bool:
        """Whether it stands in one of these blocks."""
        start = self.words[0].start
        return any(block.page == page.number and block.start <= start < block.end for block in blocks)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def _largest_type(pages: Sequence[Page], captions: Sequence[Block]) -> str | None:
    """Find the largest run of lines of one size that can be a title, on the first page where one stands out.

    A figure's labels on a later page may be larger than the title of a paper.
    """
    by_page = [
        _runs([line for line in _lines_of(page) if not (line.is_sideways or line.is_in(captions, page))])
        for page in pages
    ]
    sizes = [line.size for runs in by_page for run in runs for line in run for _ in line.words]
    for runs in by_page:
        titles = [
            (run[0].size, text) for run in runs if may_be_title(text := " ".join(line.text for line in run))
        ]
        size, title = max(titles, key=lambda found: found[0], default=(0.0, ""))
        if title and size >= SIZE_RATIO * median(sizes):
            return title
    return None


def _lines_of(page: Page) -> list[_Line]:
    lines: list[list[Word]] = [[]]
    for word in page.words:
        if lines[-1] and "\n" in page.text[lines[-1][-1].end : word.start]:
            lines.append([])
        lines[-1].append(word)
    return [_Line(tuple(line)) for line in lines if line]


def _runs(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Lines that follow each other closely in type of nearly one size."""
    runs = [[line] for line in lines[:1]]
    for last, line in pairwise(lines):
        close = 0 <= line.top - last.top <= 2 * last.size
        if close and abs(line.size - last.size) <= 0.1 * last.size:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs
