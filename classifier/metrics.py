"""How good a ranking is: the figures of the screening literature, exact under ties.

Records with equal scores have no order of their own. Every figure here is the *expected* value over all
orders of the tied records (McSherry & Najork 2008, doi 10.1007/978-3-540-78646-7_38): no order of the file
and no random number can flatter or hurt a ranker.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

# a product such as 0.1 * 30 may come out a hair above the whole number that is meant
_ROUNDING = 1e-9


def standardised(values: FloatArray, *, over: IntArray | None = None) -> FloatArray:
    """Shift and stretch values so that those at the places ``over``, else all, have mean 0 and spread 1.

    Values without a spread there become 0 all.
    """
    told = values if over is None else values[over]
    spread = float(told.std()) if told.size else 0.0
    # a spread of rounding alone is no spread
    if spread <= 1e-12 * max(1.0, float(np.abs(told).max(initial=0.0))):
        return np.zeros(values.shape)
    alike: FloatArray = (values - told.mean()) / spread
    return alike


@dataclass(frozen=True, slots=True)
class TieGroups:
    """Labels in order of falling score, records of equal score together.

    Attributes
    ----------
    sizes, includes
        Records and includes of each group, shape (groups,).
    """

    sizes: FloatArray
    includes: FloatArray

    @property
    def n_records(self) -> int:
        """Number of records."""
        return int(self.sizes.sum())

    @property
    def n_includes(self) -> int:
        """Number of includes."""
        return int(self.includes.sum())


def tie_groups(labels: ArrayLike, scores: ArrayLike) -> TieGroups:
    """Group records by score, best first.

    Parameters
    ----------
    labels
        0 or 1, shape (n,).
    scores
        Finite, higher is better, shape (n,).

    Raises
    ------
    ValueError
        If the shapes differ, a label is neither 0 nor 1, a score is not finite, or a class is absent.
    """
    truth = np.asarray(labels, dtype=np.float64)
    values = np.asarray(scores, dtype=np.float64)
    if truth.ndim != 1 or truth.shape != values.shape:
        raise ValueError(
            f"labels and scores must be two vectors of one length, not {truth.shape}, {values.shape}"
        )
    if not np.isin(truth, (0.0, 1.0)).all() or not np.isfinite(values).all():
        raise ValueError("labels must be 0 or 1, and scores finite")
    if not 0 < truth.sum() < truth.size:
        raise ValueError("a ranking is measured on records of both classes")
    _, group, sizes = np.unique(-values, return_inverse=True, return_counts=True)
    includes = np.bincount(group, weights=truth, minlength=sizes.size).astype(np.float64)
    return TieGroups(sizes=sizes.astype(np.float64), includes=includes)


def roc_auc(groups: TieGroups) -> float:
    """Chance that a random include stands above a random exclude; ties count half (Mann and Whitney)."""
    excludes = groups.sizes - groups.includes
    below = excludes.sum() - np.cumsum(excludes)
    wins = float(groups.includes @ (below + excludes / 2))
    return wins / (groups.n_includes * (groups.n_records - groups.n_includes))


def average_precision(groups: TieGroups) -> float:
    """Mean over the includes of the precision at their rank: Σ (R_k - R_(k-1)) P_k, not interpolated."""
    sizes = groups.sizes.astype(np.int64)
    rank = np.arange(1, groups.n_records + 1)
    ends, found = np.cumsum(sizes), np.cumsum(groups.includes)
    within = rank - 1 - np.repeat(ends - sizes, sizes)  # how many of its own group stand before this place
    chance = np.repeat(groups.includes / groups.sizes, sizes)  # that an include stands here, and if so,
    fellows = np.repeat(
        (groups.includes - 1) / np.maximum(groups.sizes - 1, 1), sizes
    )  # that one stands before
    precision = (np.repeat(found - groups.includes, sizes) + 1 + within * fellows) / rank
    return float(chance @ precision) / groups.n_includes


def records_until(groups: TieGroups, *, includes: int) -> float:
    """Count the records that are read, best first, until the given number of includes has been found."""
    found = np.cumsum(groups.includes)
    at = int(np.searchsorted(found, includes))
    still = includes - float(found[at] - groups.includes[at])
    before = float(groups.sizes[:at].sum())
    size, inside = float(groups.sizes[at]), float(groups.includes[at])
    return before + still * (size + 1) / (inside + 1)


def work_saved_over_sampling(groups: TieGroups, *, recall: float = 0.95) -> float:
    """WSS@r: (N - n) / N - (1 - r), n being the records read when ceil(r P) includes are found.

    Cohen et al. 2006, doi 10.1197/jamia.M1929. Other tools print other figures under the same name, counting
    from the floor of r P or against a rounded line.
    """
    wanted = math.ceil(recall * groups.n_includes - _ROUNDING)
    read = records_until(groups, includes=wanted)
    return (groups.n_records - read) / groups.n_records - (1 - recall)


def recall_at(groups: TieGroups, *, share: float) -> float:
    """Share of the includes that is found by reading the best ceil(share N) records."""
    budget = math.ceil(share * groups.n_records - _ROUNDING)
    start = np.concatenate(([0.0], np.cumsum(groups.sizes)[:-1]))
    read = np.clip((budget - start) / groups.sizes, 0, 1)
    return float(read @ groups.includes) / groups.n_includes


def ndcg(groups: TieGroups) -> float:
    """Discounted gain of the whole list as a share of the best possible: gain 1, discount log2(rank + 1).

    Järvelin and Kekäläinen 2002, doi 10.1145/582415.582418.
    """
    discount = 1 / np.log2(np.arange(groups.n_records) + 2)
    chance = np.repeat(groups.includes / groups.sizes, groups.sizes.astype(np.int64))
    return float(chance @ discount / discount[: groups.n_includes].sum())


def mean_rank(groups: TieGroups) -> float:
    """Mean rank of an include: the average time to discovery."""
    before = np.cumsum(groups.sizes) - groups.sizes
    return float(groups.includes @ (before + (groups.sizes + 1) / 2)) / groups.n_includes


def ranking_metrics(labels: ArrayLike, scores: ArrayLike) -> dict[str, float]:
    """All figures by name: ``roc_auc``, ``average_precision``, ``wss_95``, ``recall_10``, ``_20``, ``_50``.

    Parameters and errors as in :func:`tie_groups`.
    """
    groups = tie_groups(labels, scores)
    return {
        "roc_auc": roc_auc(groups),
        "average_precision": average_precision(groups),
        "wss_95": work_saved_over_sampling(groups),
        "recall_10": recall_at(groups, share=0.10),
        "recall_20": recall_at(groups, share=0.20),
        "recall_50": recall_at(groups, share=0.50),
    }
