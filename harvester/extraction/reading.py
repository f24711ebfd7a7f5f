"""Reads a PDF with two engines and keeps, page by page, what loses less. Runs in a child process.

Pages on which neither finds letters are read from their pictures, where the program for that is installed.

PDFium is fifty times as fast and reads all but a few pages best. pdfplumber is asked for pages that PDFium cannot load
or decode, or on which it finds next to nothing though text may be there, and for files that it cannot open whole.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from corpus.vocabulary.documents import ExtractedText, ExtractionLimits, Lack, Table
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction import opening, pdfium, plumber
from harvester.extraction.child import another_clock
from harvester.extraction.collecting import with_collector, without_collector
from harvester.extraction.composing import ComposedPage
from harvester.extraction.cropping import without_other_halves
from harvester.extraction.describing import describe
from harvester.extraction.exchange import Reading
from harvester.extraction.layout import lay_out
from harvester.extraction.lines import PageLines
from harvester.extraction.opening import OpenDocument
from harvester.extraction.pdfium import PdfiumDocument
from harvester.extraction.progress import NOTHING_AVOIDED, Avoided, at_page, past_pages
from harvester.extraction.recognition import tesseract
from harvester.extraction.recognition.lacking import find_lacking
from harvester.extraction.recognition.recognising import RecognisedPage, recognise_pages
from harvester.extraction.settings import RECOGNITION
from harvester.extraction.standing_in import as_drawn, try_step
from harvester.extraction.structure import OutlineEntry, with_structure
from harvester.extraction.titles import find_title
from harvester.extraction.version import EXTRACTOR, EXTRACTOR_VERSION
from harvester.extraction.words import REPLACEMENT, readable_characters

T = TypeVar("T")

# The first engine keeps a page while it reads this share of the characters that the second reads.
ENOUGH = 0.9
FEW = 20  # readable characters: a running header; a page of text has more
# The second engine takes a quarter of a second for an ordinary page, many seconds for a drawing. These
# bounds are counts and not the clock, so that one document always gives one text.
MOST_PAGES_FOR_PLUMBER = 300
MOST_OBJECTS_FOR_PLUMBER = 8_000
MORE = 3  # times the letters on a page must be recognised from its picture; else its own, which are sure, are all
SECONDS_TO_DRAW = 60.0  # of processor time: for all pictures of pages; what reads them has a time of its own

_NOTHING = PageLines(width=0.0, height=0.0, lines=())


@dataclass(frozen=True, slots=True)
class _ReadPage:
    lines: PageLines
    engine: str | None
    readable: int  # characters
    is_decoded: bool
    confidence: float | None = None


@without_collector()
def read_pdf(path: Path, *, limits: ExtractionLimits, avoided: Avoided = NOTHING_AVOIDED) -> Reading:
    """Read a document in this process; of ``limits`` only the numbers of pages and the recognition's time count here.

    Pages that are to be avoided stay without text and say why.

    Raises
    ------
    ExtractionError
        When neither engine can open the document, it asks for a password, has no or too many pages, or
        none of its pages can be read.
    MemoryError
        When there was not enough for the second engine and the first reads nothing.
    """
    document = opening.open_document(path)
    count = document.page_count
    if count > limits.pages:
        raise ExtractionError(f"The document has {count} pages; {limits.pages} are allowed.")
    if count == 0:
        raise ExtractionError("The document has no page that a reader finds.")
    first = _by_pdfium(document, avoided)
    second, ran_out_of_memory = _by_plumber_within_memory(document, first, avoided)
    found = _without_missing_end(_choose(first, second))
    if ran_out_of_memory and not _readable(found):
        raise MemoryError
    if not found:
        raise ExtractionError("The document's pages cannot be read.")
    if document.is_locked and not _readable(found):
        raise ExtractionError(opening.ENCRYPTED)
    found, lacks, settings = _recognised(document, found, limits=limits, avoided=avoided)
    if avoided.unread and not _readable(found):
        raise ExtractionError("The document's pages cannot be read within the limits.")
    engines = tuple(read.engine if read else None for read in found)
    lines = without_other_halves([read.lines if read else _NOTHING for read in found])
    recognised = {index for index, read in enumerate(found) if read and read.confidence is not None}
    composed, failed = try_step(
        "layout", lambda: lay_out(lines, recognised=recognised), lambda: as_drawn(lines)
    )
    pages = tuple(
        replace(
            made.page,
            engine=read.engine if read else None,
            confidence=read.confidence if read else None,
            lack=lacks.get(index),
        )
        for index, (made, read) in enumerate(zip(composed, found, strict=True))
    )
    blocks = tuple(block for made in composed for block in made.blocks)
    title, title_from = find_title(document.declared_title, pages, blocks=blocks)
    text = ExtractedText(
        title=title,
        title_from=title_from,
        pages=pages,
        extractor=EXTRACTOR,
        extractor_version=EXTRACTOR_VERSION,
        blocks=blocks,
        tables=tuple(_tables(composed)),
        settings=settings,
    )
    outline, author = _outline(document), _author(document)
    structured, also_failed = try_step(
        "structure", lambda: with_structure(text, composed, outline=outline, author=author), lambda: text
    )
    described, last_failed = try_step(
        "description", lambda: describe(structured, document, path=path), lambda: structured
    )
    noted = replace(described, settings={**settings, **last_failed, **also_failed, **failed})
    return Reading(noted, engines)


def _outline(document: OpenDocument) -> list[OutlineEntry]:
    first = document.pdfium
    return (_attempt(lambda: first.outline) or []) if first else []


def _author(document: OpenDocument) -> str | None:
    first = document.pdfium
    return (_attempt(lambda: first.information) or {}).get("Author") if first else None


def _recognised(
    document: OpenDocument, found: list[_ReadPage | None], *, limits: ExtractionLimits, avoided: Avoided
) -> tuple[list[_ReadPage | None], Mapping[int, Lack], Mapping[str, str]]:
    """Read pages without usable text from their pictures; return why those left have none, and what was told."""
    costly = dict.fromkeys(avoided.unread, Lack.COSTLY)
    lacking = (
        find_lacking(document.pdfium, [read.lines if read else None for read in found], unread=avoided.unread)
        if document.pdfium
        else {}
    )
    if document.pdfium is None or not lacking:
        return found, costly, {}
    undrawn = sorted(lacking) if avoided.draws_none else avoided.undrawn
    with another_clock(SECONDS_TO_DRAW):
        recognised = recognise_pages(document.pdfium, sorted(lacking), limits=limits, undrawn=undrawn)
    codes = {index for index, lack in lacking.items() if lack is Lack.CODES}
    pages = [
        _with_recognised(read, recognised.pages.get(index), is_code=index in codes)
        for index, read in enumerate(found)
    ]
    # A picture without letters lacks nothing; codes are no text, whether their picture shows any or not.
    lacks = {index: lacking[index] for index in recognised.left | (codes - set(recognised.pages))}
    return pages, lacks | costly, {RECOGNITION: recognised.by}


def _with_recognised(
    read: _ReadPage | None, page: RecognisedPage | None, *, is_code: bool
) -> _ReadPage | None:
    if page is None:
        return read
    readable = readable_characters(word.text for line in page.lines.lines for word in line.words)
    if read and not is_code and readable < MORE * read.readable:
        return read
    return _ReadPage(page.lines, tesseract.NAME, readable, is_decoded=True, confidence=page.confidence)


def _tables(composed: Sequence[ComposedPage]) -> Iterator[Table]:
    """Yield the pages' tables with their blocks counted over the document."""
    before = 0
    for made in composed:
        for table in made.tables:
            caption = None if table.caption is None else table.caption + before
            yield replace(table, block=table.block + before, caption=caption)
        before += len(made.blocks)


