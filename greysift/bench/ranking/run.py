"""Screening replayed: every set, every ranker, every seed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.eligibility.figures import screening_figures
from greysift.bench.ranking.datasets import ScreeningSet, Start, read_screening_sets, start_of
from greysift.bench.ranking.peer import asreview_replay
from greysift.bench.ranking.rankers import Replayer, own_rankers

PEER = "asreview"
FIGURES = ("loss", "ndcg", "wss95", "wss100", "rrf10", "atd", "cpu_s")
POINTS = 100


@dataclass(frozen=True, slots=True)
class RankingPlan:
    """What is replayed.

    Attributes
    ----------
    seeds
        How many starts of each set.
    growth
        Votes between two rankings, as a share of those there are. The peer ranks anew after every vote.
    asreview
        Interpreter of an environment with ASReview, ``None`` to leave it out.
    only
        Names of rankers; all of the project's own, where empty.
    """

    seeds: int = 5
    growth: float = 0.05
    asreview: Path | None = None
    only: tuple[str, ...] = ()


def bench_ranking(
    folder: Path, *, plan: RankingPlan | None = None, tell: Callable[[str], None] = lambda _: None
) -> dict[str, object]:
    """Replay screening on the labelled sets of a folder.

    Returns
    -------
    dict
        Plain values for JSON: ``rows`` (figures by data set, ranker and seed; ``n`` and ``p`` count the set's records
        and includes), ``means`` (over sets, of means over seeds, by ranker), ``curves`` (by data set and ranker: mean
        recall after each hundredth of the list).

    Raises
    ------
    ScreeningSetError
        If the folder holds no set, or one that cannot be read.
    PeerError
        If ASReview cannot be run.
    """
    plan = plan or RankingPlan()
    rankers = _chosen(plan)
    rows: list[dict[str, object]] = []
    curves: dict[str, dict[str, list[float]]] = {}
    for one in read_screening_sets(folder):
        tell(f"{one.name}: {len(one.labels)} records, {sum(one.labels)} included")
        starts = [start_of(one, seed=seed) for seed in range(plan.seeds)]
        curves[one.name] = {}
        for name, replay in rankers.items():
            recalls = []
            for seed, start in enumerate(starts):
                row, recall = _measure(one, start, replay)
                rows.append({"dataset": one.name, "ranker": name, "seed": seed, **row})
                recalls.append(recall)
            curves[one.name][name] = np.mean(recalls, axis=0).round(4).tolist()
    return {
        "benchmark": "ranking",
        "method": f"one include and one exclude known, {plan.seeds} starts each; own rankers rank anew after "
        f"max(1, {plan.growth:g} × votes) votes, asreview after each",
        "rows": rows,
        "means": {name: _means(rows, name) for name in rankers},
        "curves": curves,
    }


def _chosen(plan: RankingPlan) -> Mapping[str, Replayer]:
    rankers = own_rankers(growth=plan.growth)
    if plan.only:
        rankers = {name: rankers[name] for name in plan.only}
    return rankers | ({PEER: asreview_replay(plan.asreview)} if plan.asreview else {})


def _measure(one: ScreeningSet, start: Start, replay: Replayer) -> tuple[dict[str, object], list[float]]:
    done = replay(start)
    found = [start.pool.labels[i] for i in done.read]
    found += [0] * (len(one.labels) - len(start.known) - len(found))
    row = {"n": len(one.labels), "p": sum(one.labels)}
    return {**row, **screening_figures(found), "cpu_s": done.cpu_seconds}, _recall(found)


def _recall(found: Sequence[int]) -> list[float]:
    """Return the recall after each hundredth of the list, from none to all of it."""
    reached = np.concatenate(([0.0], np.cumsum(found) / sum(found)))
    places = np.linspace(0, len(found), POINTS + 1)
    return [float(recall) for recall in np.interp(places, np.arange(reached.size), reached)]


def _means(rows: Sequence[Mapping[str, object]], ranker: str) -> dict[str, float]:
    mine = [row for row in rows if row["ranker"] == ranker]
    means = {figure: float(np.mean([row[figure] for row in mine])) for figure in FIGURES}
    return means | {"cpu_total_s": float(np.sum([row["cpu_s"] for row in mine]))}
