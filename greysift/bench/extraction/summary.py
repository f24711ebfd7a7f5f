"""Means by group and tool, ratios of speed, and which targets are met."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any

from greysift.bench.extraction.folders import Kind
from greysift.bench.extraction.relations import Agreement
from greysift.bench.extraction.tools import OURS, PDFPLUMBER, PYPDFIUM2, WORDS

Row = Mapping[str, Any]
MEASURES = ("published", "cleaned", "neutral", "word_f1", "order")

TARGETS = (
    (Kind.PUBLISHED, "published", 0.986, "published similarity, as published"),
    (Kind.PUBLISHED, "cleaned", 0.985, "published similarity, clean-up for all"),
    (Kind.TAGGED, "neutral", 0.995, "whitespace-neutral ratio, tagged reports"),
    (Kind.TAGGED, "word_f1", 0.998, "word F1, tagged reports"),
    (Kind.TABLES, "f1", 0.70, "adjacency F1, tables"),
)
# Pages a CPU-second beside a peer: text with boxes alone, and the whole of the work.
SPEEDS = (
    (WORDS, PYPDFIUM2, 0.7, "text with boxes, × bare pypdfium2"),
    (WORDS, PDFPLUMBER, 40.0, "text with boxes, × plain pdfplumber"),
    (OURS, PDFPLUMBER, 10.0, "the whole of it, × plain pdfplumber"),
)


def summarise(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Return the figures of every group by tool: means over documents, sums for speed, micro averages for tables."""
    groups: dict[str, dict[str, Any]] = {}
    for row in rows:
        group = groups.setdefault(row["group"], {"kind": row["kind"], "tools": {}})
        group["tools"].setdefault(row["tool"], []).append(row)
    for group in groups.values():
        group["tools"] = {tool: _figures(found) for tool, found in group["tools"].items()}
    return groups


def speed_ratios(rows: Sequence[Row]) -> dict[str, dict[str, float | None]]:
    """Return by kind how many times as many pages a CPU-second ours reads as each peer, on what both read."""
    kinds = dict.fromkeys(row["kind"] for row in rows)
    return {
        kind: {
            peer: _ratio([row for row in rows if row["kind"] == kind], OURS, peer)
            for peer in dict.fromkeys(row["tool"] for row in rows if row["kind"] == kind)
            if peer != OURS
        }
        for kind in kinds
    }


def judge(groups: Mapping[str, Mapping[str, Any]], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Say of every target that these documents can tell of whether it is met; by the mean over all such groups."""
    judged = []
    for kind, measure, wanted, what in TARGETS:
        mine = [row for row in rows if row["kind"] == kind and row["tool"] == OURS]
        if mine:
            judged.append(_verdict(what, wanted, _figures(mine)[measure]))
    texts = [row for row in rows if row["kind"] != Kind.TABLES]
    if texts:
        judged += [_verdict(what, wanted, _ratio(texts, mine, peer)) for mine, peer, wanted, what in SPEEDS]
    return judged


def _verdict(what: str, wanted: float, got: float | None) -> dict[str, Any]:
    return {"what": what, "wanted": wanted, "got": got, "is_met": got is not None and got >= wanted}


def _figures(rows: Sequence[Row]) -> dict[str, Any]:
    read = [row for row in rows if row["error"] is None]
    figures: dict[str, Any] = {
        "documents": len(rows),
        "not_read": len(rows) - len(read),
        "pages": sum(row["pages"] for row in read),
        "pages_per_cpu_second": _rate(read),
        "peak_bytes": max((row["peak_bytes"] for row in read), default=None),
    }
    if "wanted" in rows[0]:
        total = sum(
            (Agreement(*(row[name] for name in ("wanted", "found", "right"))) for row in rows),
            Agreement(0, 0, 0),
        )
        return figures | {"precision": total.precision, "recall": total.recall, "f1": total.f1}
    return figures | {name: fmean(row[name] for row in rows) for name in MEASURES if name in rows[0]}


def _ratio(rows: Sequence[Row], ours: str, peer: str) -> float | None:
    """Compare on the documents that both read: a peer that fails on the slow ones is not the faster for it."""
    read = {
        tool: {
            (row["group"], row["document"]): row
            for row in rows
            if row["tool"] == tool and row["error"] is None
        }
        for tool in (ours, peer)
    }
    both = read[ours].keys() & read[peer].keys()
    mine, other = (_rate([read[tool][name] for name in both]) for tool in (ours, peer))
    return mine / other if mine and other else None


def _rate(rows: Iterable[Row]) -> float | None:
    counted = list(rows)
    spent = sum(row["cpu_seconds"] for row in counted)
    return sum(row["pages"] for row in counted) / spent if spent else None
