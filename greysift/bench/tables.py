"""How the comparisons of the benches are drawn, all alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table


def figures(title: str, *headings: str, caption: str = "") -> Table:
    """Return an empty table: what is compared stands at the left and keeps to one line, its figures at the right."""
    table = Table(
        title=title,
        caption=caption,
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left", no_wrap=not number)
    return table


def targets(judged: Sequence[Mapping[str, Any]], *, caption: str = "") -> Table:
    """Return the targets: ``what``, ``wanted`` (as printed), ``got`` (a number or ``None``), ``is_met``."""
    table = figures("Targets", "what", "wanted", "got", "", caption=caption)
    for target in judged:
        got = "–" if target["got"] is None else f"{target['got']:.4f}"
        table.add_row(target["what"], target["wanted"], got, "met" if target["is_met"] else "not met")
    return table
