"""One reviewer's queue, ranked from what that reviewer may know."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from classifier.eligibility.triage import TriageRanker, TriageRecipe, ranker_state_id
from classifier.eligibility.views import PoolViews, view_pool
from classifier.keywords import keyword_scores
from classifier.text import RecordText, record_text
from classifier.training import ELIGIBILITY
from corpus.selectors.labels import label_log
from corpus.selectors.records import PoolRecord, pool
from corpus.selectors.registry import StoredScore, scores_of, serving_model
from corpus.selectors.reviews import protocol_of
from corpus.selectors.screening import reviewer_view
from corpus.vocabulary.decisions import Stage
from corpus.vocabulary.protocols import SearchFacet

if TYPE_CHECKING:
    from corpus.models import Person, Review

RECIPE = TriageRecipe()
TITLE_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class RankedQueue:
    """What one reviewer has still to judge at one stage, best first.

    Attributes
    ----------
    order
        Candidate ids, best first.
    scores
        The ranking score of each, higher is better; comparable within this queue only.
    state
        Identity of the ranker that made the order: recipe, library versions, pool and label log.
    model_version
        The trained model whose scores it starts from; ``None`` when none serves.
    labels
        How many votes it has learnt from.
    out_of_fold
        How many of the candidates in ``order`` the model was trained on: they start from scores of models that had
        not seen them.
    """

    order: tuple[int, ...]
    scores: Mapping[int, float]
    state: str
    model_version: str | None
    labels: int
    out_of_fold: int


def queue_for(review: "Review", *, stage: Stage, reviewer: "Person") -> RankedQueue:
    """Rank what ``reviewer`` has still to judge.

    Learns from the reviewer's own votes and from settled outcomes, never from another's unsettled vote.
    """
    protocol = protocol_of(review)
    records = pool(review)
    model = serving_model(ELIGIBILITY)
    prior = scores_of(review, model) if model else {}
    log = label_log(review, stage=stage, protocol=protocol, reviewer=reviewer)
    view = reviewer_view(review, stage=stage, reviewer=reviewer, rules=protocol.screening)

    ranker = _ranker(records, prior=prior, facets=protocol.facets)
    place = {r.candidate_id: i for i, r in enumerate(records)}
    ranked = ranker.rank({place[candidate_id]: label for candidate_id, label in log})
    ranked_ids = [records[i].candidate_id for i in ranked.order.tolist()]
    order = tuple(c for c in ranked_ids if c not in view.own and c not in view.settled)
    version = model.version if model else None
    return RankedQueue(
        order=order,
        scores={
            r.candidate_id: float(score) for r, score in zip(records, ranked.scores.tolist(), strict=True)
        },
        state=ranker_state_id(
            RECIPE,
            model_version=version,
            pool_ids=[str(r.candidate_id) for r in records],
            label_log=[(str(candidate_id), label) for candidate_id, label in log],
        ),
        model_version=version,
        labels=sum(label is not None for _, label in log),
        out_of_fold=sum(prior[c].basis == "out_of_fold" for c in order if c in prior),
    )


def _ranker(
    records: list[PoolRecord], *, prior: Mapping[int, StoredScore], facets: tuple[SearchFacet, ...]
) -> TriageRanker:
    texts = tuple(RecordText(title=r.title, publisher=r.publisher, summary=r.summary) for r in records)
    views, counted = _views(_Texts(texts), facets)
    known = [prior[r.candidate_id].score if r.candidate_id in prior else math.nan for r in records]
    return TriageRanker(views, recipe=RECIPE, prior=known, fallback=counted)


class _Texts:
    """A pool's texts, told apart by one hash so that its views are made once per pool and process."""

    def __init__(self, records: tuple[RecordText, ...]) -> None:
        self.records = records
        held = json.dumps([[r.title, r.publisher, r.summary] for r in records])
        self._digest = hashlib.sha256(held.encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self._digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Texts) and other._digest == self._digest


@lru_cache(maxsize=8)
def _views(pool_texts: _Texts, facets: tuple[SearchFacet, ...]) -> tuple[PoolViews, tuple[float, ...]]:
    views = view_pool(pool_texts.records, recipe=RECIPE.views)
    texts = [record_text(record, title_weight=TITLE_WEIGHT) for record in pool_texts.records]
    return views, tuple(keyword_scores(texts, facets=facets).tolist())
