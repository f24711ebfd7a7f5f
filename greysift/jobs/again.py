"""Makes documents due again that this version of the extractor has tried: set aside, or read without what they needed."""

from collections.abc import Sequence

from django.utils import timezone

from corpus.blobs import read_blob
from corpus.selectors.extraction import DueBody, TriedBody, bodies_due, bodies_tried
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

    Raises
    ------
    LookupError
        When no document's number begins so, or several do.
    """
    with lease("extract"):
        tried = bodies_tried(extractor=EXTRACTOR, extractor_version=EXTRACTOR_VERSION)
        chosen = [body for body in tried if _is_wanted(body, wanted)]
        if wanted != ALL and len(found := chosen or _due(wanted)) != 1:
            raise LookupError(_not_one(wanted, [body.body_sha256 for body in found]))
        return sum(forget_attempt(body.attempt_id, at=timezone.now()) for body in chosen)


def _is_wanted(body: TriedBody, wanted: str) -> bool:
    if wanted != ALL:
        return bool(wanted) and body.body_sha256.startswith(wanted.lower())
    return body.blob_sha256 is None or _lacks_pages(read_blob(body.blob_sha256))


def _due(wanted: str) -> list[DueBody]:
    """Return what is read in any case: this version has not tried it."""
    due = bodies_due(extractor=EXTRACTOR, extractor_version=EXTRACTOR_VERSION)
    return [body for body in due if wanted and body.body_sha256.startswith(wanted.lower())]


def _not_one(wanted: str, found: Sequence[str]) -> str:
    if not wanted:
        return "no document is named: say all, or how its number begins"
    if len(found) > 1:
        named = ", ".join(sha[:12] for sha in found[:3])
        return (
            f"the numbers of {len(found)} documents begin with {wanted}, among them {named}: say more of it"
        )
    return f"there is no document whose number begins with {wanted}: `greysift extract` lists those set aside"


def _lacks_pages(stored: bytes) -> bool:
    if not any(mark in stored for mark in _MARKS):  # far cheaper than to read the whole
        return False
    return any(page.lack is not None for page in from_json(stored).pages)
