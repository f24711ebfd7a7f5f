"""Scores for candidates from the model that serves. A record that it was trained on is ranked out of fold."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from classifier.records import LabelledRecord
from classifier.registry import LoadedRanker
from classifier.text import View, record_text
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
    manifest = ranker.manifest
    held_out = manifest.out_of_fold[View.FULL.name.lower()]
    by_content = {t.content_hash: t.id for t in manifest.training}
    weight = manifest.recipe.title_weight
    fresh: list[float] = ranker.ranker.scores(records).tolist() if records else []
    scored = []
    for record, score in zip(records, fresh, strict=True):
        identity = record_id(record)
        twin = (
            identity if identity in held_out else by_content.get(as_labelled(record, label=None).content_hash)
        )
        scored.append(
            Scored(
                candidate_id=record.candidate_id,
                score=held_out[twin] if twin else score,
                basis="out_of_fold" if twin else "unseen",
                text_sha256=hashlib.sha256(record_text(record, title_weight=weight).encode()).hexdigest(),
            )
        )
    return scored


def score_all_reviews(*, at: datetime) -> None:
    """Score every review's candidates with the model that serves."""
    for review in all_reviews():
        score_review(review, at=at)
