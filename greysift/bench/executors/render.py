"""The comparison as a table."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group
from rich.table import Table


def render_executors(result: Mapping[str, Any]) -> Group:
    """Draw the rows, and say whether all results are the same."""
    drawn = Table(title=f"{result['documents']} documents", title_justify="left", header_style="bold")
    for name in (
        "read by",
        "at once",
        "one killed",
        "documents",
        "seconds",
        "docs/s",
        "pages/s",
        "scaling",
        "same",
    ):
        drawn.add_column(name, justify="left" if name == "read by" else "right")
    for row in result["rows"]:
        drawn.add_row(
            row["where"],
            str(row["workers"]),
            "yes" if row["one_killed"] else "no",
            str(row["documents"]),
            f"{row['seconds']:.1f}",
            f"{row['documents_per_second']:.2f}",
            f"{row['pages_per_second']:.1f}",
            f"{row['scaling']:.2f}",
            "yes" if row["identical"] else "NO",
        )
    same = "Every result is the same, byte for byte." if result["identical"] else "Results DIFFER."
    return Group(drawn, same)
