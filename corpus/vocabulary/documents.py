"""What extraction makes of a document: text with places.

Coordinates are PDF points (1/72 inch) with the origin at the top left of the page as it is shown.
Character offsets count code points into the text of the page they belong to.
"""

from dataclasses import dataclass
from enum import StrEnum


class ExtractionStatus(StrEnum):
    """How an attempt to read a document ended."""

    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word, where it stands in the page's text, and where on the paper."""

    text: str
    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number (from 1), its size in points, its text, its words in reading order."""

    number: int
    width: float
    height: float
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """A whole document as text.

    Attributes
    ----------
    title
        The title printed or declared in the document; ``None`` where neither can be found.
    title_from
        ``"metadata"`` or ``"typography"``; ``None`` when there is no title.
    pages
        All pages, in order. A page without text is present, with empty text.
    extractor, extractor_version
        Which code made this; a change of either makes the text due again.
    """

    title: str | None
    title_from: str | None
    pages: tuple[Page, ...]
    extractor: str
    extractor_version: str

    @property
    def text(self) -> str:
        """All pages' text, pages parted by a form feed."""
        return "\f".join(page.text for page in self.pages)


@dataclass(frozen=True, slots=True)
class ExtractionLimits:
    """What one document may cost before it is set aside.

    Attributes
    ----------
    seconds
        Wall-clock time.
    memory_bytes
        Address space of the child process.
    pages
        Documents with more pages than this fail with a reason.
    """

    seconds: float = 120.0
    memory_bytes: int = 2 * 1024**3
    pages: int = 3000
