"""Scores learnt from votes: one linear machine a view, their scores made alike and added."""

import numpy as np
from scipy.sparse import csr_array

from classifier.eligibility.balance import balanced_weights
from classifier.eligibility.squared_hinge import fit_squared_hinge
from classifier.eligibility.views import PoolViews, ViewOfPool
from classifier.metrics import FloatArray, IntArray, standardised


def learnt_scores(pool: PoolViews, *, includes: IntArray, excludes: IntArray, ratio: float) -> FloatArray:
    """Score every candidate by votes of both classes, higher is better; shape (pool,).

    Parameters
    ----------
    includes, excludes
        Places in the pool, rising. Scores are made alike over the others.
    ratio
        How much the includes weigh together, the excludes weighing 1.
    """
    voted = np.concatenate((includes, excludes))
    labels = np.repeat([1.0, 0.0], [includes.size, excludes.size])
    weights = balanced_weights(labels, ratio=ratio)
    others = np.setdiff1d(np.arange(len(pool)), voted)
    total = np.zeros(len(pool))
    for view in pool.views:
        scores = _scores_of(view, voted=voted, labels=labels, weights=weights)
        total += view.weight * standardised(scores, over=others)
    return total


def likeness(pool: PoolViews, to: IntArray) -> FloatArray:
    """Score every candidate by how like it is to some others, seen in all views; shape (pool,)."""
    others = np.setdiff1d(np.arange(len(pool)), to)
    total = np.zeros(len(pool))
    for view in pool.views:
        middle = np.asarray(view.matrix[to].mean(axis=0), dtype=np.float64).ravel()
        total += view.weight * standardised(np.asarray(view.matrix @ middle), over=others)
    return total


def _scores_of(view: ViewOfPool, *, voted: IntArray, labels: FloatArray, weights: FloatArray) -> FloatArray:
    rows = view.matrix[voted]
    machine = fit_squared_hinge(
        rows if isinstance(rows, np.ndarray) else csr_array(rows),
        truth=2 * labels - 1,
        costs=view.cost * weights,
        own=view.own[voted],
    )
    return machine.scores(view.matrix)
