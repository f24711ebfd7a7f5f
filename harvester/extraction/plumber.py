"""The second engine, for what the first cannot read: pdfplumber's words in the order in which the document draws them."""

import re
from functools import partial
from itertools import groupby
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.utils.pdfinternals import resolve
from pdfplumber.utils.text import WordExtractor

from corpus.vocabulary.documents import Box
from harvester.extraction.breaking import break_into_lines
from harvester.extraction.geometry import PageFrame, box_of
from harvester.extraction.lines import Direction, PageLines, Token
from harvester.extraction.words import REPLACEMENT

NAME = "pdfplumber"
_LARGEST_PACKET = 2**20
_LARGEST_PACKED = 2**16  # packed a thousandfold at most: 64 MiB
_PACKET, _PACKED_OBJECTS = b"/Metadata", b"/ObjStm"  # ISO 32000-1, 14.3.2 and 7.5.7
_UNDECODED = re.compile(r"\(cid:\d+\)")
# Absolute tolerances swallow the blanks of small type; sorting lines by height mixes columns.
_GAP = 0.15  # blank between two words, in type sizes
_SHIFT = 3.0  # points by which letters of one word may be raised
_across = partial(
    WordExtractor, use_text_flow=True, expand_ligatures=False, x_tolerance_ratio=_GAP, y_tolerance=_SHIFT
)
_along = partial(
    WordExtractor, use_text_flow=True, expand_ligatures=False, y_tolerance_ratio=_GAP, x_tolerance=_SHIFT
)
_WORD_EXTRACTORS = {
    Direction.RIGHT: _across(line_dir="ttb", char_dir="ltr"),
    Direction.LEFT: _across(line_dir="ttb", char_dir="rtl"),
    Direction.DOWN: _along(line_dir="ltr", char_dir="ttb"),
    Direction.UP: _along(line_dir="ltr", char_dir="btt"),
}


class PlumberDocument:
    """An open document. Every method may raise whatever the bytes provoke in the library."""

    def __init__(self, path: Path) -> None:
        self._pdf = pdfplumber.open(path)
        self._pages = self._pdf.pages

    def close(self) -> None:
        """Close the file."""
        self._pdf.close()

    @property
    def page_count(self) -> int:
        """Number of pages that this engine finds."""
        return len(self._pages)

    @property
    def declared_title(self) -> str | None:
        """Title of the document's own metadata."""
        title = self._pdf.metadata.get("Title")
        return title if isinstance(title, str) else None

    def read_page(self, index: int) -> PageLines:
        """Read one page (from 0)."""
        page = self._pages[index]
        shown, left, top = _shown_part(page)
        try:
            tokens = [
                (_token(word, left=left, top=top), direction)
                for direction, chars in groupby(page.chars, key=_direction)
                for word in _WORD_EXTRACTORS[direction].extract_words(list(chars))
            ]
        finally:
            page.close()
        return PageLines(shown.x1 - shown.x0, shown.bottom - shown.top, break_into_lines(tokens))


def xmp_packet(path: Path) -> bytes:
    """Return the document's XMP packet, unpacked; nothing where there is none, or one of a size that none needs.

    May raise whatever the bytes provoke in the library.
    """
    if not _may_have_packet(path):
        return b""
    pdf = pdfplumber.open(path)
    try:
        stream = resolve(pdf.doc.catalog.get("Metadata"))
        packed = getattr(stream, "rawdata", None)
        if not packed:
            return b""
        filters = [str(name) for name, _ in stream.get_filters()]
        if len(packed) > (_LARGEST_PACKED if filters else _LARGEST_PACKET) or len(filters) > 1:
            return b""
        packet: bytes = stream.get_data()
        return packet[:_LARGEST_PACKET]
    finally:
        pdf.stream.close()  # the library's own way loads every page first


def _may_have_packet(path: Path) -> bool:
    """Whether the catalogue may name a packet: plainly, or packed in a stream; the library takes long to say no."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(_PACKET) >= 0 or content.find(_PACKED_OBJECTS) >= 0


def _shown_part(page: Any) -> tuple[Box, float, float]:  # noqa: ANN401 - the library has no types
    """Find the crop box on the turned media box, and the library's coordinates of its top left corner."""
    left, bottom, right, top = media = page.page_obj.mediabox
    crop = page.page_obj.cropbox or media
    crop = (max(crop[0], left), max(crop[1], bottom), min(crop[2], right), min(crop[3], top))
    if crop[0] >= crop[2] or crop[1] >= crop[3]:
        crop = media
    shown = PageFrame(left, bottom, right, top, page.page_obj.rotate).place(*crop)
    library_left, library_top = page.mediabox[:2]
    return shown, library_left + shown.x0, library_top + shown.top


def _direction(char: dict[str, Any]) -> Direction:
    """Tell which way a letter's base line runs, the page's own turn included."""
    along, across = char["matrix"][:2]
    if abs(along) >= abs(across):
        return Direction.RIGHT if along >= 0 else Direction.LEFT
    return Direction.UP if across > 0 else Direction.DOWN


def _token(word: dict[str, Any], *, left: float, top: float) -> Token:
    text = _UNDECODED.sub(REPLACEMENT, word["text"])
    return Token(
        text=text, box=box_of(word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top)
    )
