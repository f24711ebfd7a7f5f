"""What extraction makes of a document: text with places, and with structure.

Coordinates are PDF points (1/72 inch) with the origin at the top left of the page as it is shown.
Character offsets count code points into the text of the page they belong to.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple


class ExtractionStatus(StrEnum):
    """How an attempt to read a document ended."""

    DONE = "done"
    FAILED = "failed"


class BlockKind(StrEnum):
    """What a stretch of a page's text is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    FIGURE = "figure"  # text within a figure
    HEADER = "header"  # repeated at the top of pages
    FOOTER = "footer"  # repeated at the bottom of pages
    PAGE_NUMBER = "page_number"


RUNNING = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
"""The kinds that make up the running text."""


ASIDE = frozenset({BlockKind.HEADER, BlockKind.FOOTER, BlockKind.PAGE_NUMBER, BlockKind.FIGURE})
"""The kinds that nobody reads in passing: what repeats on pages, and what labels a drawing."""


class SectionRole(StrEnum):
    """What a section of a report is for."""

    EXECUTIVE_SUMMARY = "executive_summary"
    INTRODUCTION = "introduction"
    METHODS = "methods"
    FINDINGS = "findings"
    CONCLUSIONS = "conclusions"
    RECOMMENDATIONS = "recommendations"
    REFERENCES = "references"
    APPENDICES = "appendices"
    OTHER = "other"


class Lack(StrEnum):
    """Why a page has no text that can be used."""

    PICTURE = "picture"  # there are no letters, only a picture that may show some
    CODES = "codes"  # the letters are codes that stand for others
    COSTLY = "costly"  # reading it takes more memory or time than a document may


# A document has tens of thousands of words and boxes: named tuples are made in a third of the time that frozen
# dataclasses take.
class Box(NamedTuple):
    """A rectangle on a page, in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


class Word(NamedTuple):
    """A word, where it stands in the page's text, and where on the paper.

    ``more`` are the further boxes of a word that was broken at the end of a line.
    """

    text: str
    start: int
    end: int
    box: Box
    more: tuple[Box, ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All its boxes, in reading order."""
        return (self.box, *self.more)


