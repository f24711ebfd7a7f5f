"""The database of each workspace that commands run in: SQLite's file, or a PostgreSQL database of its own."""

import hashlib
import os
from pathlib import Path

import dj_database_url
import psycopg
from psycopg import sql

ASKED = os.environ.get("GREYSIFT_DATABASE_URL", "")
ON_POSTGRESQL = ASKED.startswith("postgres")


def address_for(data: Path) -> str | None:
    """Return the address of the database that goes with a data folder, made at first use; None means SQLite's file."""
    if not ON_POSTGRESQL:
        return None
    name = "commands_" + hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:16]
    with psycopg.connect(**server(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{ASKED.rpartition('/')[0]}/{name}"


def server(address: str = ASKED) -> dict[str, object]:
    """Return what psycopg needs to know to reach a database."""
    facts = dj_database_url.parse(address)
    known = {
        "host": facts["HOST"],
        "port": facts["PORT"],
        "user": facts["USER"],
        "password": facts["PASSWORD"],
        "dbname": facts["NAME"],
    }
    return {key: value for key, value in known.items() if value}
