"""Reads every document that is due. What is due follows from the corpus, so a killed job is simply run again."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils import timezone

from corpus.blobs import write_blob
from corpus.selectors.extraction import DueBody, bodies_due, current_blobs
from corpus.services.extraction import store_extraction, store_extraction_failure
from corpus.services.leases import lease
from corpus.vocabulary.anchors import Anchoring
from corpus.vocabulary.documents import ExtractedText, ExtractionLimits
from greysift.jobs.batch import read_bodies
from greysift.jobs.bodies import body_of
from greysift.jobs.carry import carry_due, stored_text
from greysift.jobs.workers import Workers
from harvester.extraction import EXTRACTOR, EXTRACTOR_VERSION, Attempt, Body, from_json
from harvester.extraction.recognition import tesseract
from harvester.extraction.settings import RECOGNITION, may_gain, told


class Again(StrEnum):
    """What became of a document that an earlier version had tried, or this one under other settings."""

    SAME = "same"
    TEXT = "text_changed"
    STRUCTURE = "structure_changed"  # places or structure, not a character of the text
    GAINED = "gained"  # could not be read before
    KEPT = "kept"  # cannot be read any more: the earlier text stays
    STILL_NOT = "still_not"


@dataclass(frozen=True, slots=True)
class ExtractionCounts:
    """What one call did.

    ``again`` counts the documents that had been tried before, ``carried`` the places on earlier texts.
    """

    read: int
    failed: int
    again: Mapping[Again, int]
    carried: Mapping[Anchoring, int]


def extract_due(
    *,
    workers: Workers,
    limits: ExtractionLimits = ExtractionLimits(),  # noqa: B008 - frozen
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ExtractionCounts:
    """Read all due documents with ``workers``, then find the places on earlier texts again; only this process writes.

    Parameters
    ----------
    on_progress
        Called with (done, total) after each document.
    """
    with lease("extract"):
        here = {**told(limits), RECOGNITION: tesseract.named()}
        due = bodies_due(
            extractor=EXTRACTOR,
            extractor_version=EXTRACTOR_VERSION,
            is_outdated=lambda held_back: may_gain(held_back, here),
        )
        before = current_blobs([entry.body_sha256 for entry in due])
        read = failed = 0
        again: Counter[Again] = Counter()
        for body, result in read_bodies(_bodies(due), workers=workers, limits=limits):
            is_read = _store(body.key, result)
            read, failed = read + is_read, failed + (not is_read)
            if body.key in before:
                again[_compare(before[body.key], result)] += 1
            on_progress(read + failed, len(due))
        carried = carry_due()
        return ExtractionCounts(
            read=read, failed=failed, again={kind: again[kind] for kind in Again}, carried=carried
        )


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
        held_back=result.held_back,
        at=at,
    )
    return False


def _compare(old_blob: str | None, result: Attempt) -> Again:
    if result.stored is None:
        return Again.KEPT if old_blob else Again.STILL_NOT
    if old_blob is None:
        return Again.GAINED
    old, new = stored_text(old_blob), from_json(result.stored)
    if old is None or old.text != new.text:
        return Again.TEXT
    return Again.SAME if _without_version(old) == _without_version(new) else Again.STRUCTURE


def _without_version(text: ExtractedText) -> ExtractedText:
    return replace(text, extractor_version="", settings={})
