"""The rankers that are compared, each as a way to replay a screening."""

import time
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from classifier.eligibility.elas import ElasU4
from classifier.eligibility.simulation import Order, simulate_screening
from classifier.eligibility.triage import TriageRanker, TriageRecipe
from classifier.eligibility.views import view_pool
from classifier.metrics import IntArray
from classifier.text import RecordText
from greysift.bench.ranking.datasets import ScreeningSet, Start
from greysift.bench.ranking.peer import Replay

Replayer = Callable[[Start], Replay]


def own_rankers(*, growth: float) -> dict[str, Replayer]:
    """Return the project's own rankers by name.

    Parameters
    ----------
    growth
        Votes between two rankings, as a share of those there are; 0 ranks anew after each vote.
    """
    makers: Mapping[str, Callable[[ScreeningSet], Order]] = {
        "chance": _chance,
        "elas-u4": _elas_u4,
        "greysift": _greysift,
    }
    return {name: partial(_replay, maker, growth=growth) for name, maker in makers.items()}


def _replay(maker: Callable[[ScreeningSet], Order], start: Start, *, growth: float) -> Replay:
    began = time.process_time()
    order = maker(start.pool)
    read = simulate_screening(
        order, labels=start.pool.labels, known=start.known, growth=growth, until_last=True
    )
    return Replay(read=tuple(read), cpu_seconds=time.process_time() - began)


def _chance(pool: ScreeningSet) -> Order:
    """Read the pool as it lies: it was shuffled."""

    def order(votes: Mapping[int, int | None]) -> IntArray:
        return np.setdiff1d(np.arange(len(pool.labels)), list(votes))

    return order


def _elas_u4(pool: ScreeningSet) -> Order:
    texts = [f"{title} {abstract}" for title, abstract in zip(pool.titles, pool.abstracts, strict=True)]
    return ElasU4(texts).order


def _greysift(pool: ScreeningSet) -> Order:
    """Rank as a reviewer's queue is ranked, without a trained model and without search terms."""
    recipe = TriageRecipe()
    records = [
        RecordText(title=title, summary=abstract or None)
        for title, abstract in zip(pool.titles, pool.abstracts, strict=True)
    ]
    ranker = TriageRanker(view_pool(records, recipe=recipe.views), recipe=recipe)
    return lambda votes: ranker.rank(votes).order
