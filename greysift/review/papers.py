"""One page of a document, as a reviewer reads it: its text, and whether it can be had as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.selectors.records import DocumentView
from corpus.vocabulary.documents import ExtractedText, Page
from corpus.vocabulary.harvest import RetrievalStatus
from greysift.jobs.texts import text_of
from harvester.extraction.remarks import remark_on, title_remark
from harvester.extraction.titles import agree

PICTURED = "application/pdf"
FULL_LINE = 0.75  # a line at least this long, measured by the page's long lines, goes on in the next


@dataclass(frozen=True, slots=True)
class Paper:
    """A document opened at a page.

    Attributes
    ----------
    pages
        How many pages it has; 0 while nobody has counted them.
    paragraphs
        The page's text, its lines joined for reading; ``None`` when the document has not been read.
    remark
        What to know of that text: that it was recognised from the picture, and how surely, or should have been.
    """

    document: DocumentView
    page: int
    pages: int
    paragraphs: tuple[str, ...] | None
    has_picture: bool
    remark: str | None = None

    @property
    def previous(self) -> int | None:
        """The page before this one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        """The page after this one."""
        return self.page + 1 if self.page < self.pages else None


def is_pictured(document: DocumentView) -> bool:
    """Return whether pages of this document can be rendered."""
    return document.status is RetrievalStatus.RETRIEVED and document.media_type.startswith(PICTURED)


def open_paper(document: DocumentView, *, page: int) -> Paper:
    """Return a page of a document; a number beyond either end opens the nearest page there is."""
    text = text_of(document)
    number = max(1, min(page, document.page_count or 1))
    read = text.pages[number - 1] if text and number <= len(text.pages) else None
    return Paper(
        document=document,
        page=number,
        pages=document.page_count,
        paragraphs=None if read is None else paragraphs_of(read.text),
        has_picture=is_pictured(document),
        remark=_remark(text, read, known=document.title) if text and read else None,
    )


def _remark(text: ExtractedText, page: Page, *, known: str) -> str | None:
    """Say what to know of a page's text, and on the first whether the document calls itself something else."""
    said = [remark_on(text, page)]
    if page.number == 1 and text.title and not agree(known, text.title):
        said.append(title_remark(text, known))
    return " ".join(filter(None, said)) or None


def first_readable(documents: Sequence[DocumentView], *, report_id: int | None) -> DocumentView | None:
    """Return the document that was asked for, else the first that can be read or seen."""
    readable = [d for d in documents if d.blob_sha256 or is_pictured(d)]
    wanted = [d for d in readable if d.report_id == report_id]
    return next(iter(wanted or readable), None)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Join the lines of a page where one runs on into the next; no word is added, lost or moved.

    A line that nearly fills the measure runs on; a short one ends its paragraph, as does an empty one.
    """
    lines = [line.strip() for line in text.splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    measure = lengths[len(lengths) * 9 // 10] if lengths else 0
    paragraphs: list[str] = []
    runs_on = False
    for line in lines:
        if line and runs_on:
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        elif line:
            paragraphs.append(line)
        runs_on = bool(line) and len(line) >= FULL_LINE * measure
    return tuple(paragraphs)
