"""The comparison for people: the figures with their intervals, then report by report, then the targets."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, cast

from rich.console import Group
from rich.table import Table

from greysift.bench.tables import figures, targets

_NAMES = {
    "heading": "headings",
    "title": "title",
    "table": "tables, IoU ≥ .5",
    "table_8": "tables, IoU ≥ .8",
}
_SINGLE = {
    "level": "level right, of headings found",
    "role_precision": "role right, where one is told",
    "role_recall": "role right, of headings that name one",
    "clean_pages": "pages with no running line left",
    "lost_lines": "lines of the body set apart",
}


def render_structure(result: Mapping[str, object]) -> Group:
    """Lay a result out."""
    reports = cast("list[Mapping[str, Any]]", result["reports"])
    judged = cast("list[Mapping[str, Any]]", result["targets"])
    held_out = sum(report["held_out"] for report in reports)
    heads = {
        "figures": f"{len(reports) - held_out} annotated reports that detection was built on",
        "held_out": f"{held_out} annotated reports that were held out from that",
    }
    shown = [name for name, many in (("figures", len(reports) - held_out), ("held_out", held_out)) if many]
    told = f"{len(reports)} of {result['annotated']} annotated reports, {result['pages']} pages"
    tables = []
    for name in shown:
        measured = cast("Mapping[str, Mapping[str, Any]]", result[name])
        tables += [_detections(measured, heads[name]), _singles(measured)]
    return Group(told, *tables, _by_report(reports), targets(judged))


def _detections(measured: Mapping[str, Mapping[str, Any]], head: str) -> Table:
    table = figures(head, "what", "precision", "recall", "F1", "marked", "found")
    for name, label in _NAMES.items():
        precision, recall, f1 = (measured[f"{name}_{kind}"] for kind in ("precision", "recall", "f1"))
        shown = map(_figure, (precision, recall, f1))
        table.add_row(label, *shown, str(recall["n"]), str(precision["n"]))
    return table


def _singles(measured: Mapping[str, Mapping[str, Any]]) -> Table:
    table = figures("", "what", "share", "of")
    for name, label in _SINGLE.items():
        table.add_row(label, _figure(measured[name]), str(measured[name]["n"]))
    return table


def _by_report(reports: list[Mapping[str, Any]]) -> Table:
    table = figures(
        "Right / found / marked, and lines (* held out)", "report", "headings", "tables", "left", "lost"
    )
    for report in reports:
        numbers = Counter(report["counts"])
        misses = Counter(miss["what"] for miss in report["misses"])
        table.add_row(
            f"{report['file'][-38:]}{' *' if report['held_out'] else ''}",
            *(
                "/".join(str(numbers[f"{n}_{k}"]) for k in ("right", "found", "marked"))
                for n in ("heading", "table")
            ),
            str(misses["running line left in the text"]),
            str(numbers["lost_lines"]),
        )
    return table


def _figure(figure: Mapping[str, Any]) -> str:
    if figure["value"] is None:
        return "–"
    value = f"{figure['value']:.3f}"
    return value if figure["low"] is None else f"{value} ({figure['low']:.2f}–{figure['high']:.2f})"
