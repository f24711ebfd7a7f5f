"""Reads every document that is due. What is due follows from the corpus, so a killed job is simply run again."""

import logging
import tempfile
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from corpus.blobs import write_blob
from corpus.selectors.extraction import DueBody, bodies_due
from corpus.services.extraction import store_extraction, store_extraction_failure
from corpus.services.leases import lease
from corpus.vocabulary.documents import ExtractedText, ExtractionLimits
from corpus.vocabulary.errors import ExtractionError
from greysift.jobs.bodies import body_of
from harvester.extraction import EXTRACTOR, EXTRACTOR_VERSION, extract_document, extract_html, to_json

logger = logging.getLogger(__name__)

BATCH = 32


@dataclass(frozen=True, slots=True)
class ExtractionCounts:
    """What one call did."""

    read: int
    failed: int


def extract_due(
    *,
    executor: Executor,
    limits: ExtractionLimits = ExtractionLimits(),  # noqa: B008 - frozen
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ExtractionCounts:
    """Read all due documents through ``executor``; only this process writes.

    Parameters
    ----------
    executor
        Anything with the interface of ``concurrent.futures``: threads suffice, since each document is
        read in a child process of its own.
    on_progress
        Called with (done, total) after each document.
    """
    with lease("extract"):
        due = bodies_due(extractor=EXTRACTOR, extractor_version=EXTRACTOR_VERSION)
        read = failed = 0
        for start in range(0, len(due), BATCH):
            with tempfile.TemporaryDirectory(prefix="greysift-extract-") as folder:
                jobs = {
                    _submit(executor, body, Path(folder), limits): body for body in due[start : start + BATCH]
                }
                for future in as_completed(jobs):
                    is_read = _store(jobs[future], future)
                    read, failed = read + is_read, failed + (not is_read)
                    on_progress(read + failed, len(due))
        return ExtractionCounts(read=read, failed=failed)


def _submit(
    executor: Executor, due: DueBody, folder: Path, limits: ExtractionLimits
) -> Future[ExtractedText]:
    body = body_of(due.warc_file, due.warc_offset)
    if due.media_type == "text/html":
        return executor.submit(extract_html, body, title=due.title)
    path = folder / due.body_sha256
    path.write_bytes(body)
    return executor.submit(extract_document, path, limits=limits)


def _store(due: DueBody, future: Future[ExtractedText]) -> bool:
    at = timezone.now()
    try:
        text = future.result()
    except ExtractionError as error:
        reason = str(error)
    except BrokenExecutor:
        raise  # nothing was learnt about the document
    except Exception as error:  # one document must never stop the others
        logger.exception("document=%s url=%s could not be read", due.body_sha256, due.url)
        reason = f"the reader failed in a way that nobody foresaw ({type(error).__name__}: {error})"
    else:
        store_extraction(due.body_sha256, text, blob_sha256=write_blob(to_json(text)), at=at)
        return True
    store_extraction_failure(
        due.body_sha256, extractor=EXTRACTOR, extractor_version=EXTRACTOR_VERSION, reason=reason, at=at
    )
    return False
