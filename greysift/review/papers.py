"""One page of a document, as a reviewer reads it: its text, and whether it can be had as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.selectors.records import DocumentView
from corpus.vocabulary.documents import ExtractedText, Page
from corpus.vocabulary.harvest import RetrievalStatus
from greysift.jobs.texts import text_of
from greysift.review.passages import Passage, passages_of
from harvester.extraction.remarks import remark_on, title_remark
from harvester.extraction.structure.titling import agree

PICTURED = "application/pdf"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document opened at a page.

    Attributes
    ----------
    pages
        How many pages it has; 0 while nobody has counted them.
    passages
        The page's text; ``None`` when the document has not been read.
    remark
        What to know of that text: that it was recognised from the picture, and how surely, or should have been.
    """

    document: DocumentView
    page: int
    pages: int
    passages: tuple[Passage, ...] | None
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
        passages=passages_of(text, read) if text and read else None,
        has_picture=is_pictured(document),
        remark=_remark(text, read, document=document) if text and read else None,
    )


def _remark(text: ExtractedText, page: Page, *, document: DocumentView) -> str | None:
    """Say what to know of a page's text, and on the first whether the document calls itself something else.

    Links are often called "Download" or "PDF": either of the titles by which it is known may agree.
    """
    said = [remark_on(text, page)]
    title = text.title if page.number == 1 else None
    if title and not any(agree(known, title) for known in (document.title, document.record_title)):
        said.append(title_remark(text, document.record_title))
    return " ".join(filter(None, said)) or None


def first_readable(documents: Sequence[DocumentView], *, report_id: int | None) -> DocumentView | None:
    """Return the document that was asked for, else the first that can be read or seen."""
    readable = [d for d in documents if d.blob_sha256 or is_pictured(d)]
    wanted = [d for d in readable if d.report_id == report_id]
    return next(iter(wanted or readable), None)
