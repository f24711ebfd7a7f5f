"""ASReview's default ranker, ELAS u4, rebuilt: the baseline to beat.

Words and pairs of words of title and abstract, tf-idf, a linear support vector machine with squared hinge loss,
excludes weighed down to a fixed share of the includes. The parameters are those of ASReview 3
(``asreview.models.models``), which tuned them on the SYNERGY data sets.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.eligibility.balance import balanced_weights
from classifier.eligibility.squared_hinge import fit_squared_hinge
from classifier.metrics import FloatArray, IntArray

COST = 0.11
RATIO = 9.8
COMMONEST = 0.95


class ElasU4:
    """Orders a pool by votes of both classes as ASReview would.

    Parameters
    ----------
    texts
        Title and abstract of each candidate, joined by a blank.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        vectoriser = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=COMMONEST)
        matrix = csr_array(vectoriser.fit_transform(texts))
        shared = np.bincount(matrix.indices, minlength=matrix.shape[1]) > 1
        self._matrix = csr_array(matrix[:, np.flatnonzero(shared)])
        lengths = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
        self._own = lengths - np.asarray(self._matrix.multiply(self._matrix).sum(axis=1)).ravel()

    def order(self, votes: Mapping[int, int | None]) -> IntArray:
        """Order the undecided, best first; the votes must be of both classes."""
        scores = self.scores(votes)
        undecided = np.setdiff1d(np.arange(scores.size), list(votes))
        return undecided[np.argsort(-scores[undecided], kind="stable")]

    def scores(self, votes: Mapping[int, int | None]) -> FloatArray:
        """Score every candidate, higher is better; shape (pool,)."""
        voted = np.asarray(sorted(i for i, label in votes.items() if label is not None), dtype=np.int64)
        labels = np.asarray([votes[i] for i in voted.tolist()], dtype=np.float64)
        machine = fit_squared_hinge(
            csr_array(self._matrix[voted]),
            truth=2 * labels - 1,
            costs=COST * balanced_weights(labels, ratio=RATIO),
            own=self._own[voted],
        )
        return machine.scores(self._matrix)
