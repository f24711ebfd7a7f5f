"""Includes are few: weights that let them count."""

import numpy as np

from classifier.metrics import FloatArray


def balanced_weights(labels: FloatArray, *, ratio: float) -> FloatArray:
    """Weights by which the includes together weigh ``ratio`` times what the excludes do, of mean 1."""
    includes = labels.sum()
    excludes = labels.size - includes
    if not (includes and excludes):
        raise ValueError("weights are balanced between includes and excludes; one of them is absent")
    weights = np.where(labels == 1, 1.0, includes / (ratio * excludes))
    balanced: FloatArray = weights * (labels.size / weights.sum())
    return balanced
