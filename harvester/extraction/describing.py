"""What a document says of itself, and what its text tells: added to a text when it has been read."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from corpus.vocabulary.documents import ExtractedText, Page
from harvester.extraction.collecting import without_collector
from harvester.extraction.opening import OpenDocument
from harvester.extraction.plumber import xmp_packet
from harvester.extraction.telling import tell
from harvester.extraction.tidying import one_line, tidy
from harvester.extraction.xmp import read_xmp

T = TypeVar("T")

LONGEST_LABEL = 30


@without_collector()
def describe(text: ExtractedText, document: OpenDocument, *, path: Path) -> ExtractedText:
    """Add the pages' labels, what the document declares, its language and its fingerprint."""
    labels = _attempt(lambda: document.pdfium.page_labels if document.pdfium else None) or []
    information = _attempt(lambda: document.pdfium.information if document.pdfium else None) or {}
    # A file that must be mended takes the other reader long to open, and seldom has a packet worth it.
    is_sound = document.pdfium is not None and document.pdfium.is_sound
    packet = (_attempt(partial(xmp_packet, path)) if is_sound else None) or b""
    facts = replace(text.facts, declared=tidy({**information, **read_xmp(packet)}))
    pages = tuple(_labelled(page, labels[page.number - 1 : page.number]) for page in text.pages)
    return tell(replace(text, pages=pages, facts=facts))


def _attempt(step: Callable[[], T]) -> T | None:
    try:
        return step()
    except Exception:  # noqa: BLE001 - hostile bytes raise anything; the text that was read is worth more than what is said of it
        return None


def _labelled(page: Page, label: list[str]) -> Page:
    shown = one_line(label[0], longest=LONGEST_LABEL) if label else ""
    return replace(page, label=shown) if shown else page
