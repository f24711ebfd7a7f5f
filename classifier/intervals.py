"""How sure a figure is: bootstrap over groups of copies, the same draws for all systems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.metrics import FloatArray, IntArray, ranking_metrics


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Estimates by metric of each system, and of its difference from the baseline on the same draws."""

    systems: Mapping[str, Mapping[str, Estimate]]
    differences: Mapping[str, Mapping[str, Estimate]]


def measure(
    labels: IntArray,
    *,
    groups: Sequence[str],
    scores: Mapping[str, FloatArray],
    baseline: str,
    resamples: int,
    random_state: int,
) -> Measured:
    """Measure systems on the same records.

    A figure is the mean over a system's repeats: what one trained ranker may be expected to reach, not what
    a vote of all repeats would. Its interval is the 2.5th to 97.5th percentile over bootstrap samples of the
    groups (copies are drawn together).

    Parameters
    ----------
    labels
        0 or 1, shape (records,).
    groups
        Group of each record.
    scores
        Scores by system, each of shape (repeats, records); repeats may differ between systems.
    baseline
        The system from which the others' differences are taken.
    """
    values = {name: _mean_metrics(labels, rows) for name, rows in scores.items()}
    draws: dict[str, list[dict[str, float]]] = {name: [] for name in scores}
    for drawn in _drawn_groups(labels, groups, resamples=resamples, random_state=random_state):
        for name, rows in scores.items():
            draws[name].append(_mean_metrics(labels[drawn], rows[:, drawn]))
    metrics = list(values[baseline])
    spread = {
        name: {metric: np.asarray([draw[metric] for draw in rows]) for metric in metrics}
        for name, rows in draws.items()
    }
    systems = {
        name: {metric: _estimate(values[name][metric], spread[name][metric]) for metric in metrics}
        for name in scores
    }
    differences = {
        name: {
            metric: _estimate(
                values[name][metric] - values[baseline][metric],
                spread[name][metric] - spread[baseline][metric],
            )
            for metric in metrics
        }
        for name in scores
        if name != baseline
    }
    return Measured(systems=systems, differences=differences)


def _mean_metrics(labels: IntArray, rows: FloatArray) -> dict[str, float]:
    each = [ranking_metrics(labels, row) for row in rows]
    return {metric: float(np.mean([figures[metric] for figures in each])) for metric in each[0]}


def _drawn_groups(
    labels: IntArray, groups: Sequence[str], *, resamples: int, random_state: int
) -> list[IntArray]:
    rng = np.random.default_rng(random_state)
    members: dict[str, list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group, []).append(index)
    blocks = [np.asarray(indices, dtype=np.int64) for indices in members.values()]
    samples: list[IntArray] = []
    while len(samples) < resamples:
        sample = np.concatenate([blocks[i] for i in rng.integers(len(blocks), size=len(blocks))])
        if 0 < labels[sample].sum() < sample.size:  # a sample of one class has no ranking to measure
            samples.append(sample)
    return samples


def _estimate(value: float, draws: FloatArray) -> Estimate:
    if not draws.size:
        return Estimate(value=value, low=value, high=value)
    low, high = np.quantile(draws, [0.025, 0.975])
    return Estimate(value=value, low=float(low), high=float(high))
