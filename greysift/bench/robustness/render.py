"""Outcomes for people: a table for the terminal, a page for the documentation."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from rich import box
from rich.console import Group
from rich.table import Table

from greysift.bench.tables import figures

PAGE_HEAD = """# Odd and damaged files

What becomes of 139 odd, damaged and hostile PDFs from the test suites of other projects, under the default limits, with
tesseract installed. Made by `greysift bench odd-files DIR --markdown OUT`, which fails where an engine by itself reads
what we do not; not to be edited by hand. Characters are readable ones, without blanks; `alone` are those that pdfium and
pdfplumber read by themselves (letters drawn twice once, `(cid:…)` not), – where the engine cannot open the file.
"""


def render_mutants(result: Mapping[str, object]) -> Group:
    """Lay out what became of mutants."""
    said = cast("Mapping[str, Any]", result)
    title = f"{said['mutants']} mutants of {len(said['documents'])} documents, seed {said['seed']}"
    table = figures(title, "outcome", "mutants")
    for outcome, number in said["outcomes"].items():
        table.add_row(outcome, str(number))
    return Group(
        table,
        f"crashes of the parent: {len(said['crashes'])}; over the time limit: {len(said['hangs'])}; slowest "
        f"{said['slowest_seconds']} s of {said['limit_seconds']:g}; most memory {said['peak_bytes'] / 2**20:.0f} MiB of "
        f"{said['limit_bytes'] / 2**20:.0f}; all in {said['seconds']} s",
        *said["crashes"],
        *said["hangs"],
    )


def render_odd_files(result: Mapping[str, object]) -> Group:
    """Lay out what became of the files of a folder."""
    table = Table(title="Odd and damaged files", title_justify="left", box=box.SIMPLE_HEAD, show_edge=False)
    for heading in ("file", "pages", "characters", "alone", "outcome"):
        table.add_column(heading)
    for row in _rows(result):
        table.add_row(*row)
    return Group(table, *cast("list[str]", result["faults"]))


def to_page(result: Mapping[str, object]) -> str:
    """Write the page for the documentation."""
    head = ["file", "pages", "characters", "alone", "outcome"]
    lines = [head, ["---"] * len(head), *_rows(result)]
    table = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    return f"{PAGE_HEAD}\n{table}\n"


def _rows(result: Mapping[str, object]) -> Iterator[list[str]]:
    for row in cast("list[Mapping[str, Any]]", result["files"]):
        engines = ", ".join(f"{name} {pages}" for name, pages in row["engines"].items())
        alone = " / ".join(str(read["characters"]) if read else "–" for read in row["alone"].values())
        outcome = row["said"] if row["kind"] == "reason" else "; ".join(filter(None, [engines, row["said"]]))
        yield [row["name"], str(row["pages"]), str(row["characters"]), alone, outcome]
