"""The second engine: PDFium's characters, for what the first cannot read, and its pictures of pages.

PDFium is not thread-safe and may crash on hostile bytes: this module belongs into a child process.
"""

import io
import math
from collections.abc import Iterator
from ctypes import byref
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import PageFrame, around
from harvester.extraction.words import RawPage, Token

NAME = "pdfium"
MAX_PIXELS = 12_000_000  # an A3 page at 250 dpi; larger pages are scaled down
_LINE_END_HYPHENS = {0x02, 0xFFFE}  # what PDFium makes of a hyphen that it would join


class PdfiumDocument:
    """An open document. Every method may raise ``pypdfium2.PdfiumError``."""

    def __init__(self, path: Path) -> None:
        self._pdf = pypdfium2.PdfDocument(path)

    @property
    def page_count(self) -> int:
        """Number of pages that this engine finds."""
        return len(self._pdf)

    @property
    def declared_title(self) -> str | None:
        """Title of the document's own metadata."""
        return self._pdf.get_metadata_value("Title") or None

    def count_objects(self, index: int) -> int:
        """How many drawing operations make up a page (from 0), forms counted as one."""
        return int(raw.FPDFPage_CountObjects(self._pdf[index]))

    def read_page(self, index: int) -> RawPage:
        """Read one page (from 0): words by blanks, lines by line feeds, as PDFium sets them."""
        page = self._pdf[index]
        left, bottom, right, top = page.get_bbox()
        frame = PageFrame(left, bottom, right, top, page.get_rotation())
        text_page = page.get_textpage()
        try:
            lines = tuple(tuple(line) for line in _lines(text_page, frame) if line)
        finally:
            text_page.close()
            page.close()
        return RawPage(frame.width, frame.height, lines)

    def render_page(self, index: int, *, dpi: int) -> bytes:
        """Draw one page (from 0) as PNG, at ``dpi`` or at what ``MAX_PIXELS`` allows."""
        page = self._pdf[index]
        width, height = page.get_size()
        scale = min(dpi / 72, math.sqrt(MAX_PIXELS / max(width * height, 1.0)))
        picture = io.BytesIO()
        page.render(scale=scale).to_pil().save(picture, format="PNG")
        return picture.getvalue()


def _lines(text_page: pypdfium2.PdfTextPage, frame: PageFrame) -> Iterator[list[Token]]:
    line: list[Token] = []
    codes: list[int] = []
    boxes: list[Box] = []

    def end_word() -> None:
        if codes:
            line.append(Token(text=_decode(codes), box=around(boxes)))
            codes.clear()
            boxes.clear()

    for position in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, position)
        if code in _LINE_END_HYPHENS:
            code = ord("-")
        if code in {0x0A, 0x0D}:
            end_word()
            yield line
            line = []
        elif chr(code).isspace():
            end_word()
        else:
            codes.append(code)
            boxes.append(_box(text_page, position, frame))
    end_word()
    yield line


def _decode(codes: list[int]) -> str:
    """Characters of UTF-16 code units (pairs joined, halves replaced) or of whole code points."""
    units = b"".join(chr(code).encode("utf-16-le", "surrogatepass") for code in codes)
    return units.decode("utf-16-le", "replace")


def _box(text_page: pypdfium2.PdfTextPage, position: int, frame: PageFrame) -> Box:
    rectangle = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page, position, byref(rectangle))
    return frame.place(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
