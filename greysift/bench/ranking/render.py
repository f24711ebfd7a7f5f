"""The comparison for people: means over the sets, then loss and work saved set by set."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
from rich.console import Group
from rich.table import Table

from greysift.bench.tables import figures

_NAMES = {
    "loss": "loss",
    "ndcg": "NDCG",
    "wss95": "WSS@95",
    "wss100": "WSS@100",
    "rrf10": "RRF@10",
    "atd": "mean rank",
    "cpu_total_s": "processor s",
}


def render_ranking(result: Mapping[str, object]) -> Group:
    """Lay a result out."""
    rows = cast("Sequence[Mapping[str, Any]]", result["rows"])
    means = cast("Mapping[str, Mapping[str, float]]", result["means"])
    return Group(_means(means, str(result["method"])), _by_set(rows, list(means)))


def _means(means: Mapping[str, Mapping[str, float]], method: str) -> Table:
    table = figures("Means over the sets", "ranker", *_NAMES.values(), caption=method)
    for ranker, mean in means.items():
        table.add_row(ranker, *(_cell(mean[figure], figure) for figure in _NAMES))
    return table


def _by_set(rows: Sequence[Mapping[str, Any]], rankers: Sequence[str]) -> Table:
    table = figures("Loss / WSS@95 by set, means over the starts", "set", "records", "included", *rankers)
    for name in dict.fromkeys(row["dataset"] for row in rows):
        held = [row for row in rows if row["dataset"] == name]
        cells = []
        for ranker in rankers:
            mine = [row for row in held if row["ranker"] == ranker]
            loss, saved = (float(np.mean([row[figure] for row in mine])) for figure in ("loss", "wss95"))
            cells.append(f"{loss:.3f} / {saved:.3f}")
        table.add_row(name, str(held[0]["n"]), str(held[0]["p"]), *cells)
    return table


def _cell(value: float, figure: str) -> str:
    return f"{value:.1f}" if figure in {"atd", "cpu_total_s"} else f"{value:.3f}"
