"""The comparison for people: a table a group, then the targets."""

from collections.abc import Mapping
from typing import Any, cast

from rich.console import Group
from rich.table import Table

from greysift.bench.extraction.folders import Kind
from greysift.bench.tables import figures, targets

_TEXT = {"published": "publ.", "cleaned": "clean", "neutral": "neutral", "word_f1": "words", "order": "order"}
_LEGEND = "p/s: pages a CPU-second; ours ×: ours beside that tool; MiB: greatest memory of a process; lost: not read."
_TABLE = {"precision": "precision", "recall": "recall", "f1": "F1"}


def render_extraction(result: Mapping[str, object]) -> Group:
    """Lay a result out: means over documents, speed and memory, then the targets."""
    groups = cast("Mapping[str, Mapping[str, Any]]", result["groups"])
    speed = cast("Mapping[str, Mapping[str, float | None]]", result["speed"])
    tables = [_group(name, group, speed[group["kind"]]) for name, group in groups.items()]
    missing = cast("Mapping[str, str]", result["missing"])
    taken = cast("list[str]", result["taken"])
    judged = [
        {**target, "wanted": f"≥ {target['wanted']:g}"}
        for target in cast("list[Mapping[str, Any]]", result["targets"])
    ]
    return Group(*taken, *tables, targets(judged, caption=_LEGEND), *missing.values())


def _group(name: str, group: Mapping[str, Any], ratios: Mapping[str, float | None]) -> Table:
    kind, tools = group["kind"], group["tools"]
    measures = {Kind.TABLES: _TABLE, Kind.PLAIN: {}}.get(kind, _TEXT)
    any_tool = next(iter(tools.values()))
    title = f"{name} ({kind}): {any_tool['documents']} documents, {any_tool['pages']} pages"
    table = figures(title, "tool", *measures.values(), "p/s", "ours ×", "MiB", "lost")
    for tool, found in tools.items():
        table.add_row(
            tool,
            *(_share(found[measure]) for measure in measures),
            _number(found["pages_per_cpu_second"]),
            _number(ratios.get(tool)),
            _number(found["peak_bytes"] and found["peak_bytes"] / 2**20),
            str(found["not_read"]),
        )
    return table


def _share(value: float) -> str:
    return f"{value:.4f}".removeprefix("0")[:5]  # four places, three of 1.000


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 20 else f"{value:.2f}"
