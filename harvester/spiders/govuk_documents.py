"""What became of a publication's documents."""

from collections.abc import Mapping
from typing import Any

from corpus.vocabulary.harvest import FoundDocument, RetrievalStatus
from harvester.reasons import NotRetrieved, with_detail
from harvester.spiders import govuk_content as content
from harvester.spiders.base import Fetched
from harvester.spiders.govuk_content import Attachment

_PDF_WITHIN = 1024  # bytes; readers accept junk of this length before the header


def file_document(attachment: Attachment, url: str, fetched: Fetched) -> FoundDocument:
    """Return what became of a file; what claims to be a PDF must begin like one."""
    if fetched.reason is not None:
        return not_retrieved(attachment, url, reason=fetched.reason, fetched=fetched)
    if not fetched.body:
        return not_retrieved(attachment, url, reason=NotRetrieved.EMPTY, fetched=fetched)
    is_pdf = b"%PDF-" in fetched.body[:_PDF_WITHIN]
    declared = attachment.media_type or fetched.media_type
    if not is_pdf and fetched.media_type == "text/html" and declared != "text/html":
        return not_retrieved(attachment, url, reason=NotRetrieved.WEB_PAGE, fetched=fetched)
    if not is_pdf and declared == "application/pdf":
        is_page = fetched.body.lstrip()[:1] == b"<"
        reason = NotRetrieved.WEB_PAGE if is_page else NotRetrieved.NOT_A_PDF
        return not_retrieved(attachment, url, reason=reason, fetched=fetched)
    return FoundDocument(
        key=attachment.id or url,
        url=url,
        title=attachment.title,
        media_type="application/pdf" if is_pdf else fetched.media_type or declared,
        status=RetrievalStatus.RETRIEVED,
        captures=fetched.capture_ids,
    )


def missing_publication(url: str, title: str, reason: str, fetched: Fetched) -> FoundDocument:
    """Return the document that a publication without a readable page stands for."""
    return FoundDocument(
        key=url,
        url=url,
        title=title,
        media_type="",
        status=RetrievalStatus.NOT_RETRIEVED,
        reason=str(reason),
        captures=fetched.capture_ids,
    )


def absence(item: Mapping[str, Any]) -> str | None:
    """Return why a content item is no publication, ``None`` when it is one."""
    match item.get("schema_name"):
        case "gone":
            return NotRetrieved.GONE
        case "redirect":
            return with_detail(NotRetrieved.MOVED, content.new_address(item) or "no destination given")
        case _:
            return None


def not_retrieved(
    attachment: Attachment, url: str, *, reason: str, fetched: Fetched | None = None
) -> FoundDocument:
    """Return an attachment that was not got, and why; ``fetched`` is the attempt, where there was one."""
    return FoundDocument(
        key=attachment.id or url or attachment.title,
        url=url,
        title=attachment.title,
        media_type=attachment.media_type,
        status=RetrievalStatus.NOT_RETRIEVED,
        reason=str(reason),
        captures=fetched.capture_ids if fetched is not None else (),
    )