def _by_pdfium(document: OpenDocument, avoided: Avoided) -> list[_ReadPage | None]:
    first = document.pdfium
    if first is None:
        return []
    return [
        _left_out(first, index)
        if index in avoided.unread
        else _read(first.read_page, index, engine=pdfium.NAME)
        for index in range(first.page_count)
    ]


def _left_out(document: PdfiumDocument, index: int) -> _ReadPage:
    width, height = _attempt(partial(document.size_of, index)) or (0.0, 0.0)
    return _ReadPage(PageLines(width, height, ()), None, 0, is_decoded=True)


def _by_plumber_within_memory(
    document: OpenDocument, first: list[_ReadPage | None], avoided: Avoided
) -> tuple[list[_ReadPage | None], bool]:
    """Ask the second engine for the pages in doubt; one that runs out of memory gives no pages at all."""
    try:
        return _by_plumber(document, first, avoided), False
    except MemoryError:
        past_pages()
        return [], True


def _by_plumber(
    document: OpenDocument, first: list[_ReadPage | None], avoided: Avoided
) -> list[_ReadPage | None]:
    pages = [number for number in range(document.page_count) if number not in avoided.unread]
    doubtful = [number for number in pages if _is_doubtful(document, first, number)]
    if not doubtful or len(first) > MOST_PAGES_FOR_PLUMBER or document.plumber is None:
        return []
    count = document.plumber.page_count
    # The first engine's text is kept while it has most of what there is: so few pages cannot change that.
    if count < len(first) and len(doubtful) <= (1 - ENOUGH) * len(first):
        return []
    # Where the engines see different pages, numbers say nothing: all of the second's are read.
    wanted = set(doubtful) if count == len(first) else set(range(count)) - set(avoided.unread)
    with with_collector():
        return [
            _read(document.plumber.read_page, index, engine=plumber.NAME)
            if index in wanted and _is_bearable(document.pdfium, index)
            else None
            for index in range(count)
        ]


