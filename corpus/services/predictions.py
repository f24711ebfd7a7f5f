"""Scores that models gave."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corpus.models import Prediction, TrainedModel
from corpus.services.audit import record_event


@dataclass(frozen=True, slots=True)
class Scored:
    """One candidate's score, the text it was given for, and whether the model knew the label."""

    candidate_id: int
    score: float
    basis: str
    text_sha256: str


@transaction.atomic
def store_predictions(model: TrainedModel, scored: Iterable[Scored], *, at: datetime) -> int:
    """Store scores that are not stored yet; return how many were new.

    Raises
    ------
    ValueError
        When a score is not a finite number.
    """
    TrainedModel.objects.select_for_update().get(pk=model.pk)  # two that rank at once would store twice
    known = set(Prediction.objects.filter(model=model).values_list("candidate_id", "text_sha256"))
    new = []
    for s in scored:
        if not math.isfinite(s.score):
            raise ValueError(f"the score of candidate {s.candidate_id} is no number: {s.score}")
        if (s.candidate_id, s.text_sha256) not in known:
            known.add((s.candidate_id, s.text_sha256))
            new.append(
                Prediction(
                    candidate_id=s.candidate_id,
                    model=model,
                    score=s.score,
                    basis=s.basis,
                    text_sha256=s.text_sha256,
                    made_at=at,
                )
            )
    Prediction.objects.bulk_create(new)
    if new:
        record_event("predictions_stored", model, by=None, at=at, count=len(new))
    return len(new)
