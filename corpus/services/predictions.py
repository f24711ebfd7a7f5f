"""Scores that models gave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corpus.models import Prediction, TrainedModel


@dataclass(frozen=True, slots=True)
class Scored:
    """One candidate's score, the text it was given for, and whether the model knew the label."""

    candidate_id: int
    score: float
    basis: str
    text_sha256: str


@transaction.atomic
def store_predictions(model: TrainedModel, scored: Iterable[Scored], *, at: datetime) -> int:
    """Store scores that are not stored yet; return how many were new."""
    known = set(Prediction.objects.filter(model=model).values_list("candidate_id", "text_sha256"))
    new = [
        Prediction(
            candidate_id=s.candidate_id,
            model=model,
            score=s.score,
            basis=s.basis,
            text_sha256=s.text_sha256,
            made_at=at,
        )
        for s in scored
        if (s.candidate_id, s.text_sha256) not in known
    ]
    Prediction.objects.bulk_create(new)
    return len(new)
