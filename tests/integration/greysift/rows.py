"""Looking into a workspace's database from outside."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

from tests.integration.greysift.databases import address_for, server

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'corpus_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'corpus_%'",
}


def connect(workspace: Path) -> tuple[str, sqlite3.Connection | psycopg.Connection[tuple[object, ...]]]:
    """Open a workspace's database; return its kind too."""
    data = workspace / "var"
    address = address_for(data)
    if address is None:
        return "sqlite", sqlite3.connect(data / "greysift.sqlite3")
    return "postgresql", psycopg.connect(**server(address))


def tables(workspace: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all corpus tables."""
    kind, opened = connect(workspace)
    with closing(opened) as database:
        names = sorted(name for (name,) in database.execute(TABLES[kind]))
        return {name: sorted(database.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608


def counts(workspace: Path) -> dict[str, int]:
    """Return how many rows each corpus table has."""
    return {name: len(rows) for name, rows in tables(workspace).items()}


def rows(workspace: Path, query: str) -> list[tuple[object, ...]]:
    """Return a query's rows."""
    _, opened = connect(workspace)
    with closing(opened) as database:
        return [tuple(row) for row in database.execute(query)]


def column(workspace: Path, query: str) -> list[object]:
    """Return the first column of a query's rows."""
    return [row[0] for row in rows(workspace, query)]
