"""Documents that records lead to: a batch is looked up and written at once.

What became of a document in a run is its sighting; what is newest follows from the moments, not from the order of
storing, so that an old recording may be replayed after newer crawls.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from corpus.models import Record, Report, ReportCapture, ReportSighting, SearchRun
from corpus.services.foreign import storable_text, storable_text_or_none
from corpus.services.found_captures import StoredCapture
from corpus.services.found_keys import fitting
from corpus.services.rows import insert_objects, insert_rows
from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import FoundDocument, RetrievalStatus

GONE_STATUSES = {404: "not found (404)", 410: "deleted (410)"}
"""Answers of the thing itself that say it is gone."""
_TOLD = ("url", "title", "media_type", "status", "reason", "capture_id")


def gone_notice(said: str | None, capture: StoredCapture | None) -> str | None:
    """Return the source's word that a thing is gone: what it said of it, else what its last answer was."""
    if said is not None:
        return storable_text(said)
    return GONE_STATUSES.get(capture.status) if capture is not None else None


class _Seen(NamedTuple):
    """What became of a document in the run; the report may have no primary key yet."""

    report: Report
    status: str
    reason: str | None
    capture_id: int | None
    hops: list[str]
    gone_reason: str | None


class Documents:
    """The documents of a batch of records; call it inside the transaction of the batch.

    Parameters
    ----------
    run
        The run that found them.
    known
        The records of the batch that were stored before.
    captures
        The stored captures that the batch names, by record id.
    later_runs
        Runs of the source that were begun after this one: what they saw of a document is newer.
    """

    def __init__(
        self,
        run: SearchRun,
        known: Iterable[Record],
        captures: Mapping[str, StoredCapture],
        *,
        later_runs: Collection[int] = (),
    ) -> None:
        self._run, self._captures = run, captures
        records = list(known)
        self._known = {record.pk for record in records}
        stored = list(
            Report.objects.filter(record__in=records)
            .select_related("capture")
            .defer("capture__headers", "capture__permissions")
        )
        self._stored = {(report.record_id, report.key): report for report in stored}
        self._files = {
            place: StoredCapture(file.pk, file.status, file.fetched_at, file.body_sha256)
            for place, report in self._stored.items()
            if (file := report.capture) is not None
        }
        self._new: dict[tuple[int, str], Report] = {}
        self._before = {report.pk: _told(report) for report in stored}
        self._seen_later: set[int] = set()
        if later_runs:
            sightings = ReportSighting.objects.filter(report__in=stored, search_run__in=later_runs)
            self._seen_later = set(sightings.values_list("report_id", flat=True))
        self._versions: list[tuple[Report, int]] = []
        self._late: list[Report] = []
        self._sightings: dict[tuple[int, str], _Seen] = {}

    def note(self, record: Record, document: FoundDocument) -> None:
        """Take a document; one that was had once stays so when a later run cannot get it.

        What only stands for an unread page is no document of a record that is known without it, and a double none of any.
        """
        capture = self._captures.get(document.captures[-1]) if document.captures else None
        is_retrieved = document.status is RetrievalStatus.RETRIEVED
        if is_retrieved and capture is None:
            raise SourceError(
                f"document {document.url} is said to be retrieved, but its capture is not stored"
            )
        place = (record.pk, fitting(document.key))
        report = self._stored.get(place)
        is_none = document.is_double or (document.is_unread_page and record.pk in self._known)
        if report is None and is_none:
            return
        if report is None:
            report = self._new.setdefault(place, Report(record_id=record.pk, key=place[1]))
        is_newest = place not in self._stored or report.pk not in self._seen_later
        if is_newest and not (place in self._stored and document.is_unread_page):
            report.url = storable_text(document.url)
            report.title = storable_text(document.title)
            report.media_type = storable_text(document.media_type)[:200]
        had = self._files.get(place) if report.status == RetrievalStatus.RETRIEVED else None
        if is_retrieved and capture is not None:
            if self._is_taken(report, capture, had=had):
                self._files[place] = capture
        elif had is None and is_newest:
            report.status = document.status.value
            report.reason = storable_text_or_none(document.reason)
            report.capture_id = capture and capture.pk
        self._note_sighting(place, report, document, capture)

    def _is_taken(self, report: Report, capture: StoredCapture, *, had: StoredCapture | None) -> bool:
        """Take a file as a version of a document; return whether it is the newest."""
        is_newer = had is None or had.fetched_at <= capture.fetched_at
        if not is_newer or had is None or had.body_sha256 != capture.body_sha256:
            self._versions.append((report, capture.pk))  # else it only confirms the file before it
        if is_newer:
            report.status, report.reason, report.capture_id = (
                RetrievalStatus.RETRIEVED.value,
                None,
                capture.pk,
            )
        else:
            self._late.append(report)
        return is_newer

    def _note_sighting(
        self, place: tuple[int, str], report: Report, document: FoundDocument, capture: StoredCapture | None
    ) -> None:
        """Note what became of a document; of two with one key the last, but one that was had before one that was not."""
        other = self._sightings.get(place)
        is_retrieved = document.status is RetrievalStatus.RETRIEVED
        if other is not None and other.status == RetrievalStatus.RETRIEVED and not is_retrieved:
            return
        self._sightings[place] = _Seen(
            report=report,
            status=document.status.value,
            reason=storable_text_or_none(document.reason),
            capture_id=capture and capture.pk,
            hops=list(document.captures),
            gone_reason=gone_notice(document.gone_reason, capture),
        )

    def save(self) -> list[Report]:
        """Write what was noted; return the documents that are gone by what is stored, and were seen well now."""
        for report in self._stored.values():
            if self._before[report.pk] != _told(report):
                report.save()
        insert_objects(list(self._new.values()), known_by=("record_id", "key"))
        insert_rows(
            ReportCapture,
            ("report_id", "capture_id"),
            ((report.pk, capture_id) for report, capture_id in self._versions),
            passes_over=True,  # a document may be named twice with one file
        )
        insert_rows(
            ReportSighting,
            ("report_id", *_Seen._fields[1:], "search_run_id"),
            ((seen.report.pk, *seen[1:], self._run.pk) for seen in self._sightings.values()),
        )
        for report in self._late:
            _settle_versions(report)
        return [
            seen.report
            for seen in self._sightings.values()
            if seen.gone_reason is None and seen.report.gone_since is not None
        ]


def _settle_versions(report: Report) -> None:
    """Link a report with its files as they followed each other, after one was stored late.

    What was linked as a file may turn out to confirm the one before it, and the other way round.
    """
    had = ReportSighting.objects.filter(
        report=report, status=RetrievalStatus.RETRIEVED, capture__isnull=False
    )
    files = list(
        had.order_by("capture__fetched_at", "capture_id").values_list("capture_id", "capture__body_sha256")
    )
    wanted = [file for n, (file, sha256) in enumerate(files) if n == 0 or files[n - 1][1] != sha256]
    ReportCapture.objects.filter(report=report).exclude(capture__in=wanted).delete()
    ReportCapture.objects.bulk_create(
        (ReportCapture(report=report, capture_id=file) for file in wanted), ignore_conflicts=True
    )


def _told(report: Report) -> tuple[object, ...]:
    return tuple(getattr(report, name) for name in _TOLD)
