"""The main engine: PDFium's characters in the order in which the document draws them, and its pictures of pages.

PDFium is not thread-safe and may crash on hostile bytes: this module belongs into a child process.
"""

import io
import math
import re
from collections.abc import Sequence
from functools import partial
from itertools import islice, repeat
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from corpus.vocabulary.documents import Box
from harvester.extraction.accents import join_accents
from harvester.extraction.columns import Words, arrange, find_crossings
from harvester.extraction.drawn import Drawn, look_at
from harvester.extraction.figures import find_figures
from harvester.extraction.fonts import Fonts
from harvester.extraction.geometry import Floats, PageFrame, around, boxes_from, place
from harvester.extraction.glyphs import LINE_END_HYPHENS, Glyphs, address_of, read_glyphs
from harvester.extraction.lines import Direction, Line, PageLines, Token, line_of
from harvester.extraction.mathematics import Signs
from harvester.extraction.objects import kinds_of, objects_of_page
from harvester.extraction.placing import break_into_lines, place_words, touching, ways_of, within_letters
from harvester.extraction.structure.outline import MOST_ENTRIES, OutlineEntry
from harvester.extraction.tables.drawn import MOST_OBJECTS, read_ink
from harvester.extraction.tables.shapes import Ink

NAME = "pdfium"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_CODED = re.compile(
    f"[{LINE_END_HYPHENS}{SOFT_HYPHEN}\ud800-\udfff]"
)  # what ``decode`` changes; all of it is in words
_MARK = 0.85  # of the height of the word after it, at most
_WITHOUT_TEXT = {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING}
_MOST_CHARACTERS_ASKED = 300
_MOST_KINDS_LOOKED_AT = 10_000
_DEEPEST_OUTLINE = 8
MAX_PIXELS = 12_000_000  # an A3 page at 250 dpi; larger pages are scaled down


