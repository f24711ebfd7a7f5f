"""The whole comparison: every document by every tool in a process of its own, scored against its truth."""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from greysift.bench.extraction.folders import Group, Kind, Specimen, find_groups, said_of
from greysift.bench.extraction.pictures import draw_pictures
from greysift.bench.extraction.relations import agreement, read_truth, relations
from greysift.bench.extraction.scores import score
from greysift.bench.extraction.summary import judge, speed_ratios, summarise
from greysift.bench.extraction.tools import (
    OURS,
    PDFTOTEXT,
    PEERS,
    PYPDF,
    TABLE_TOOLS,
    TREE,
    WORDS,
    why_missing,
)
from greysift.bench.extraction.untagged import write_untagged

LONGEST = 600.0
"""Seconds for one document and tool; what takes longer counts as not read."""

PICTURES = 20
"""Pages that are drawn where pictures are wanted."""

Row = dict[str, Any]


def bench_extraction(
    folder: Path,
    *,
    most: int | None = None,
    pictures: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, object]:
    """Read every document that has a truth with every tool, and compare.

    Texts of tagged documents are read from copies without their structure; ours reads the tagged ones as well, in a
    column of its own that meets no target. A tool that does not read a document scores nothing for it.

    Parameters
    ----------
    folder
        A folder of PDFs, or of such folders; each document is of the kind that its truth tells.
    most
        Only so many documents of each group, the first by name.
    pictures
        A folder for pictures of pages with their sentences.
    tell
        Called with a sentence before each step.

    Returns
    -------
    dict
        Plain values for JSON: ``taken`` (what was taken as what), ``rows`` (one a document and tool), ``groups`` (means by tool), ``speed``, ``targets``,
        ``pictures`` where they were wanted.

    Raises
    ------
    WorkspaceError
        When there is no PDF, or a truth does not tell what it is of.
    """
    groups = find_groups(folder)
    for group in groups:
        tell(said_of(group))
    missing = {tool: why for tool in (PYPDF, PDFTOTEXT) if (why := why_missing(tool))}
    for why in missing.values():
        tell(why)
    rows: list[Row] = []
    for group in groups:
        chosen = group.specimens[:most]
        for number, specimen in enumerate(chosen, start=1):
            tell(f"{group.name}: {number} of {len(chosen)}, {specimen.pdf.name}")
            tools = [tool for tool in _tools(group.kind) if tool not in missing]
            turned = tools if number % 2 else tools[::-1]
            rows += sorted(_rows(group, specimen, turned), key=lambda row: tools.index(row["tool"]))
    summary = summarise(rows)
    drawn: dict[str, object] = {}
    if pictures:
        pdfs = [specimen.pdf for group in groups for specimen in group.specimens[:most]]
        drawn["pictures"] = draw_pictures(pdfs, pictures, count=PICTURES, tell=tell)
    return drawn | {
        "benchmark": "extraction",
        "data": str(folder),
        "taken": [said_of(group) for group in groups],
        "missing": missing,
        "groups": summary,
        "speed": speed_ratios(rows),
        "targets": judge(summary, rows),
        "rows": rows,
        "versions": _versions(missing),
        "machine": {"system": platform.platform(), "processors": os.cpu_count(), "load": os.getloadavg()[0]},
    }


def _tools(kind: Kind) -> tuple[str, ...]:
    match kind:
        case Kind.TABLES:
            return TABLE_TOOLS
        case Kind.TAGGED:
            return (OURS, TREE, WORDS, *PEERS)
        case _:
            return (OURS, WORDS, *PEERS)


def _rows(group: Group, specimen: Specimen, tools: Iterable[str]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="greysift-bench-") as folder:
        plain = specimen.pdf
        if group.kind is Kind.TAGGED:
            plain = Path(folder) / specimen.pdf.name
            write_untagged(specimen.pdf, plain)
        for tool in tools:
            answer = _ask(tool, specimen.pdf if tool == TREE else plain)
            yield {
                "group": group.name,
                "kind": group.kind.value,
                "document": specimen.pdf.name,
                "tool": tool,
                **_figures(group.kind, specimen, tool, answer),
            }


def _ask(tool: str, path: Path) -> Mapping[str, Any]:
    name = OURS if tool == TREE else tool
    command = [sys.executable, "-P", "-m", "greysift.bench.extraction.reader", name, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired:
        return {"error": f"took longer than {LONGEST:g} s"}
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        return {"error": last or f"ended with status {done.returncode}"}
    answer: Mapping[str, Any] = json.loads(done.stdout)
    return answer


def _figures(kind: Kind, specimen: Specimen, tool: str, answer: Mapping[str, Any]) -> Row:
    figures: Row = {name: answer.get(name) for name in ("error", "pages", "cpu_seconds", "peak_bytes")}
    if specimen.truth is None:
        return figures
    if kind is Kind.TABLES:
        truth = relations(read_truth(specimen.truth))
        agreed = agreement(truth, relations(answer.get("tables", ())))
        return figures | asdict(agreed) | {"f1": agreed.f1}
    texts = answer.get("texts", [""])
    labels = answer.get("labels", [""])
    name = OURS if tool == TREE else tool
    return figures | asdict(score(name, texts, labels, truth=specimen.truth.read_text(encoding="utf-8")))


def _versions(missing: Mapping[str, str]) -> dict[str, str]:
    names = [name for name in ("greysift", "pdfplumber", "pypdfium2", "pypdf") if name not in missing]
    versions = {name: version(name) for name in names} | {"python": platform.python_version()}
    if PDFTOTEXT not in missing:
        command = [shutil.which(PDFTOTEXT) or PDFTOTEXT, "-v"]
        said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the one that is measured
        versions[PDFTOTEXT] = said.stderr.partition("\n")[0].rpartition(" ")[2]
    return versions
