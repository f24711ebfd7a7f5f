"""Opens a PDF with both engines, and says in one sentence why where neither can."""

import math
import re
from functools import cached_property
from pathlib import Path

import pypdfium2

from corpus.vocabulary.errors import ExtractionError
from harvester.extraction.pdfium import PdfiumDocument
from harvester.extraction.plumber import PlumberDocument

ENCRYPTED = "The document is encrypted and asks for a password."
NOT_A_PDF = "The file is not a PDF."
DAMAGED = "The document is damaged: neither reader can open it."
_PACKED = b"/ObjStm"
_PAGE = re.compile(rb"/Type\s*/Page\b")
_HEADER_WITHIN = 1024  # readers accept junk of this length before the header


class OpenDocument:
    """A document as each engine opened it; at least one did. The second is asked on first use: it is slow."""

    def __init__(self, path: Path, pdfium: PdfiumDocument | None, *, is_locked: bool) -> None:
        self.pdfium = pdfium
        self._path = path
        self._is_locked = is_locked

    @property
    def is_locked(self) -> bool:
        """Whether an engine was asked for a password."""
        return self._is_locked

    @cached_property
    def plumber(self) -> PlumberDocument | None:
        """The document as the second engine opened it; ``None`` where it cannot."""
        document, is_locked = _open_with_plumber(self._path)
        self._is_locked |= is_locked
        return document

    @cached_property
    def _named_pages(self) -> float:
        """How many of the file's objects call themselves pages; no bound where some lie packed in streams."""
        content = self._path.read_bytes()
        return math.inf if _PACKED in content else len(_PAGE.findall(content))

    @property
    def page_count(self) -> int:
        """The larger of the engines' page counts; the second is asked where the first had to mend the file."""
        first = self.pdfium.page_count if self.pdfium else 0
        if self.pdfium and first and (self.pdfium.is_sound or self._named_pages <= first):
            return first
        return max((document.page_count for document in (self.plumber, self.pdfium) if document), default=0)

    @property
    def declared_title(self) -> str | None:
        """Title of the document's own metadata."""
        document = self.pdfium or self.plumber
        return document.declared_title if document else None


def open_document(path: Path) -> OpenDocument:
    """Open with the empty password.

    Raises
    ------
    ExtractionError
        When neither engine can.
    """
    first, is_locked = _open_with_pdfium(path)
    document = OpenDocument(path, first, is_locked=is_locked)
    if first or document.plumber:
        return document
    if document.is_locked:
        raise ExtractionError(ENCRYPTED)
    with path.open("rb") as file:
        has_header = b"%PDF" in file.read(_HEADER_WITHIN)
    raise ExtractionError(DAMAGED if has_header else NOT_A_PDF)


def open_for_pictures(path: Path) -> PdfiumDocument:
    """Open with the engine that draws.

    Raises
    ------
    ExtractionError
        When it cannot.
    """
    document, is_locked = _open_with_pdfium(path)
    if document is None:
        raise ExtractionError(
            ENCRYPTED if is_locked else "The document is damaged: its pages cannot be drawn."
        )
    return document


def _open_with_pdfium(path: Path) -> tuple[PdfiumDocument | None, bool]:
    try:
        return PdfiumDocument(path), False
    except pypdfium2.PdfiumError as error:
        return None, "password" in str(error)


def _open_with_plumber(path: Path) -> tuple[PlumberDocument | None, bool]:
    try:
        return PlumberDocument(path), False
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - pdfminer lets hostile bytes raise anything
        return None, _asks_for_password(error)


def _asks_for_password(error: Exception) -> bool:
    """Tell by name: the class is pdfminer's, which comes with pdfplumber and is none of our own requirements."""
    return any(type(cause).__name__ == "PDFPasswordIncorrect" for cause in (error, *error.args))
