"""Reads pages without usable text from their pictures. Runs in the child process that reads the document."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import mean, median

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from corpus.vocabulary.documents import Box, ExtractionLimits
from harvester.extraction.language import language_of
from harvester.extraction.lines import Direction, Line, PageLines, Token, line_of
from harvester.extraction.pdfium import PdfiumDocument
from harvester.extraction.progress import Work, at_page
from harvester.extraction.recognition import tesseract
from harvester.extraction.recognition.languages import ENGLISH, code_of
from harvester.extraction.recognition.tesseract import RecognisedLine
from harvester.extraction.settings import NOT_INSTALLED
from harvester.extraction.upright import turned_to

DPI = 300  # what the program is trained for; less is hardly faster
# Below, a word is more likely wrong than right; where all words together are below, there are none: a photograph.
LEAST_OF_WORD = 0.3
LEAST_OF_PAGE = 0.5
# Heights of lines change with the letters in them: those within a quarter of the page's middle height are one size.
_ONE_SIZE = 0.25
_LEAST_CONTRAST = 48  # of 255, between the lightest and the darkest of a page that is not blank
_SECONDS_FOR_PAGE = 30.0
_LEAST_SECONDS = 0.01
# Of a page in type that is read as it lies, in its language, the mean is .9 and more; of the smudged, .7; of one that
# lies on its side or is in another script, below.
POOR = 0.7
_SOME_LETTERS = 3
_MOST_LANGUAGES = 4  # together: each takes as long as the first
_QUARTERS = {
    Direction.RIGHT: 0,
    Direction.UP: -1,
    Direction.LEFT: 2,
    Direction.DOWN: 1,
}  # anticlockwise, as numpy turns
_ALONG = {Direction.UP, Direction.DOWN}

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """What was read from a page's picture; ``confidence`` is the mean of its words."""

    lines: PageLines
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """Pages by their index (from 0), the indices of those that ought to be read and were not, and what reads them."""

    pages: dict[int, RecognisedPage]
    left: frozenset[int]
    by: str


def recognise_pages(
    document: PdfiumDocument,
    indices: Sequence[int],
    *,
    limits: ExtractionLimits,
    undrawn: Sequence[int] = (),
) -> Recognised:
    """Read the pictures of some pages, in order, as far as the limits allow, without those that are not to be drawn.

    A page on which nothing can be recognised is none of the result and not left either: there is nothing to read.
    """
    pages: dict[int, RecognisedPage] = {}
    left = set(indices)
    if (by := tesseract.named()) == NOT_INSTALLED:
        return Recognised({}, frozenset(left), NOT_INSTALLED)
    end = time.monotonic() + limits.recognition_seconds
    reader = PageReader()
    for index in indices[: limits.recognised_pages]:
        if index in undrawn:
            continue
        seconds = min(end - time.monotonic(), _SECONDS_FOR_PAGE)
        if seconds <= 0:
            break
        try:
            found = recognise_page(document, index, seconds=seconds, reader=reader)
        except (MemoryError, OSError, subprocess.SubprocessError, pypdfium2.PdfiumError):
            continue
        left.discard(index)
        if found is not None:
            pages[index] = found
    return Recognised(pages, frozenset(left), by)


def recognise_page(
    document: PdfiumDocument, index: int, *, seconds: float, reader: "PageReader"
) -> RecognisedPage | None:
    """Read one page's picture; ``None`` where there is nothing to read on it."""
    with at_page(index, Work.DRAWING):
        picture, width, height = document.grey_picture(index, dpi=DPI)
    if int(picture.max()) - int(picture.min()) < _LEAST_CONTRAST:
        return None
    return reader.read(picture, width=width, height=height, seconds=seconds)


