"""How far the documents of records have come: one word per record for lists."""

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum

from corpus.models import Candidate, Report
from corpus.selectors.extraction import current_texts
from corpus.vocabulary.documents import ExtractionStatus
from corpus.vocabulary.harvest import RetrievalStatus


class Reading(StrEnum):
    """The best that is to be had of a record's documents, best first."""

    READ = "text"
    UNREADABLE = "not readable"
    RETRIEVED = "not read yet"
    SOUGHT = "being sought"
    NOT_RETRIEVED = "not retrieved"
    NONE = "no document"


BY_RETRIEVAL = {
    RetrievalStatus.SOUGHT: Reading.SOUGHT,
    RetrievalStatus.NOT_RETRIEVED: Reading.NOT_RETRIEVED,
}
BY_EXTRACTION = {
    ExtractionStatus.DONE: Reading.READ,
    ExtractionStatus.FAILED: Reading.UNREADABLE,
}


def readings_of(candidates: Sequence[Candidate]) -> dict[int, Reading]:
    """Return the best reading of each candidate's documents, in two queries however many there are."""
    reports = Report.objects.filter(record__in=[c.record_id for c in candidates]).select_related("capture")
    bodies = {r.capture.body_sha256 for r in reports if r.capture}
    newest = {body: ExtractionStatus(text.status) for body, text in current_texts(bodies).items()}
    found: dict[int, list[Reading]] = defaultdict(list)
    for report in reports:
        found[report.record_id].append(_reading(report, newest))
    order = list(Reading)
    return {c.pk: min(found[c.record_id], key=order.index, default=Reading.NONE) for c in candidates}


def _reading(report: Report, newest: dict[str, ExtractionStatus]) -> Reading:
    status = RetrievalStatus(report.status)
    if status is not RetrievalStatus.RETRIEVED or report.capture is None:
        return BY_RETRIEVAL[status]
    extraction = newest.get(report.capture.body_sha256)
    return BY_EXTRACTION[extraction] if extraction else Reading.RETRIEVED
