"""A pool seen in several ways at once: rankers of different views err differently, and together less."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.eligibility.meaning import meaning_features
from classifier.eligibility.squared_hinge import Matrix
from classifier.eligibility.stems import stem
from classifier.eligibility.words import WordFeatures, read_words, word_features
from classifier.metrics import FloatArray
from classifier.text import Describable, View, record_text


@dataclass(frozen=True, slots=True)
class ViewOfPool:
    """One view: a row for each candidate.

    Attributes
    ----------
    own
        As in :func:`classifier.eligibility.squared_hinge.fit_squared_hinge`.
    cost
        Of a record outside its margin; more lets a view fit its votes more closely.
    weight
        How much the view counts beside the others.
    """

    matrix: Matrix
    own: FloatArray
    cost: float
    weight: float


@dataclass(frozen=True, slots=True)
class PoolViews:
    """All views of a pool, made once."""

    views: tuple[ViewOfPool, ...]

    def __len__(self) -> int:
        """Count the candidates."""
        return int(self.views[0].matrix.shape[0])


@dataclass(frozen=True, slots=True)
class ViewsRecipe:
    """What is seen of a pool, and how much it counts.

    Attributes
    ----------
    words, stems, titles, meaning
        Weights of the views: words and pairs of words; the same without endings; the same of the title alone, by
        which records with and without a summary stand on one footing; what the words mean.
    sparse_cost, dense_cost
        Costs of the views of words, and of meaning.
    """

    words: float = 2.0
    stems: float = 1.0
    titles: float = 0.5
    meaning: float = 1.0
    sparse_cost: float = 0.2
    dense_cost: float = 0.3


def view_pool(records: Sequence[Describable], *, recipe: ViewsRecipe) -> PoolViews:
    """Make the views of a pool. Records without words are allowed."""
    words = read_words([record_text(record, title_weight=1) for record in records])
    titles = read_words([record_text(record, title_weight=1, view=View.TITLE) for record in records])
    sparse = (
        (word_features(words), recipe.words),
        (word_features(words.renamed(stem)), recipe.stems),
        (word_features(titles.renamed(stem)), recipe.titles),
    )
    meaning = ViewOfPool(
        matrix=meaning_features(words),
        own=np.zeros(len(records)),
        cost=recipe.dense_cost,
        weight=recipe.meaning,
    )
    return PoolViews((*(_sparse(made, cost=recipe.sparse_cost, weight=w) for made, w in sparse), meaning))


def _sparse(features: WordFeatures, *, cost: float, weight: float) -> ViewOfPool:
    return ViewOfPool(matrix=features.matrix, own=features.own, cost=cost, weight=weight)
