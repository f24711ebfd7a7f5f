"""Documents as text, or the reason why not."""

from datetime import datetime

from django.db import transaction

from corpus.models import ExtractedText
from corpus.services.audit import record_event
from corpus.services.foreign import storable_text, storable_text_or_none
from corpus.vocabulary.documents import ExtractionStatus, TextSummary


@transaction.atomic
def store_extraction(
    body_sha256: str, summary: TextSummary, *, blob_sha256: str, at: datetime
) -> ExtractedText:
    """Store what extraction made of a body; the same body and version again change nothing."""
    row, is_new = ExtractedText.objects.get_or_create(
        body_sha256=body_sha256,
        extractor=summary.extractor,
        extractor_version=summary.extractor_version,
        defaults={
            "status": ExtractionStatus.DONE,
            "blob_sha256": blob_sha256,
            "title": storable_text_or_none(summary.title),
            "page_count": summary.page_count,
            "character_count": summary.character_count,
            "extracted_at": at,
        },
    )
    if is_new:
        record_event("text_extracted", row, by=None, at=at)
    return row


@transaction.atomic
def store_extraction_failure(
    body_sha256: str, *, extractor: str, extractor_version: str, reason: str, at: datetime
) -> ExtractedText:
    """Store why a body could not be read by this version."""
    row, is_new = ExtractedText.objects.get_or_create(
        body_sha256=body_sha256,
        extractor=extractor,
        extractor_version=extractor_version,
        defaults={"status": ExtractionStatus.FAILED, "reason": storable_text(reason), "extracted_at": at},
    )
    if is_new:
        record_event("extraction_failed", row, by=None, at=at, reason=reason)
    return row
