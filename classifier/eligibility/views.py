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
    title_weight
        How often the title is counted in the view where it counts more.
    sparse_cost, dense_cost
        Costs of views of words, and of meaning.
    title_share
        Weight of the view of titles alone, by which records with and without a summary stand on one footing.
    """

    title_weight: int = 3
    sparse_cost: float = 0.11
    dense_cost: float = 0.3
    title_share: float = 0.5


def view_pool(records: Sequence[Describable], *, recipe: ViewsRecipe) -> PoolViews:
    """Make the views of a pool. Records without words are allowed."""
    words = read_words([record_text(record, title_weight=1) for record in records])
    titled = read_words([record_text(record, title_weight=recipe.title_weight) for record in records])
    titles = read_words([record_text(record, title_weight=1, view=View.TITLE) for record in records])
    sparse = [
        (word_features(words), 1.0),
        (word_features(words.renamed(stem)), 1.0),
        (word_features(titled.renamed(stem)), 1.0),
        (word_features(titles.renamed(stem)), recipe.title_share),
    ]
    meaning = ViewOfPool(
        matrix=meaning_features(words), own=np.zeros(len(records)), cost=recipe.dense_cost, weight=1.0
    )
    return PoolViews((*(_sparse(made, cost=recipe.sparse_cost, weight=w) for made, w in sparse), meaning))


def _sparse(features: WordFeatures, *, cost: float, weight: float) -> ViewOfPool:
    return ViewOfPool(matrix=features.matrix, own=features.own, cost=cost, weight=weight)
