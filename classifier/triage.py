"""The ranker that learns between two votes: what one reviewer sees next.

It knows only what it is given: the votes of *one* reviewer, outcomes that are settled, and prior knowledge.
That no other reviewer's unsettled vote reaches it is so by construction; it keeps no state between calls.

The rule of combination: each candidate has a prior score (a trained model's, else its keyword count) and,
once there are votes, a learnt score (a linear model on the votes; likeness to the includes, or unlikeness to
the excludes, while there is but one class). Both are standardised over the pool and added, the learnt one
with weight ``votes / (votes + patience)``, where ``votes`` is twice the number of the rarer class: a hundred
excludes teach little as long as there is one include.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from classifier.metrics import FloatArray, IntArray
from classifier.training import libraries


@dataclass(frozen=True, slots=True)
class TriageRecipe:
    """All choices that, with the pool and the votes, decide an order.

    Attributes
    ----------
    longest_phrase
        1: words; 2: words and pairs of words.
    widest
        Most features that are kept, those that most texts share. OpenBLAS splits vectors of 10,000 and more
        over threads, which on a busy machine turns 5 ms into 100.
    regularisation
        The C of the linear support vector machine.
    patience
        Votes (twice those of the rarer class) at which the learnt score weighs half as much as it can.
    """

    longest_phrase: int = 2
    widest: int = 8192
    regularisation: float = 0.1
    patience: float = 5.0


@dataclass(frozen=True, slots=True)
class TriageFeatures:
    """Text of a pool as numbers, fitted once: tf-idf, one row a candidate, of length 1 at most."""

    matrix: csr_array

    def __len__(self) -> int:
        """Count the candidates."""
        return int(self.matrix.shape[0])


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


def fit_features(texts: Sequence[str], *, recipe: TriageRecipe) -> TriageFeatures:
    """Turn the texts of a pool into features. Texts without words are allowed.

    Words of one text only are dropped after rows were brought to length 1: they tell nothing of another
    candidate, and make most of the cost.
    """
    vectoriser = TfidfVectorizer(
        strip_accents="unicode", ngram_range=(1, recipe.longest_phrase), sublinear_tf=True, dtype=np.float64
    )
    analyse = vectoriser.build_analyzer()
    if any(analyse(text) for text in texts):
        matrix = csr_array(vectoriser.fit_transform(texts))
        texts_with = np.bincount(matrix.indices, minlength=matrix.shape[1])
        commonest = np.argsort(-texts_with, kind="stable")[: recipe.widest]
        shared = np.sort(commonest[texts_with[commonest] > 1])
        if shared.size:
            return TriageFeatures(matrix=csr_array(matrix[:, shared]))
    return TriageFeatures(matrix=csr_array((len(texts), 1), dtype=np.float64))


class TriageRanker:
    """Orders a pool anew from one reviewer's votes.

    Parameters
    ----------
    features
        Of the pool, fitted once.
    prior
        A trained model's scores, higher is better; NaN where there is none. Shape (pool,).
    fallback
        Scores for candidates without a prior (keyword counts). Shape (pool,).
    """

    def __init__(
        self,
        features: TriageFeatures,
        *,
        recipe: TriageRecipe | None = None,
        prior: ArrayLike | None = None,
        fallback: ArrayLike | None = None,
    ) -> None:
        self.features = features
        self.recipe = recipe or TriageRecipe()
        self._prior = _prior_scores(len(features), prior=prior, fallback=fallback)

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
        n = len(self.features)
        if any(not 0 <= index < n for index in labels) or not set(labels.values()) <= {0, 1, None}:
            raise ValueError("labels are 0, 1 or None, by index into the pool")
        includes = np.asarray(sorted(i for i, label in labels.items() if label == 1), dtype=np.int64)
        excludes = np.asarray(sorted(i for i, label in labels.items() if label == 0), dtype=np.int64)
        weight = self._learnt_weight(includes.size, excludes.size)
        scores = self._prior
        if weight > 0:
            scores = scores + weight * _standardised(self._learnt_scores(includes, excludes))
        undecided = np.asarray([i for i in range(n) if i not in labels], dtype=np.int64)
        order = undecided[np.argsort(-scores[undecided], kind="stable")]
        return TriageOrder(order=order, scores=scores, learnt_weight=weight)

    def _learnt_weight(self, n_includes: int, n_excludes: int) -> float:
        rarer = min(n_includes, n_excludes)
        votes = 2 * rarer if rarer else min(n_includes + n_excludes, 1)
        return votes / (votes + self.recipe.patience)

    def _learnt_scores(self, includes: IntArray, excludes: IntArray) -> FloatArray:
        matrix = self.features.matrix
        if not (includes.size and excludes.size):
            sign = 1.0 if includes.size else -1.0
            likeness = matrix @ matrix[np.concatenate((includes, excludes))].mean(axis=0)
            return np.asarray(sign * likeness, dtype=np.float64)
        voted = np.concatenate((includes, excludes))
        truth = np.repeat([1, 0], [includes.size, excludes.size])
        # the primal solver uses no random numbers
        machine = LinearSVC(C=self.recipe.regularisation, class_weight="balanced", dual=False)
        machine.fit(matrix[voted], truth)
        return np.asarray(machine.decision_function(matrix), dtype=np.float64)


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
        dict(libraries()),
        model_version,
        list(pool_ids),
        [[candidate, label] for candidate, label in label_log],
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _prior_scores(n: int, *, prior: ArrayLike | None, fallback: ArrayLike | None) -> FloatArray:
    counted = _standardised(_vector(fallback, n, name="fallback"))
    given = _vector(prior, n, name="prior", fill=np.nan)
    known = np.isfinite(given)
    scores = counted.copy()
    scores[known] = _standardised(given[known])
    return scores


def _vector(values: ArrayLike | None, n: int, *, name: str, fill: float = 0.0) -> FloatArray:
    vector = np.full(n, fill) if values is None else np.asarray(values, dtype=np.float64)
    if vector.shape != (n,):
        raise ValueError(f"{name} must hold one score for each of {n} candidates, not {vector.shape}")
    return vector


def _standardised(values: FloatArray) -> FloatArray:
    spread = float(values.std()) if values.size else 0.0
    # a spread of rounding alone is no spread
    if spread <= 1e-12 * max(1.0, float(np.abs(values).max(initial=0.0))):
        return np.zeros(values.shape)
    standardised: FloatArray = (values - values.mean()) / spread
    return standardised