class PageReader:
    """Reads a document's pictures of pages; begins with the language of the last one, turned as that was."""

    def __init__(self) -> None:
        self._language = ENGLISH
        self._way = Direction.RIGHT

    def read(self, picture: Picture, *, width: float, height: float, seconds: float) -> RecognisedPage | None:
        """Read the picture of a page of this size in points.

        One that is read badly, or whose words stand upright, may lie on its side: it is turned. One whose words are
        of another language that is installed is read in that; one that is read badly still, in all that are. What was
        read counts where the time does not suffice for more.
        """
        end = time.monotonic() + seconds
        read = partial(_read, picture, width=width, height=height, end=end)
        found = read(self._way, self._language)
        try:
            if found is None or found.confidence < POOR or _lies_otherwise(found, self._way):
                dpi = _dpi(width / picture.shape[1])
                way = tesseract.way_of(picture, dpi=dpi, seconds=_left(end))
                if way not in {None, self._way}:
                    found, self._way = read(way, self._language) or found, way or self._way
            for language in self._others(found):
                other = read(self._way, language)
                if other is not None and (found is None or other.confidence > found.confidence):
                    found, self._language = other, language if "+" not in language else self._language
        except subprocess.TimeoutExpired:
            if found is None:
                raise
        return found

    def _others(self, found: RecognisedPage | None) -> list[str]:
        """Return in which other languages a page is worth a try."""
        installed = tesseract.languages()
        told = code_of(language_of(_text(found))) if found else None
        if told in installed:
            return [told] if told and told != self._language else []
        if len(installed) > 1 and (found is None or found.confidence < POOR):
            return ["+".join(installed[:_MOST_LANGUAGES])]
        return []


def _read(
    picture: Picture, way: Direction, language: str, *, width: float, height: float, end: float
) -> RecognisedPage | None:
    scale = width / picture.shape[1]
    if way in _ALONG:
        width, height = height, width
    upright = np.ascontiguousarray(np.rot90(picture, _QUARTERS[way]))
    found = tesseract.recognise(upright, dpi=_dpi(scale), seconds=_left(end), language=language)
    page = read_page(found, scale=scale, width=width, height=height)
    return page and replace(page, lines=turned_to(page.lines, way))


def _lies_otherwise(page: RecognisedPage, way: Direction) -> bool:
    """Whether most words of some letters are higher than wide in text that runs across the page, or the other way round."""
    boxes = [word.box for line in page.lines.lines for word in line.words if len(word.text) >= _SOME_LETTERS]
    high = sum(box.bottom - box.top > box.x1 - box.x0 for box in boxes)
    return bool(boxes) and (2 * high > len(boxes)) is not (way in _ALONG)


def _text(page: RecognisedPage) -> str:
    return " ".join(line.text for line in page.lines.lines)


def _dpi(scale: float) -> int:
    return round(72 / scale)


def _left(end: float) -> float:
    return max(end - time.monotonic(), _LEAST_SECONDS)


def read_page(
    found: Sequence[RecognisedLine], *, scale: float, width: float, height: float
) -> RecognisedPage | None:
    """Turn recognised lines, places in pixels of ``scale`` points, into a page's; ``None`` where they are no text."""
    sure = [[word for word in line.words if word.confidence >= LEAST_OF_WORD] for line in found]
    confidences = [word.confidence for line in found for word in line.words]
    if not any(sure) or mean(confidences) < LEAST_OF_PAGE:
        return None
    usual = median(line.height for line, words in zip(found, sure, strict=True) if words)
    lines: list[Line] = []
    for line, words in zip(found, sure, strict=True):
        if words:
            size = usual if abs(line.height - usual) <= _ONE_SIZE * usual else line.height
            plain = line_of([Token(word.text, _scaled(word.box, scale)) for word in words])
            lines.append(Line(plain.words, plain.box, round(size * scale, 2)))
    kept = mean(word.confidence for words in sure for word in words)
    return RecognisedPage(PageLines(width, height, tuple(lines)), round(kept, 4))


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(round(edge * scale, 2) for edge in (box.x0, box.top, box.x1, box.bottom)))
