"""Makes documents due again that this version of the extractor has tried: set aside, or read without what they needed."""

from django.utils import timezone

from corpus.blobs import read_blob
from corpus.selectors.extraction import TriedBody, bodies_tried
from corpus.services.extraction import forget_attempt
from corpus.services.leases import lease
from corpus.vocabulary.documents import Lack
from harvester.extraction import EXTRACTOR, EXTRACTOR_VERSION, from_json

ALL = "all"
_MARKS = tuple(f'"{lack}"'.encode() for lack in Lack)


def try_again(wanted: str) -> int:
    """Make due what could not be read and what has pages that should have been recognised; return how many.

    ``wanted`` is ``all``, or how the SHA-256 of one document's body begins, whatever became of that one. A text that
    somebody works with stays.
    """
    with lease("extract"):
        tried = bodies_tried(extractor=EXTRACTOR, extractor_version=EXTRACTOR_VERSION)
        chosen = [body for body in tried if _is_wanted(body, wanted)]
        return sum(forget_attempt(body.attempt_id, at=timezone.now()) for body in chosen)


def _is_wanted(body: TriedBody, wanted: str) -> bool:
    if wanted != ALL:
        return body.body_sha256.startswith(wanted.lower())
    return body.blob_sha256 is None or _lacks_pages(read_blob(body.blob_sha256))


def _lacks_pages(stored: bytes) -> bool:
    if not any(mark in stored for mark in _MARKS):  # far cheaper than to read the whole
        return False
    return any(page.lack is not None for page in from_json(stored).pages)
