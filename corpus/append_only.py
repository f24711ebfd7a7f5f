"""Triggers by which the database itself refuses to change rows that are evidence."""

from collections.abc import Iterable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def protect(schema_editor: BaseDatabaseSchemaEditor, tables: Iterable[str]) -> None:
    """Make tables append-only, also those that were before: SQLite drops triggers when a table is made anew."""
    for table in tables:
        name = f"corpus_{table}"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_append_only ON {name}")
            schema_editor.execute(
                f"CREATE TRIGGER {name}_append_only BEFORE UPDATE ON {name} "
                "FOR EACH ROW EXECUTE FUNCTION corpus_refuse_change()"
            )
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_append_only")
            schema_editor.execute(
                f"CREATE TRIGGER {name}_append_only BEFORE UPDATE ON {name} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {name} are append-only'); END"
            )


def unprotect(schema_editor: BaseDatabaseSchemaEditor, tables: Iterable[str]) -> None:
    """Take the triggers away again."""
    for table in tables:
        name = f"corpus_{table}"
        where = f" ON {name}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_append_only{where}")
