"""The tests run on the database that was asked for, set as the product needs it, and its tables come and go."""

import os

import pytest
from django.core.management import call_command
from django.db import connection

from tests.unit.corpus.full_store import fill_store
from tests.unit.corpus.rows import row_counts


@pytest.mark.django_db
def test_database_is_the_one_that_was_asked_for():
    asked = os.environ.get("GREYSIFT_DATABASE_URL") or "sqlite"

    assert connection.vendor == ("postgresql" if asked.startswith("postgres") else "sqlite")
    with connection.cursor() as cursor:
        is_postgresql = connection.vendor == "postgresql"
        cursor.execute("SELECT version()" if is_postgresql else "SELECT 'SQLite ' || sqlite_version()")
        assert cursor.fetchone()[0].startswith("PostgreSQL" if is_postgresql else "SQLite")


@pytest.mark.django_db
def test_embedded_database_is_a_file_with_a_write_ahead_log_and_full_syncs():
    if connection.vendor == "postgresql":
        assert not os.environ["GREYSIFT_DATABASE_URL"].startswith("sqlite")
        return
    with connection.cursor() as cursor:
        answers = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert answers == ["wal", 2, 1]
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.django_db
def test_tables_and_migrations_say_the_same(capsys):
    call_command("makemigrations", check=True, dry_run=True)

    assert "No changes detected" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_tables_go_and_come_back():
    try:
        call_command("migrate", "corpus", "zero", verbosity=0)
        left = {name for name in connection.introspection.table_names() if name.startswith("corpus_")}
    finally:
        call_command("migrate", verbosity=0)

    assert left == set()
    fill_store()
    assert all(row_counts().values())
