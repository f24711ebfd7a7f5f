"""The main engine: pdfplumber's words in the order in which the document draws them."""

import re
from pathlib import Path
from typing import Any

import pdfplumber

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import PageFrame, box_of
from harvester.extraction.lines import break_into_lines
from harvester.extraction.words import REPLACEMENT, RawPage, Token

NAME = "pdfplumber"
_UNDECODED = re.compile(r"\(cid:\d+\)")
# An absolute tolerance swallows the blanks of small type; sorting lines by height mixes columns.
_WORD_RULES = {"use_text_flow": True, "x_tolerance_ratio": 0.15, "expand_ligatures": False}


class PlumberDocument:
    """An open document. Every method may raise whatever the bytes provoke in the library."""

    def __init__(self, path: Path) -> None:
        self._pdf = pdfplumber.open(path)
        self._pages = self._pdf.pages

    @property
    def page_count(self) -> int:
        """Number of pages that this engine finds."""
        return len(self._pages)

    @property
    def declared_title(self) -> str | None:
        """Title of the document's own metadata."""
        title = self._pdf.metadata.get("Title")
        return title if isinstance(title, str) else None

    def read_page(self, index: int) -> RawPage:
        """Read one page (from 0)."""
        page = self._pages[index]
        shown, left, top = _shown_part(page)
        try:
            words = page.extract_words(**_WORD_RULES)
        finally:
            page.close()
        tokens = ((_token(word, left=left, top=top), bool(word["upright"])) for word in words)
        return RawPage(shown.x1 - shown.x0, shown.bottom - shown.top, break_into_lines(tokens))


def _shown_part(page: Any) -> tuple[Box, float, float]:  # noqa: ANN401 - the library has no types
    """Find the crop box on the turned media box, and the library's coordinates of its top left corner."""
    media = page.page_obj.mediabox
    crop = page.page_obj.cropbox or media
    crop = (max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3]))
    if crop[0] >= crop[2] or crop[1] >= crop[3]:
        crop = media
    shown = PageFrame(*media, page.page_obj.rotate).place(*crop)
    library_left, library_top = page.mediabox[:2]
    return shown, library_left + shown.x0, library_top + shown.top


def _token(word: dict[str, Any], *, left: float, top: float) -> Token:
    text = _UNDECODED.sub(REPLACEMENT, word["text"])
    return Token(
        text=text, box=box_of(word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top)
    )
