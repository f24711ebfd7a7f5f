"""Documents as text, or the reason why not."""

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction
from django.db.models import ProtectedError

from corpus.models import ExtractedText
from corpus.services.audit import record_event
from corpus.services.foreign import storable_text, storable_text_or_none
from corpus.vocabulary.documents import ExtractionStatus, TextSummary

NOTHING: Mapping[str, str] = MappingProxyType({})


@transaction.atomic
def store_extraction(
    body_sha256: str, summary: TextSummary, *, blob_sha256: str, at: datetime
) -> ExtractedText:
    """Store what extraction made of a body; the same body, version and settings again change nothing."""
    row, is_new = ExtractedText.objects.get_or_create(
        body_sha256=body_sha256,
        extractor=summary.extractor,
        extractor_version=summary.extractor_version,
        held_back=_written(summary.held_back),
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
    body_sha256: str,
    *,
    extractor: str,
    extractor_version: str,
    reason: str,
    at: datetime,
    held_back: Mapping[str, str] = NOTHING,
) -> ExtractedText:
    """Store why a body could not be read by this version, and with which settings it might have been."""
    row, is_new = ExtractedText.objects.get_or_create(
        body_sha256=body_sha256,
        extractor=extractor,
        extractor_version=extractor_version,
        held_back=_written(held_back),
        defaults={"status": ExtractionStatus.FAILED, "reason": storable_text(reason), "extracted_at": at},
    )
    if is_new:
        record_event("extraction_failed", row, by=None, at=at, reason=reason)
    return row


@transaction.atomic
def forget_attempt(attempt_id: int, *, at: datetime) -> bool:
    """Make a body due again that was tried; what came of it stays in the log.

    Return whether it is due: not where somebody works with the text, or the attempt is gone already.
    """
    row = ExtractedText.objects.select_for_update().filter(pk=attempt_id).first()
    if row is None:
        return False
    facts = {"body_sha256": row.body_sha256, "version": row.extractor_version, "reason": row.reason}
    record_event("extraction_told_again", row, by=None, at=at, blob_sha256=row.blob_sha256, **facts)
    try:
        row.delete()
    except ProtectedError:
        transaction.set_rollback(True)
        return False
    return True


def _written(held_back: Mapping[str, str]) -> str:
    return json.dumps(dict(held_back), sort_keys=True)
