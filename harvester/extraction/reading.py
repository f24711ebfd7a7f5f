"""Reads a PDF with two engines and keeps, page by page, what loses less. Runs in a child process.

The second engine is there because the first opens some files with no pages and no error, and gives
undecoded glyph numbers, or nothing, for some pages that the second reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from corpus.vocabulary.documents import ExtractedText, ExtractionLimits, Page
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction import opening, pdfium, plumber
from harvester.extraction.exchange import Reading
from harvester.extraction.opening import OpenDocument
from harvester.extraction.pdfium import PdfiumDocument
from harvester.extraction.titles import find_title
from harvester.extraction.version import EXTRACTOR, EXTRACTOR_VERSION
from harvester.extraction.words import REPLACEMENT, RawPage, build_page, readable_characters

T = TypeVar("T")

# The first engine keeps a page while it reads this share of the characters that the second reads.
ENOUGH = 0.9
# The first engine takes a quarter of a second for an ordinary page, many seconds for a drawing. These
# bounds are counts and not the clock, so that one document always gives one text.
MOST_PAGES_FOR_PLUMBER = 300
MOST_OBJECTS_FOR_PLUMBER = 8_000


@dataclass(frozen=True, slots=True)
class _ReadPage:
    page: Page
    engine: str

    @property
    def readable(self) -> int:
        return readable_characters([self.page])


def read_pdf(path: Path, *, limits: ExtractionLimits) -> Reading:
    """Read a document in this process; of ``limits`` only the number of pages counts here.

    Raises
    ------
    ExtractionError
        When neither engine can open the document, it asks for a password, has no or too many pages, or
        none of its pages can be read.
    MemoryError
        When there was not enough for the first engine and the second reads nothing.
    """
    document = opening.open_document(path)
    count = document.page_count
    if count > limits.pages:
        raise ExtractionError(f"The document has {count} pages; {limits.pages} are allowed.")
    if count == 0:
        raise ExtractionError("The document has no pages.")
    first, ran_out_of_memory = _by_plumber_within_memory(document)
    found = _without_missing_end(_choose(first, _by_pdfium(document)))
    if ran_out_of_memory and not _readable(found):
        raise MemoryError
    if not found:
        raise ExtractionError("The document's pages cannot be read.")
    if document.is_locked and not _readable(found):
        raise ExtractionError(opening.ENCRYPTED)
    pages = tuple(
        read.page if read else Page(number=number, width=0.0, height=0.0, text="", words=())
        for number, read in enumerate(found, start=1)
    )
    title, title_from = find_title(document.declared_title, pages)
    text = ExtractedText(title, title_from, pages, EXTRACTOR, EXTRACTOR_VERSION)
    return Reading(text, tuple(read.engine if read else None for read in found))


def _by_plumber_within_memory(document: OpenDocument) -> tuple[list[_ReadPage | None], bool]:
    """Ask the first engine; one that runs out of memory gives no pages at all."""
    try:
        return _by_plumber(document), False
    except MemoryError:
        return [], True


def _by_plumber(document: OpenDocument) -> list[_ReadPage | None]:
    first, second = document.plumber, document.pdfium
    if first is None or (second is not None and second.page_count > MOST_PAGES_FOR_PLUMBER):
        return []
    return [
        _read(first.read_page, index, engine=plumber.NAME) if _is_bearable(second, index) else None
        for index in range(first.page_count)
    ]


def _is_bearable(second: PdfiumDocument | None, index: int) -> bool:
    """Whether a page is no drawing of a size that would keep the first engine busy for long."""
    if second is None or index >= second.page_count:
        return True
    objects = _attempt(partial(second.count_objects, index))
    return objects is None or objects <= MOST_OBJECTS_FOR_PLUMBER


def _by_pdfium(document: OpenDocument) -> list[_ReadPage | None]:
    second = document.pdfium
    if second is None:
        return []
    return [_read(second.read_page, index, engine=pdfium.NAME) for index in range(second.page_count)]


def _read(read_page: Callable[[int], RawPage], index: int, *, engine: str) -> _ReadPage | None:
    raw = _attempt(partial(read_page, index))
    return None if raw is None else _ReadPage(build_page(raw, number=index + 1), engine)


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
    return second if _readable(second) >= ENOUGH * _readable(first) and any(second) else first


def _better(first: _ReadPage | None, second: _ReadPage | None) -> _ReadPage | None:
    if first is None or second is None:
        return first or second
    if REPLACEMENT in first.page.text and second.readable > first.readable:
        return second
    return first if first.readable >= ENOUGH * second.readable else second


def _readable(pages: list[_ReadPage | None]) -> int:
    return sum(read.readable for read in pages if read)


def _without_missing_end(pages: list[_ReadPage | None]) -> list[_ReadPage | None]:
    """Without the last pages that neither engine can load: a wrong count announces them, they are not there."""
    end = max((number for number, read in enumerate(pages, start=1) if read), default=0)
    return pages[:end]
