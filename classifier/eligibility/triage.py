"""The ranker that learns between two votes: what one reviewer sees next.

It knows only what it is given: the votes of *one* reviewer, outcomes that are settled, and prior knowledge.
That no other reviewer's unsettled vote reaches it is so by construction; it keeps no state between calls.

The rule of combination: each candidate has a prior score (a trained model's, else its keyword count) and,
once there are votes, a learnt score (linear models on the votes, one a view of the pool; likeness to the includes, or unlikeness to
the excludes, while there is but one class). Both are standardised over the pool and added, the learnt one
with weight ``votes / (votes + patience)``, where ``votes`` is twice the number of the rarer class: a hundred
excludes teach little as long as there is one include.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version as library_version

import numpy as np
from numpy.typing import ArrayLike

from classifier.eligibility.learner import learnt_scores, likeness
from classifier.eligibility.views import PoolViews, ViewsRecipe
from classifier.metrics import FloatArray, IntArray, standardised
from classifier.training import libraries

_WORD_VECTORS = ("tokenizers", "wordllama")


@dataclass(frozen=True, slots=True)
class TriageRecipe:
    """All choices that, with the pool and the votes, decide an order.

    Attributes
    ----------
    views
        What is seen of the pool.
    ratio
        How much the includes weigh together in learning, the excludes weighing 1.
    patience
        Votes (twice those of the rarer class) at which the learnt score weighs half as much as it can.
    """

    views: ViewsRecipe = field(default_factory=ViewsRecipe)
    ratio: float = 20.0
    patience: float = 5.0


@dataclass(frozen=True, slots=True)
class TriageOrder:
    """An order of a pool.

    Attributes
    ----------
    order
        Indices of the undecided candidates, best first; shape (undecided,).
    scores
        Score of every candidate, decided or not; shape (pool,).
    learnt_weight
        Weight of the learnt score beside the prior's 1: from 0 to below 1.
    """

    order: IntArray
    scores: FloatArray
    learnt_weight: float


class TriageRanker:
    """Orders a pool anew from one reviewer's votes.

    Parameters
    ----------
    pool
        Its views, made once.
    prior
        A trained model's scores, higher is better; NaN where there is none. Shape (pool,).
    fallback
        Scores for candidates without a prior (keyword counts). Shape (pool,).
    """

    def __init__(
        self,
        pool: PoolViews,
        *,
        recipe: TriageRecipe | None = None,
        prior: ArrayLike | None = None,
        fallback: ArrayLike | None = None,
    ) -> None:
        self.pool = pool
        self.recipe = recipe or TriageRecipe()
        self._prior = _prior_scores(len(pool), prior=prior, fallback=fallback)

    def rank(self, labels: Mapping[int, int | None]) -> TriageOrder:
        """Order the undecided candidates.

        Ties keep the order of the pool. The same votes give the same order, whatever order they came in.

        Parameters
        ----------
        labels
            By index into the pool: 1 include, 0 exclude, ``None`` unsure (decided, but nothing is learnt).

        Raises
        ------
        ValueError
            If an index is not of the pool, or a label is none of the three.
        """
        n = len(self.pool)
        if any(not 0 <= index < n for index in labels) or not set(labels.values()) <= {0, 1, None}:
            raise ValueError("labels are 0, 1 or None, by index into the pool")
        includes = np.asarray(sorted(i for i, label in labels.items() if label == 1), dtype=np.int64)
        excludes = np.asarray(sorted(i for i, label in labels.items() if label == 0), dtype=np.int64)
        weight = self._learnt_weight(includes.size, excludes.size)
        scores = self._prior
        if weight > 0:
            scores = scores + weight * standardised(self._learnt_scores(includes, excludes))
        undecided = np.setdiff1d(np.arange(n), np.asarray(list(labels), dtype=np.int64))
        order = undecided[np.argsort(-scores[undecided], kind="stable")]
        return TriageOrder(order=order, scores=scores, learnt_weight=weight)

    def _learnt_weight(self, n_includes: int, n_excludes: int) -> float:
        rarer = min(n_includes, n_excludes)
        votes = 2 * rarer if rarer else min(n_includes + n_excludes, 1)
        return votes / (votes + self.recipe.patience)

    def _learnt_scores(self, includes: IntArray, excludes: IntArray) -> FloatArray:
        if includes.size and excludes.size:
            return learnt_scores(self.pool, includes=includes, excludes=excludes, ratio=self.recipe.ratio)
        sign = 1.0 if includes.size else -1.0
        return sign * likeness(self.pool, np.concatenate((includes, excludes)))


def ranker_state_id(
    recipe: TriageRecipe,
    *,
    model_version: str | None,
    pool_ids: Sequence[str],
    label_log: Sequence[tuple[str, int | None]],
) -> str:
    """SHA-256 of all that decides an order, so that it can be rebuilt and compared.

    Parameters
    ----------
    model_version
        The model that gave the prior scores, ``None`` for keyword counts.
    pool_ids
        Candidates in the order of the pool.
    label_log
        Votes in the order in which they were made, as (candidate, label).
    """
    parts = [
        asdict(recipe),
        {**libraries(), **{name: library_version(name) for name in _WORD_VECTORS}},
        model_version,
        list(pool_ids),
        [[candidate, label] for candidate, label in label_log],
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _prior_scores(n: int, *, prior: ArrayLike | None, fallback: ArrayLike | None) -> FloatArray:
    counted = standardised(_vector(fallback, n, name="fallback"))
    given = _vector(prior, n, name="prior", fill=np.nan)
    known = np.isfinite(given)
    scores = counted.copy()
    scores[known] = standardised(given[known])
    return scores


def _vector(values: ArrayLike | None, n: int, *, name: str, fill: float = 0.0) -> FloatArray:
    vector = np.full(n, fill) if values is None else np.asarray(values, dtype=np.float64)
    if vector.shape != (n,):
        raise ValueError(f"{name} must hold one score for each of {n} candidates, not {vector.shape}")
    return vector