@dataclass(frozen=True, slots=True)
class Mend:
    """A stretch of a page's text that is not as the document has it: a ligature, a hyphen at a line's end.

    ``original`` is what the document has there.
    """

    start: int
    end: int
    original: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes
    ----------
    number, label
        Counted from 1; as the document itself labels it (``iv``, ``A-3``), where it does.
    width, height
        In points, as shown.
    text, words
        The text, and its words in reading order.
    mends
        Where the text was mended, in order, none overlapping.
    engine
        What read the page; ``None`` where nothing could.
    confidence
        Of recognised characters, from 0 to 1; ``None`` where the text is the document's own.
    lack
        Why its text cannot be used; ``None`` where it can, and where there is none to be had.
    """

    number: int
    width: float
    height: float
    text: str
    words: tuple[Word, ...]
    label: str | None = None
    mends: tuple[Mend, ...] = ()
    engine: str | None = None
    confidence: float | None = None
    lack: Lack | None = None

    @property
    def original(self) -> str:
        """The text before it was mended."""
        pieces, at = [], 0
        for mend in self.mends:
            pieces += [self.text[at : mend.start], mend.original]
            at = mend.end
        return "".join(pieces) + self.text[at:]

    def original_offset(self, offset: int) -> int:
        """Return where in the original a character of the text stands; within a mend, where the mend begins."""
        shift = 0
        for mend in self.mends:
            if mend.end <= offset:
                shift += len(mend.original) - (mend.end - mend.start)
            elif mend.start < offset:
                return mend.start + shift
        return offset + shift


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one page's text."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page's text that belongs together; blocks come in reading order.

    Attributes
    ----------
    kind
        What it is.
    page, start, end
        The page's number, and the characters of its text.
    box
        Around it; ``None`` where there is no paper.
    level
        Of a heading, from 1; how deep a list item lies, from 1.
    marker
        Of a list item or footnote, as printed; ``•`` where a bullet is drawn and no letter of the text.
    goes_on
        Whether it goes on with the block of its kind before it, over a column's or page's end.
    """

    kind: BlockKind
    page: int
    start: int
    end: int
    box: Box | None = None
    level: int | None = None
    marker: str | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its place in the grid (from 0), its characters in the page's text, its box."""

    row: int
    column: int
    start: int
    end: int
    box: Box | None = None
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the index of its block, its cells row by row, the index of its caption's block where it has one."""

    block: int
    cells: tuple[Cell, ...]
    caption: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, sections below it included.

    ``first`` and ``last`` are indices of blocks, the heading's own the first, the last one excluded.
    """

    title: str
    level: int
    role: SectionRole
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its characters, on more than one page where it goes over, and the index of its first block."""

    spans: tuple[Span, ...]
    block: int


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document says of itself, and what its text tells.

    Attributes
    ----------
    declared
        Document information and XMP, by name.
    authors, dated
        As printed on the document: names; an ISO date cut to its precision.
    language
        ISO 639-1 code of the text, ``und`` where that cannot be told, ``None`` where there is too little of it.
    fingerprint
        A MinHash of the running text, for finding near copies.
    """

    declared: Mapping[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    dated: str | None = None
    language: str | None = None
    fingerprint: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSummary:
    """What is kept beside a stored text, so that it need not be opened to be listed.

    ``held_back`` are those of its settings with which more might have been read, by name.
    """

    title: str | None
    page_count: int
    character_count: int
    extractor: str
    extractor_version: str
    held_back: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """A whole document as text.

    Attributes
    ----------
    title
        The title printed or declared in the document; ``None`` where neither can be found.
    title_from
        ``"metadata"`` or ``"typography"``; ``None`` when there is no title.
    pages
        All pages, in order. A page without text is present, with empty text.
    extractor, extractor_version
        Which code made this; a change of either makes the text due again.
    blocks, tables, sections, sentences
        The structure, in reading order.
    facts
        What the document says of itself.
    settings
        What the extractor was told, by name.
    """

    title: str | None
    title_from: str | None
    pages: tuple[Page, ...]
    extractor: str
    extractor_version: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    facts: DocumentFacts = DocumentFacts()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All pages' text, pages parted by a form feed."""
        return "\f".join(page.text for page in self.pages)

    @property
    def summary(self) -> TextSummary:
        """What is kept beside it when it is stored."""
        return TextSummary(
            title=self.title,
            page_count=len(self.pages),
            character_count=sum(len(page.text) for page in self.pages),
            extractor=self.extractor,
            extractor_version=self.extractor_version,
        )

    @property
    def running_text(self) -> str:
        """The running text alone, blocks parted by blank lines, what goes on joined by a blank."""
        pieces: list[str] = []
        for block in self.blocks:
            if block.kind in RUNNING:
                text = self.text_of(block)
                if block.goes_on and pieces:
                    pieces[-1] += f" {text}"
                else:
                    pieces.append(text)
        return "\n\n".join(pieces)

    @property
    def main_text(self) -> str:
        """All that is read from first to last: without running headers and footers, page numbers, text in figures."""
        pieces = [self.text_of(block) for block in self.blocks if block.kind not in ASIDE]
        return "\n\n".join(pieces)

    def text_of(self, place: Block | Span) -> str:
        """Return the characters of a block or span."""
        return self.pages[place.page - 1].text[place.start : place.end]

    def words_of(self, place: Block | Span) -> Iterator[Word]:
        """Yield the words that a block or span touches, whose boxes are its place on the paper."""
        words = self.pages[place.page - 1].words
        for number in range(bisect_right(words, place.start, key=attrgetter("end")), len(words)):
            if words[number].start >= place.end:
                return
            yield words[number]


@dataclass(frozen=True, slots=True)
class ExtractionLimits:
    """What one document may cost before it is set aside.

    Attributes
    ----------
    seconds
        Wall-clock time, without the time for recognition.
    memory_bytes
        Address space of the child process.
    pages
        Documents with more pages than this fail with a reason.
    recognised_pages, recognition_seconds
        At most so many pages are recognised from their pictures, and in so much wall-clock time; 0 pages: none.
    """

    seconds: float = 120.0
    memory_bytes: int = 2 * 1024**3
    pages: int = 3000
    recognised_pages: int = 60
    recognition_seconds: float = 240.0
