"""What a search run brings in: captures, records, documents. Every call may be repeated without harm."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corpus.models import Capture, Record, RecordRevision, Report, ReportCapture, SearchRun, Sighting, Source
from corpus.services.audit import record_event
from corpus.services.foreign import storable_json, storable_text, storable_text_or_none
from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import (
    CaptureFact,
    FoundDocument,
    FoundRecord,
    RetrievalStatus,
    RunResult,
    RunStatus,
)

ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
RECORD_FIELDS = (
    "url",
    "title",
    "summary",
    "publisher",
    "published",
    "document_type",
    "withdrawn_reason",
)


@transaction.atomic
def begin_run(
    source: Source, *, uid: UUID, channel: str, strategy: Mapping[str, object], at: datetime
) -> SearchRun:
    """Open a search run, or return the one that is to be taken up again.

    A crawl takes up the source's unfinished crawl if there is one; a replay or upload takes up the run of
    the same ``uid``, finished or not.
    """
    Source.objects.select_for_update().get(pk=source.pk)  # two processes that begin at once get one run
    if channel == "crawl":
        unfinished = SearchRun.objects.filter(
            source=source, channel=channel, status=RunStatus.RUNNING
        ).first()
        if unfinished is not None:
            return unfinished
    run, is_new = SearchRun.objects.get_or_create(
        uid=uid,
        defaults={
            "source": source,
            "channel": channel,
            "status": RunStatus.RUNNING,
            "strategy": storable_json(strategy),
            "started_at": at,
        },
    )
    if run.source_id != source.pk:
        raise SourceError(f"run {uid} belongs to source {run.source.slug}, not to {source.slug}")
    if is_new:
        record_event("run_begun", run, by=None, at=at, channel=channel)
    return run


@transaction.atomic
def store_capture(run_uid: UUID, fact: CaptureFact) -> bool:
    """Store one capture; return whether it is new."""
    _, is_new = Capture.objects.get_or_create(
        record_id=fact.record_id,
        defaults={
            "search_run": SearchRun.objects.get(uid=run_uid),
            "url": storable_text(fact.url),
            "status": fact.status,
            "headers": storable_json(fact.headers),
            "body_sha256": fact.body_sha256,
            "body_size": fact.body_size,
            "fetched_at": fact.fetched_at,
            "warc_file": fact.warc_file,
            "warc_offset": fact.warc_offset,
            "permissions": storable_json(fact.permissions),
        },
    )
    return is_new


@transaction.atomic
def store_record(run_uid: UUID, found: FoundRecord) -> bool:
    """Store what a run found: record, revision when it says something new, documents, sighting.

    Returns
    -------
    bool
        Whether the record is new to the corpus.

    Notes
    -----
    The moment of a sighting is that of the newest capture behind it, so that a replay writes the same rows
    as the crawl; an upload has no captures and takes the run's start.

    Raises
    ------
    SourceError
        When the date is no ISO date, or a document said to be retrieved has no stored capture.
    """
    _check_date(found)
    run = SearchRun.objects.select_related("source").get(uid=run_uid)
    Source.objects.select_for_update().get(pk=run.source_id)  # one writer at a time numbers revisions
    key = _fitting(found.key)
    record = Record.objects.filter(source=run.source, key=key).first()
    if record is not None and Sighting.objects.filter(search_run=run, record=record).exists():
        return False
    captures = {c.record_id: c for c in Capture.objects.filter(record_id__in=_capture_ids(found))}
    seen_at = max((c.fetched_at for c in captures.values()), default=run.started_at)
    is_new = record is None
    if record is None:
        record = Record(source=run.source, key=key, revision=0, first_seen_at=seen_at)
    _revise(record, found, seen_at=seen_at)
    for document in found.documents:
        _store_document(record, document, captures)
    Sighting.objects.create(search_run=run, record=record, revision=record.revision)
    return is_new


def _capture_ids(found: FoundRecord) -> set[str]:
    return {*found.captures, *(c for document in found.documents for c in document.captures)}


def _check_date(found: FoundRecord) -> None:
    """Raise unless the date is as ISO writes it, whole or cut; the column holds nothing else."""
    published = found.published
    if published is None:
        return
    try:
        is_date = bool(ISO_DATE.fullmatch(published)) and date.fromisoformat(f"{published}-01-01"[:10])
    except ValueError:
        is_date = False
    if not is_date:
        raise SourceError(f"record {found.key}: {published!r} is no ISO date (2019, 2019-05, 2019-05-17)")


def _fitting(key: str) -> str:
    """Keep identities that fit their column; longer ones (URLs) become their hash."""
    key = storable_text(key)
    return key if len(key) <= 500 else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def _revise(record: Record, found: FoundRecord, *, seen_at: datetime) -> None:
    said = {field: storable_json(getattr(found, field)) for field in ("key", *RECORD_FIELDS, "said")}
    sha256 = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    newest = RecordRevision.objects.filter(record=record).order_by("-number").first() if record.pk else None
    if newest is not None and newest.sha256 == sha256:
        return
    record.revision += 1
    record.url = storable_text_or_none(found.url)
    record.title = storable_text(found.title)
    record.summary = storable_text_or_none(found.summary)
    record.publisher = storable_text_or_none(found.publisher)
    record.published = found.published
    document_type = storable_text_or_none(found.document_type)
    record.document_type = document_type and document_type[:100]  # the revision keeps it whole
    record.withdrawn_reason = storable_text_or_none(found.withdrawn_reason)
    record.save()
    RecordRevision.objects.create(
        record=record,
        number=record.revision,
        sha256=sha256,
        said=said,
        captures=list(found.captures),
        seen_at=seen_at,
    )
    event = "record_found" if record.revision == 1 else "record_revised"
    record_event(event, record, by=None, at=seen_at, revision=record.revision)


def _store_document(record: Record, document: FoundDocument, captures: Mapping[str, Capture]) -> None:
    """Store a document; one that was had once stays so when a later run cannot get it."""
    capture = captures.get(document.captures[-1]) if document.captures else None
    is_retrieved = document.status is RetrievalStatus.RETRIEVED
    if is_retrieved and capture is None:
        raise SourceError(f"document {document.url} is said to be retrieved, but its capture is not stored")
    key = _fitting(document.key)
    report = Report.objects.filter(record=record, key=key).first() or Report(record=record, key=key)
    report.url = storable_text(document.url)
    report.title = storable_text(document.title)
    report.media_type = storable_text(document.media_type)[:200]
    if is_retrieved or report.status != RetrievalStatus.RETRIEVED:
        report.status = document.status
        report.reason = storable_text_or_none(document.reason)
        report.capture = capture
    report.save()
    if is_retrieved:
        ReportCapture.objects.get_or_create(report=report, capture=capture)


@transaction.atomic
def finish_run(run_uid: UUID, result: RunResult, *, at: datetime) -> SearchRun:
    """Close a run: complete when nothing failed, else failed; a run that is closed stays as it is.

    A run that got less than its source says it holds has failed, whether it noticed or not.
    """
    run = SearchRun.objects.select_for_update().get(uid=run_uid)
    if run.status != RunStatus.RUNNING:
        return run
    failures = [storable_text(failure) for failure in result.failures]
    if not failures and result.expected is not None and result.got < result.expected:
        failures = [f"got {result.got} of {result.expected} that the source says it holds"]
    run.status = RunStatus.FAILED if failures else RunStatus.COMPLETE
    run.finished_at = at
    run.expected = result.expected
    run.got = result.got
    run.counts = storable_json(result.counts)
    run.failures = [*failures, *map(storable_text, result.remarks)]
    run.versions = storable_json(result.versions)
    run.save()
    record_event("run_finished", run, by=None, at=at, status=run.status)
    return run