def _is_doubtful(document: OpenDocument, first: list[_ReadPage | None], index: int) -> bool:
    """Whether the second engine may read more: the first reads nothing, or next to nothing, where text may be."""
    read = first[index] if index < len(first) else None
    if read is None or document.pdfium is None or not read.is_decoded:
        return True
    with at_page(index):
        return read.readable < FEW and _attempt(partial(document.pdfium.may_hold_text, index)) is not False


def _is_bearable(first: PdfiumDocument | None, index: int) -> bool:
    """Whether a page is no drawing of a size that would keep the second engine busy for long."""
    if first is None or index >= first.page_count:
        return True
    with at_page(index):
        objects = _attempt(partial(first.count_objects, index))
    return objects is None or objects <= MOST_OBJECTS_FOR_PLUMBER


def _read(read_page: Callable[[int], PageLines], index: int, *, engine: str) -> _ReadPage | None:
    with at_page(index):
        raw = _attempt(partial(read_page, index))
    if raw is None:
        return None
    text = "".join([word.text for line in raw.lines for word in line.words])
    return _ReadPage(raw, engine, readable_characters([text]), is_decoded=REPLACEMENT not in text)


def _attempt(step: Callable[[], T]) -> T | None:
    try:
        return step()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - hostile bytes raise anything; the other engine is asked, and a page lost to both is recorded
        return None


def _choose(first: list[_ReadPage | None], second: list[_ReadPage | None]) -> list[_ReadPage | None]:
    """Choose page by page where both engines see the same pages, else the whole of one."""
    if len(first) == len(second):
        return [_better(one, other) for one, other in zip(first, second, strict=True)]
    return first if _readable(first) >= ENOUGH * _readable(second) and any(first) else second


def _better(first: _ReadPage | None, second: _ReadPage | None) -> _ReadPage | None:
    if first is None or second is None:
        return first or second
    if not first.is_decoded and second.readable > first.readable:
        return second
    return first if first.readable >= ENOUGH * second.readable else second


def _readable(pages: list[_ReadPage | None]) -> int:
    return sum(read.readable for read in pages if read)


def _without_missing_end(pages: list[_ReadPage | None]) -> list[_ReadPage | None]:
    """Without the last pages that neither engine can load: a wrong count announces them, they are not there."""
    end = max((number for number, read in enumerate(pages, start=1) if read), default=0)
    return pages[:end]
