"""One page of a document, as a reviewer reads it: its text, and whether it can be had as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.selectors.records import DocumentView
from corpus.vocabulary.harvest import RetrievalStatus
from greysift.jobs.texts import text_of

PICTURED = "application/pdf"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document opened at a page. ``pages`` is 0 while nobody has counted them."""

    document: DocumentView
    page: int
    pages: int
    text: str | None
    has_picture: bool

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
    on_page = text.pages[number - 1].text if text and number <= len(text.pages) else None
    return Paper(
        document=document,
        page=number,
        pages=document.page_count,
        text=on_page,
        has_picture=is_pictured(document),
    )


def first_readable(documents: Sequence[DocumentView], *, report_id: int | None) -> DocumentView | None:
    """Return the document that was asked for, else the first that can be read or seen."""
    readable = [d for d in documents if d.blob_sha256 or is_pictured(d)]
    wanted = [d for d in readable if d.report_id == report_id]
    return next(iter(wanted or readable), None)
