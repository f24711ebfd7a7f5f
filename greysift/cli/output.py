"""What commands print: JSON for machines, tables and sentences for people."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

console = Console()


def complain(message: str) -> None:
    """Print an error to standard error."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"[bold red]error:[/] {_plain(message)}")


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


def say(text: str) -> None:
    """Print a sentence for people."""
    console.print(_plain(text), highlight=False, soft_wrap=True)


def emit_json(value: object) -> None:
    """Print one JSON document on standard output."""
    json.dump(value, sys.stdout, indent=2, sort_keys=True, default=str)
    sys.stdout.write("\n")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table for people; numbers to the right."""
    cells = [list(row) for row in rows]
    drawn = Table(title=title, title_justify="left", header_style="bold")
    for i, column in enumerate(columns):
        is_number = bool(cells) and all(isinstance(row[i], int | float) for row in cells)
        drawn.add_column(column, justify="right" if is_number else "left", overflow="fold")
    for row in cells:
        drawn.add_row(*(_plain(_cell(cell)) for cell in row))
    console.print(drawn)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def counts_line(counts: Mapping[str, object]) -> str:
    """Return ``a 1, b 2`` for a mapping of counts."""
    return ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in counts.items())


def progress() -> Progress:
    """Return a progress bar on standard error, so that it never mixes with results."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
