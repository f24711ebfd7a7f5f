"""Finds places on earlier texts again in the current ones. What is due follows from the corpus, as for reading."""

from collections.abc import Sequence
from itertools import groupby

from django.utils import timezone

from corpus.blobs import read_blob
from corpus.selectors.anchors import DueAnchor, anchors_due
from corpus.services.anchors import store_reanchorings
from corpus.vocabulary.anchors import CONTEXT, Anchor, Anchoring, anchor
from corpus.vocabulary.carrying import Carried, carry
from corpus.vocabulary.documents import ExtractedText, Span
from harvester.extraction import from_json


def carry_due() -> dict[Anchoring, int]:
    """Carry every place that is due; return how they were found."""
    counts = dict.fromkeys(Anchoring, 0)
    for (old_blob, new_id, new_blob), group in groupby(
        anchors_due(), key=lambda one: (one.old_blob_sha256, one.new_text_id, one.new_blob_sha256)
    ):
        found = _carry_all(list(group), old=stored_text(old_blob), new=stored_text(new_blob))
        store_reanchorings(new_id, found, at=timezone.now())
        for carried in found.values():
            counts[carried.anchoring] += 1
    return counts


def stored_text(blob_sha256: str) -> ExtractedText | None:
    """Return a stored text; ``None`` when an earlier program stored it in a form that this one does not read."""
    try:
        return from_json(read_blob(blob_sha256))
    except ValueError:
        return None


def _carry_all(
    due: Sequence[DueAnchor], *, old: ExtractedText | None, new: ExtractedText | None
) -> dict[int, Carried]:
    if new is None:
        return {}
    return {one.suggestion_id: carry(_anchor(one, old), new) for one in due}


def _anchor(one: DueAnchor, old: ExtractedText | None) -> Anchor:
    try:
        if old is not None:
            return anchor(old, Span(one.page, one.start, one.end))
    except ValueError:  # a place that its own text does not have
        pass
    # Nothing is known of its surroundings: no place can surpass this.
    return Anchor(one.quote, "", "", one.page, one.start, one.end, rival=2 * CONTEXT)
