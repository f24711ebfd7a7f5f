"""Candidates: as the ranker reads them, and as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Candidate, ExtractedText, Report, Review
from corpus.selectors.extraction import current_texts
from corpus.vocabulary.documents import ExtractionStatus
from corpus.vocabulary.harvest import RetrievalStatus


@dataclass(frozen=True, slots=True)
class PoolRecord:
    """One candidate as the ranker reads it. ``key`` is the record's identity at its source."""

    candidate_id: int
    source: str
    key: str
    title: str
    publisher: str | None
    summary: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A record's document, with what reading it gave. ``blob_sha256`` is its text; ``None`` when unread.

    ``title`` is what its link or its source calls it, ``record_title`` what the page that offers it does.
    """

    report_id: int
    title: str
    record_title: str
    url: str
    media_type: str
    status: RetrievalStatus
    reason: str | None
    body_sha256: str | None
    warc_file: str | None
    warc_offset: int | None
    blob_sha256: str | None
    page_count: int
    extraction_failure: str | None


def pool(review: Review) -> list[PoolRecord]:
    """Return all candidates of a review, in the order in which they came."""
    rows = Candidate.objects.filter(review=review).select_related("record__source").order_by("pk")
    return [
        PoolRecord(
            candidate_id=c.pk,
            source=c.record.source.slug,
            key=c.record.key,
            title=c.record.title,
            publisher=c.record.publisher,
            summary=c.record.summary,
            published=c.record.published,
        )
        for c in rows
    ]


def candidate_in(review: Review, candidate_id: int) -> Candidate | None:
    """Return a candidate of this review, with its record."""
    return (
        Candidate.objects.filter(review=review, pk=candidate_id)
        .select_related("record__source", "review")
        .first()
    )


def candidates_in(review: Review, candidate_ids: Sequence[int]) -> list[Candidate]:
    """Return these candidates of this review with their records, in the order asked for."""
    rows = Candidate.objects.filter(review=review, pk__in=candidate_ids).select_related("record__source")
    found = {c.pk: c for c in rows}
    return [found[i] for i in candidate_ids if i in found]


def documents_of(candidate: Candidate) -> list[DocumentView]:
    """Return the documents of a candidate's record, those with text first."""
    reports = list(
        Report.objects.filter(record=candidate.record).select_related("capture", "record").order_by("pk")
    )
    bodies = {r.capture.body_sha256 for r in reports if r.capture}
    texts = current_texts(bodies)
    views = [_document_view(r, texts.get(r.capture.body_sha256) if r.capture else None) for r in reports]
    return sorted(views, key=lambda v: v.blob_sha256 is None)


def _document_view(report: Report, text: ExtractedText | None) -> DocumentView:
    capture = report.capture
    return DocumentView(
        report_id=report.pk,
        title=report.title,
        record_title=report.record.title,
        url=report.url,
        media_type=report.media_type,
        status=RetrievalStatus(report.status),
        reason=report.reason,
        body_sha256=capture.body_sha256 if capture else None,
        warc_file=capture.warc_file if capture else None,
        warc_offset=capture.warc_offset if capture else None,
        blob_sha256=text.blob_sha256 if text else None,
        page_count=text.page_count if text else 0,
        extraction_failure=text.reason if text and text.status == ExtractionStatus.FAILED else None,
    )


def document_in(review: Review, report_id: int) -> DocumentView | None:
    """Return one document of a record that is a candidate of this review."""
    report = (
        Report.objects.filter(pk=report_id, record__candidates__review=review)
        .select_related("capture", "record")
        .first()
    )
    if report is None:
        return None
    body = report.capture.body_sha256 if report.capture else ""
    return _document_view(report, current_texts([body]).get(body))
