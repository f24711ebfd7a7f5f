"""Reads pages without usable text from their pictures. Runs in the child process that reads the document."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

import pypdfium2

from corpus.vocabulary.documents import Box, ExtractionLimits
from harvester.extraction.lines import Line, PageLines, Token, line_of
from harvester.extraction.pdfium import PdfiumDocument
from harvester.extraction.progress import Work, at_page
from harvester.extraction.recognition import tesseract
from harvester.extraction.recognition.tesseract import RecognisedLine
from harvester.extraction.settings import NOT_INSTALLED

DPI = 300  # what the program is trained for; less is hardly faster
# Below, a word is more likely wrong than right; where all words together are below, there are none: a photograph.
LEAST_OF_WORD = 0.3
LEAST_OF_PAGE = 0.5
# Heights of lines change with the letters in them: those within a quarter of the page's middle height are one size.
_ONE_SIZE = 0.25
_LEAST_CONTRAST = 48  # of 255, between the lightest and the darkest of a page that is not blank
_SECONDS_FOR_PAGE = 30.0


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
    for index in indices[: limits.recognised_pages]:
        if index in undrawn:
            continue
        seconds = min(end - time.monotonic(), _SECONDS_FOR_PAGE)
        if seconds <= 0:
            break
        try:
            found = recognise_page(document, index, seconds=seconds)
        except (MemoryError, OSError, subprocess.SubprocessError, pypdfium2.PdfiumError):
            continue
        left.discard(index)
        if found is not None:
            pages[index] = found
    return Recognised(pages, frozenset(left), by)


def recognise_page(document: PdfiumDocument, index: int, *, seconds: float) -> RecognisedPage | None:
    """Read one page's picture; ``None`` where there is nothing to read on it."""
    with at_page(index, Work.DRAWING):
        picture, width, height = document.grey_picture(index, dpi=DPI)
    if int(picture.max()) - int(picture.min()) < _LEAST_CONTRAST:
        return None
    scale = width / picture.shape[1]
    found = tesseract.recognise(picture, dpi=round(72 / scale), seconds=seconds)
    return read_page(found, scale=scale, width=width, height=height)


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
