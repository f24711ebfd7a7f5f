"""Looking into a workspace's database from outside."""

import sqlite3
from contextlib import closing
from pathlib import Path


def tables(workspace: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all corpus tables."""
    with closing(sqlite3.connect(workspace / "var" / "greysift.sqlite3")) as database:
        names = [
            name
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'corpus_%'"
            )
        ]
        return {name: sorted(database.execute(f"SELECT * FROM {name}"), key=repr) for name in sorted(names)}  # noqa: S608


def counts(workspace: Path) -> dict[str, int]:
    """Return how many rows each corpus table has."""
    return {name: len(rows) for name, rows in tables(workspace).items()}


def column(workspace: Path, query: str) -> list[object]:
    """Return the first column of a query's rows."""
    with closing(sqlite3.connect(workspace / "var" / "greysift.sqlite3")) as database:
        return [row[0] for row in database.execute(query)]