class PdfiumDocument:
    """An open document. Every method may raise ``pypdfium2.PdfiumError``."""

    def __init__(self, path: Path) -> None:
        self._pdf = pypdfium2.PdfDocument(path)
        self._fonts = Fonts()
        self._signs = Signs(self._fonts)

    @property
    def page_count(self) -> int:
        """Number of pages that this engine finds."""
        return len(self._pdf)

    @property
    def declared_title(self) -> str | None:
        """Title of the document's own metadata."""
        return self._pdf.get_metadata_value("Title") or None

    @property
    def is_sound(self) -> bool:
        """Whether the file's own table of contents served; a rebuilt one may miss pages."""
        return bool(raw.FPDF_DocumentHasValidCrossReferenceTable(self._pdf))

    def may_hold_text(self, index: int) -> bool:
        """Whether anything on a page (from 0) could be text: not where all is pictures and drawing."""
        page = self._pdf[index]
        count = raw.FPDFPage_CountObjects(page)
        kinds = {
            raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, position))
            for position in range(min(count, _MOST_KINDS_LOOKED_AT))
        }
        return count == 0 or not kinds <= _WITHOUT_TEXT

    @property
    def information(self) -> dict[str, str]:
        """The document information dictionary's usual entries, by name."""
        said: dict[str, str] = self._pdf.get_metadata_dict(skip_empty=True)
        return said

    @property
    def page_labels(self) -> list[str]:
        """What the document calls its pages; empty where it calls a page nothing."""
        return [self._pdf.get_page_label(index) for index in range(len(self._pdf))]

    @property
    def outline(self) -> list[OutlineEntry]:
        """The document's own outline, in its order; of a very long one the first entries."""
        return [
            OutlineEntry(mark.get_title(), mark.level + 1, _page_number(mark.get_dest()))
            for mark in islice(self._pdf.get_toc(max_depth=_DEEPEST_OUTLINE), MOST_ENTRIES)
        ]

    def count_objects(self, index: int) -> int:
        """How many drawing operations make up a page (from 0), forms counted as one."""
        return int(raw.FPDFPage_CountObjects(self._pdf[index]))

    def read_page(self, index: int) -> PageLines:
        """Read one page (from 0)."""
        page = self._pdf[index]
        frame = _frame(page)
        text_page = page.get_textpage()
        try:
            things = objects_of_page(address_of(page), MOST_OBJECTS + 1)
            kinds = kinds_of(things)
            ink, figures = read_ink(things, kinds, frame), find_figures(things, kinds, frame)
            lines = _read(text_page, frame, self._fonts, self._signs, ink)
        finally:
            text_page.close()
            page.close()
        return PageLines(frame.width, frame.height, lines, ink, figures)

    def size_of(self, index: int) -> tuple[float, float]:
        """Width and height of a page (from 0) that is not loaded."""
        width, height = self._pdf.get_page_size(index)
        return float(width), float(height)

    def read_words(self, index: int) -> tuple[Glyphs, Floats]:
        """Read a page's (from 0) text and the boxes of its words, as drawn: the fastest that there is."""
        page = self._pdf[index]
        text_page = page.get_textpage()
        try:
            glyphs = read_glyphs(text_page)
            return glyphs, place_words(glyphs, _frame(page))
        finally:
            text_page.close()
            page.close()

    def render_page(self, index: int, *, dpi: int) -> bytes:
        """Draw one page (from 0) as PNG, at ``dpi`` or at what ``MAX_PIXELS`` allows."""
        page = self._pdf[index]
        width, height = page.get_size()
        scale = _scale(width, height, dpi=dpi)
        picture = io.BytesIO()
        page.render(scale=scale).to_pil().save(picture, format="PNG")
        return picture.getvalue()

    def unmapped_share(self, index: int) -> float:
        """Of a page's (from 0) characters, the share of which the font does not say what they are: they are guesses."""
        page = self._pdf[index]
        text_page = page.get_textpage()
        try:
            count = text_page.count_chars()
            looked_at = [
                raw.FPDFText_HasUnicodeMapError(text_page, position) == 1
                for position in range(0, count, max(count // _MOST_CHARACTERS_ASKED, 1))
                if not raw.FPDFText_IsGenerated(text_page, position)
            ]
            return sum(looked_at) / len(looked_at) if looked_at else 0.0
        finally:
            text_page.close()
            page.close()

    def drawn(self, index: int) -> Drawn:
        """How much of a page (from 0) is pictures and strokes."""
        page = self._pdf[index]
        try:
            return look_at(page)
        finally:
            page.close()

    def grey_picture(self, index: int, *, dpi: int) -> tuple[NDArray[np.uint8], float, float]:
        """Draw one page (from 0) in grey, as large as above; return rows of pixels, and width and height in points."""
        page = self._pdf[index]
        try:
            width, height = page.get_size()
            bitmap = page.render(scale=_scale(width, height, dpi=dpi), grayscale=True)
            drawn: NDArray[np.uint8] = bitmap.to_numpy()
            return np.ascontiguousarray(drawn.reshape(bitmap.height, bitmap.width)), width, height
        finally:
            page.close()


def _scale(width: float, height: float, *, dpi: int) -> float:
    """Return pixels for a point, at ``dpi`` or at what ``MAX_PIXELS`` allows."""
    return min(dpi / 72, math.sqrt(MAX_PIXELS / max(width * height, 1.0)))


def _page_number(leads_to: pypdfium2.PdfDest | None) -> int | None:
    index = leads_to.get_index() if leads_to else None
    return None if index is None else index + 1


def _frame(page: pypdfium2.PdfPage) -> PageFrame:
    left, bottom, right, top = page.get_bbox()
    return PageFrame(left, bottom, right, top, page.get_rotation())


def _read(
    text_page: pypdfium2.PdfTextPage, frame: PageFrame, fonts: Fonts, signs: Signs, ink: Ink
) -> tuple[Line, ...]:
    glyphs = read_glyphs(text_page, mend=signs.mended)
    glyphs, boxes = join_accents(glyphs, place_words(glyphs, frame), text_page=text_page, frame=frame)
    handle = address_of(text_page)
    ways = ways_of(glyphs, place(glyphs.first, frame), place(glyphs.last, frame))
    spans = glyphs.spans
    glued = touching(glyphs, boxes, text_page)
    places = break_into_lines(glyphs, boxes, ways)
    order: Sequence[int] = ()
    if crossings := find_crossings(boxes, places):
        drawn = Words(boxes.tolist(), [glyphs.text[start:end] for start, end in spans])
        turned = frozenset(start for start, _ in places if ways[start] is not Direction.RIGHT)
        places, order = arrange(drawn, places, crossings, ink, turned=turned)
    fonts_of = [
        [fonts.of(handle, spans[word][0]) for word in {start, (start + end) // 2, end - 1}]
        for start, end in places
    ]
    main = [max(found, key=lambda one: one[1]) for found in fonts_of]
    boxes = within_letters(boxes, places, [face for face, _ in main], ways)
    words = _tokens(glyphs, boxes_from(boxes.tolist()))
    lines = []
    for (start, end), box, found, (face, size) in zip(
        places, _around(boxes, places), fonts_of, main, strict=True
    ):
        of_line = range(start, end)
        held = words[start:end] if glued.isdisjoint(of_line) else _glue(words, of_line, glued)
        lines.append(
            Line(
                words=tuple(held),
                box=box,
                size=round(size, 2) or line_of(held, direction=ways[start]).size,
                bold=all(other.bold for other, _ in found),
                italic=all(other.italic for other, _ in found),
                font=face.name,
                direction=ways[start],
                breaks_word=glyphs.text[spans[end - 1][1] - 1] in LINE_END_HYPHENS,
            )
        )
    return tuple([lines[at] for at in order] if order else lines)


def _around(boxes: Floats, places: list[tuple[int, int]]) -> list[Box]:
    """Return the boxes around the words of each line."""
    if not places:
        return []
    starts = [start for start, _ in places]
    low, high = np.minimum.reduceat(boxes[:, :2], starts), np.maximum.reduceat(boxes[:, 2:], starts)
    return boxes_from(np.hstack([low, high]).tolist())


def _tokens(glyphs: Glyphs, boxes: list[Box]) -> list[Token]:
    spans = glyphs.spans
    if glyphs.mended or glyphs.given is not glyphs.text:
        return [_token(glyphs, start, end, box) for (start, end), box in zip(spans, boxes, strict=True)]
    # Nearly all pages: no call of Python for any word but those of which a character must be decoded.
    text = glyphs.text
    texts = [text[start:end] for start, end in spans]
    coded = [match.start() for match in _CODED.finditer(text)]
    for word in set((np.searchsorted(glyphs.starts, coded, side="right") - 1).tolist()):
        texts[word] = decode(texts[word])
    return list(map(partial(tuple.__new__, Token), zip(texts, boxes, repeat(None))))


def _token(glyphs: Glyphs, start: int, end: int, box: Box) -> Token:
    if start in glyphs.mended:
        text, original = glyphs.mended[start]
        return Token(decode(text), box, original)
    text = glyphs.text[start:end]
    if glyphs.given is not glyphs.text and (given := glyphs.given[start:end]) != text:
        return Token(decode(text), box, decode(given))
    return Token(decode(text), box)


def _glue(words: list[Token], places: range, glued: frozenset[int]) -> list[Token]:
    """Return the words at some places, those that are one with the word before joined to it."""
    line: list[Token] = []
    for place_of_word in places:
        word = words[place_of_word]
        if line and place_of_word in glued and not (len(line) == 1 and _is_mark_before(line[0], word)):
            before = line[-1]
            mended = before.original is not None or word.original is not None
            original = (before.original or before.text) + (word.original or word.text) if mended else None
            line[-1] = Token(before.text + word.text, around([before.box, word.box]), original)
        else:
            line.append(word)
    return line


def _is_mark_before(first: Token, word: Token) -> bool:
    """Whether a line's first word is small and without letters: a footnote's mark, and no part of its first word."""
    height, beside = first.box.bottom - first.box.top, word.box.bottom - word.box.top
    return height < _MARK * beside and not any(map(str.isalpha, first.text))


def decode(text: str) -> str:
    """Return a word with a hyphen for what stands for one at a line's end, and halves of characters joined.

    A soft hyphen within a word is one too: on paper it would not be drawn if it were none.
    """
    if text[-1] in LINE_END_HYPHENS:
        text = f"{text[:-1]}-"
    if text.isascii():
        return text
    if SOFT_HYPHEN in text[:-1]:
        text = text[:-1].replace(SOFT_HYPHEN, "-") + text[-1]
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
