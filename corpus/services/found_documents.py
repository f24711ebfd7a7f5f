"""Documents that records lead to: a batch is looked up and written at once."""

from collections.abc import Iterable, Mapping

from corpus.models import Capture, Record, Report, ReportCapture
from corpus.services.foreign import storable_text, storable_text_or_none
from corpus.services.found_keys import fitting
from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import FoundDocument, RetrievalStatus

_TOLD = ("url", "title", "media_type", "status", "reason", "capture_id")


class Documents:
    """The documents of a batch of records; call it inside the transaction of the batch.

    Parameters
    ----------
    known
        The records of the batch that were stored before.
    captures
        The stored captures that the batch names, by record id.
    """

    def __init__(self, known: Iterable[Record], captures: Mapping[str, Capture]) -> None:
        self._captures = captures
        stored = list(Report.objects.filter(record__in=list(known)))
        self._stored = {(report.record_id, report.key): report for report in stored}
        self._new: dict[tuple[int, str], Report] = {}
        self._before = {report.pk: _told(report) for report in stored}
        pairs = ReportCapture.objects.filter(report__in=stored).values_list("report_id", "capture_id")
        self._were = set(pairs)
        self._are: list[tuple[Report, Capture]] = []

    def note(self, record: Record, document: FoundDocument) -> None:
        """Take a document; one that was had once stays so when a later run cannot get it."""
        capture = self._captures.get(document.captures[-1]) if document.captures else None
        is_retrieved = document.status is RetrievalStatus.RETRIEVED
        if is_retrieved and capture is None:
            raise SourceError(
                f"document {document.url} is said to be retrieved, but its capture is not stored"
            )
        key = fitting(document.key)
        report = self._stored.get((record.pk, key))
        if report is None:
            report = self._new.setdefault((record.pk, key), Report(record=record, key=key))
        report.url = storable_text(document.url)
        report.title = storable_text(document.title)
        report.media_type = storable_text(document.media_type)[:200]
        if is_retrieved or report.status != RetrievalStatus.RETRIEVED:
            report.status = document.status
            report.reason = storable_text_or_none(document.reason)
            report.capture = capture
        if is_retrieved and capture is not None:
            self._are.append((report, capture))

    def save(self) -> None:
        """Write what was noted."""
        for report in self._stored.values():
            if self._before[report.pk] != _told(report):
                report.save()
        Report.objects.bulk_create(self._new.values())
        pairs = dict.fromkeys((report.pk, capture.pk) for report, capture in self._are)
        ReportCapture.objects.bulk_create(
            ReportCapture(report_id=report, capture_id=capture)
            for report, capture in pairs
            if (report, capture) not in self._were
        )


def _told(report: Report) -> tuple[object, ...]:
    return tuple(getattr(report, name) for name in _TOLD)
