"""What commands print: JSON for machines, tables and sentences for people."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.status import Status
from rich.table import Table

from corpus.vocabulary.errors import WorkspaceError

console = Console()

PUT_OFF = 4
"""Exit status: not now; the same command later goes on where this one stopped."""


def complain(message: str) -> None:
    """Print an error to standard error."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"[bold red]error:[/] {_plain(message)}")


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


def said(value: str) -> str:
    """Refuse an empty answer to a question that must be answered."""
    if not value.strip():
        raise typer.BadParameter("say it in a few words")
    return value


def warn(message: str) -> None:
    """Print to standard error what is no error but wants looking at."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"[bold]note:[/] {_plain(message)}")


def say(text: str, *, to_stderr: bool = False) -> None:
    """Print a sentence for people; beside a result for machines it goes to standard error."""
    channel = Console(stderr=True) if to_stderr else console
    channel.print(_plain(text), highlight=False, soft_wrap=True)


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
        is_short = is_number or all(" " not in _cell(row[i]).strip() for row in cells)
        drawn.add_column(column, justify="right" if is_number else "left", overflow="fold", no_wrap=is_short)
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


def spinner(text: str) -> Status:
    """Return a sign of life on standard error, for work whose length nobody knows."""
    return Console(stderr=True).status(_plain(text))


def read_text(path: Path) -> str:
    """Return the text of a file that a person named.

    Raises
    ------
    WorkspaceError
        When it is not there, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise WorkspaceError(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be read: {error.strerror}") from error


def write_text(path: Path, text: str) -> None:
    """Write a file that a person named.

    Raises
    ------
    WorkspaceError
        When it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be written: {error.strerror}") from error
