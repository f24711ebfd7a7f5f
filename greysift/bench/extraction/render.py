"""The comparison for people: a table a group, then the targets."""

from collections.abc import Mapping
from typing import Any, cast

from rich import box
from rich.console import Group
from rich.table import Table

from greysift.bench.extraction.folders import Kind

_TEXT = {"published": "publ.", "cleaned": "clean", "neutral": "neutral", "word_f1": "words", "order": "order"}
_TABLE = {"precision": "precision", "recall": "recall", "f1": "F1"}


def render_extraction(result: Mapping[str, object]) -> Group:
    """Lay a result out: means over documents, speed and memory, then the targets."""
    groups = cast("Mapping[str, Mapping[str, Any]]", result["groups"])
    speed = cast("Mapping[str, Mapping[str, float | None]]", result["speed"])
    tables = [_group(name, group, speed[group["kind"]]) for name, group in groups.items()]
    missing = cast("Mapping[str, str]", result["missing"])
    taken = cast("list[str]", result["taken"])
    return Group(
        *taken, *tables, _targets(cast("list[Mapping[str, Any]]", result["targets"])), *missing.values()
    )


def _group(name: str, group: Mapping[str, Any], ratios: Mapping[str, float | None]) -> Table:
    kind, tools = group["kind"], group["tools"]
    measures = {Kind.TABLES: _TABLE, Kind.PLAIN: {}}.get(kind, _TEXT)
    any_tool = next(iter(tools.values()))
    title = f"{name} ({kind}): {any_tool['documents']} documents, {any_tool['pages']} pages"
    table = Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    table.add_column("tool", no_wrap=True)
    for heading in (*measures.values(), "p/s", "ours ×", "MiB", "lost"):
        table.add_column(heading, justify="right", no_wrap=True)
    for tool, figures in tools.items():
        table.add_row(
            tool,
            *(_share(figures[measure]) for measure in measures),
            _number(figures["pages_per_cpu_second"]),
            _number(ratios.get(tool)),
            _number(figures["peak_bytes"] and figures["peak_bytes"] / 2**20),
            str(figures["not_read"]),
        )
    return table


def _targets(judged: list[Mapping[str, Any]]) -> Table:
    table = Table(
        title="Targets",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        caption="p/s: pages a CPU-second; ours ×: ours beside that tool; MiB: greatest memory of a process; lost: not read.",
        caption_justify="left",
    )
    for heading in ("what", "wanted", "got", ""):
        table.add_column(heading, justify="left" if heading in {"what", ""} else "right")
    for target in judged:
        got = target["got"]
        table.add_row(
            target["what"],
            f"≥ {target['wanted']:g}",
            "–" if got is None else f"{got:.4f}",
            "met" if target["is_met"] else "not met",
        )
    return table


def _share(value: float) -> str:
    return f"{value:.4f}".removeprefix("0")[:5]  # four places, three of 1.000


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 20 else f"{value:.2f}"
