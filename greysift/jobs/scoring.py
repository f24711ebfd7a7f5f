"""Scores for candidates from the model that serves. A record that it was trained on is ranked out of fold."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from classifier.records import LabelledRecord
from classifier.registry import LoadedRanker
from classifier.text import record_text
from corpus.selectors.records import PoolRecord, pool
from corpus.selectors.reviews import all_reviews
from corpus.services.predictions import Scored, store_predictions
from greysift.jobs.registry import serving_ranker

if TYPE_CHECKING:
    from corpus.models import Review, TrainedModel

WORKED_EXAMPLE = "worked-example"


@dataclass(frozen=True, slots=True)
class ScoringCounts:
    """What one call did."""

    model: "TrainedModel"
    candidates: int
    out_of_fold: int
    new: int


def record_id(record: PoolRecord) -> str:
    """Return a candidate's identity in training sets: its own for the set that ships, else source and key."""
    return record.key if record.source == WORKED_EXAMPLE else f"{record.source}:{record.key}"


def as_labelled(record: PoolRecord, *, label: int | None) -> LabelledRecord:
    """Return a candidate as a training record."""
    identity = record_id(record)
    return LabelledRecord(
        id=identity,
        title=record.title,
        publisher=record.publisher,
        summary=record.summary,
        label=label,
        group=identity,
    )


def score_review(review: "Review", *, at: datetime) -> ScoringCounts:
    """Score every candidate of a review with the model that serves, and store what is new.

    Raises
    ------
    ArtefactError
        When no model serves or its artefact is damaged.
    """
    model, ranker = serving_ranker()
    scored = score_pool(pool(review), ranker)
    return ScoringCounts(
        model=model,
        candidates=len(scored),
        out_of_fold=sum(s.basis == "out_of_fold" for s in scored),
        new=store_predictions(model, scored, at=at),
    )


def score_pool(records: list[PoolRecord], ranker: LoadedRanker) -> list[Scored]:
    """Score candidates; those that the model learnt from get the score of a ranker that had not seen them."""
    scores, is_out_of_fold = ranker.honest_scores([(record_id(r), r) for r in records])
    weight = ranker.manifest.recipe.title_weight
    return [
        Scored(
            candidate_id=record.candidate_id,
            score=score,
            basis="out_of_fold" if is_held_out else "unseen",
            text_sha256=hashlib.sha256(record_text(record, title_weight=weight).encode()).hexdigest(),
        )
        for record, score, is_held_out in zip(records, scores.tolist(), is_out_of_fold.tolist(), strict=True)
    ]


def score_all_reviews(*, at: datetime) -> None:
    """Score every review's candidates with the model that serves."""
    for review in all_reviews():
        score_review(review, at=at)
