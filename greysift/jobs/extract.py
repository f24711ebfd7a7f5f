"""Reads every document that is due. What is due follows from the corpus, so a killed job is simply run again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from corpus.blobs import write_blob
from corpus.selectors.extraction import DueBody, bodies_due
from corpus.services.extraction import store_extraction, store_extraction_failure
from corpus.services.leases import lease
from corpus.vocabulary.documents import ExtractionLimits
from greysift.jobs.batch import read_bodies
from greysift.jobs.bodies import body_of
from greysift.jobs.workers import Workers
from harvester.extraction import EXTRACTOR, EXTRACTOR_VERSION, Attempt, Body


@dataclass(frozen=True, slots=True)
class ExtractionCounts:
    """What one call did."""

    read: int
    failed: int


def extract_due(
    *,
    workers: Workers,
    limits: ExtractionLimits = ExtractionLimits(),  # noqa: B008 - frozen
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ExtractionCounts:
    """Read all due documents with ``workers``; only this process writes.

    Parameters
    ----------
    on_progress
        Called with (done, total) after each document.
    """
    with lease("extract"):
        due = bodies_due(extractor=EXTRACTOR, extractor_version=EXTRACTOR_VERSION)
        read = failed = 0
        for body, result in read_bodies(_bodies(due), workers=workers, limits=limits):
            is_read = _store(body.key, result)
            read, failed = read + is_read, failed + (not is_read)
            on_progress(read + failed, len(due))
        return ExtractionCounts(read=read, failed=failed)


def _bodies(due: Sequence[DueBody]) -> Iterator[Body]:
    for entry in due:
        data = body_of(entry.warc_file, entry.warc_offset)
        yield Body(entry.body_sha256, data, media_type=entry.media_type, title=entry.title)


def _store(body_sha256: str, result: Attempt) -> bool:
    at = timezone.now()
    if result.stored is not None and result.summary is not None:
        store_extraction(body_sha256, result.summary, blob_sha256=write_blob(result.stored), at=at)
        return True
    store_extraction_failure(
        body_sha256,
        extractor=EXTRACTOR,
        extractor_version=result.extractor_version,
        reason=result.reason or "",
        at=at,
    )
    return False
