"""Places on earlier texts, found again in newer ones."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from corpus.models import ExtractedText, Reanchoring
from corpus.services.audit import record_event
from corpus.services.foreign import storable_text
from corpus.vocabulary.anchors import Anchoring
from corpus.vocabulary.carrying import Carried


@transaction.atomic
def store_reanchorings(text_id: int, found: Mapping[int, Carried], *, at: datetime) -> int:
    """Store where suggestions, by id, stand in a text; what is stored already stays. Return how many were new."""
    text = ExtractedText.objects.select_for_update().get(pk=text_id)
    known = set(
        Reanchoring.objects.filter(extracted_text=text, suggestion__in=found).values_list(
            "suggestion_id", flat=True
        )
    )
    new = [
        _row(suggestion_id, text, carried, at=at)
        for suggestion_id, carried in found.items()
        if suggestion_id not in known
    ]
    Reanchoring.objects.bulk_create(new)
    if new:
        counts = {kind.value: sum(row.anchoring == kind for row in new) for kind in Anchoring}
        record_event("places_carried_over", text, by=None, at=at, **counts)
    return len(new)


def _row(suggestion_id: int, text: ExtractedText, carried: Carried, *, at: datetime) -> Reanchoring:
    span = carried.span
    return Reanchoring(
        suggestion_id=suggestion_id,
        extracted_text=text,
        anchoring=carried.anchoring,
        page=span.page if span else None,
        start=span.start if span else None,
        end=span.end if span else None,
        quote=None if carried.quote is None else storable_text(carried.quote),
        boxes=[[box.x0, box.top, box.x1, box.bottom] for box in carried.boxes],
        made_at=at,
    )
