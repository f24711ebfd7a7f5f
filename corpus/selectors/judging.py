"""What a vote is about, at one moment: what a page shows, and what the vote then keeps."""

from dataclasses import dataclass

from corpus.models import Candidate, Report
from corpus.selectors.records import DocumentView, documents_of
from corpus.selectors.reviews import protocol_version
from corpus.vocabulary.harvest import RetrievalStatus


@dataclass(frozen=True, slots=True)
class Judged:
    """Protocol, revision, file and text; ``text_sha256`` is the hash of the extracted text's blob."""

    protocol_version_id: int
    record_revision: int
    capture_id: int | None
    text_sha256: str | None


def judged_now(candidate: Candidate, *, report_id: int | None = None) -> Judged:
    """Return what somebody who looks at a candidate now would judge.

    Parameters
    ----------
    report_id
        The document that is open; else the one that a page shows first: retrieved, with text if any has.

    Raises
    ------
    WorkspaceError
        When the review has no protocol.
    """
    documents = [d for d in documents_of(candidate) if d.status is RetrievalStatus.RETRIEVED]
    opened: DocumentView | None = next(
        (d for d in documents if d.report_id == report_id), documents[0] if documents else None
    )
    report = Report.objects.get(pk=opened.report_id) if opened else None
    return Judged(
        protocol_version_id=protocol_version(candidate.review).pk,
        record_revision=candidate.record.revision,
        capture_id=report.capture_id if report else None,
        text_sha256=opened.blob_sha256 if opened else None,
    )
