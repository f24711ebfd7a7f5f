"""Opens a PDF with both engines, and says in one sentence why where neither can."""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from corpus.vocabulary.errors import ExtractionError
from harvester.extraction.pdfium import PdfiumDocument
from harvester.extraction.plumber import PlumberDocument

ENCRYPTED = "The document is encrypted and asks for a password."
NOT_A_PDF = "The file is not a PDF."
DAMAGED = "The document is damaged: neither reader can open it."
_HEADER_WITHIN = 1024  # readers accept junk of this length before the header


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document as each engine opened it; at least one did. ``is_locked``: one was asked for a password."""

    plumber: PlumberDocument | None
    pdfium: PdfiumDocument | None
    is_locked: bool

    @property
    def page_count(self) -> int:
        """The larger of the engines' page counts."""
        return max(document.page_count for document in (self.plumber, self.pdfium) if document)

    @property
    def declared_title(self) -> str | None:
        """Title of the document's own metadata, PDFium's reading of it first."""
        titles = (document.declared_title for document in (self.pdfium, self.plumber) if document)
        return next(filter(None, titles), None)


def open_document(path: Path) -> OpenDocument:
    """Open with the empty password.

    Raises
    ------
    ExtractionError
        When neither engine can.
    """
    second, second_locked = _open_with_pdfium(path)
    first, first_locked = _open_with_plumber(path)
    if first or second:
        return OpenDocument(first, second, is_locked=first_locked or second_locked)
    if first_locked or second_locked:
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
