"""Rows that are evidence cannot be changed, whoever asks: the database itself refuses."""

from django.db import migrations

from corpus.append_only import protect, unprotect

TABLES = (
    "auditevent",
    "capture",
    "modelpromotion",
    "protocolversion",
    "recordrevision",
    "reportcapture",
    "screeningdecision",
    "sighting",
    "termsconfirmation",
    "verdict",
)

FUNCTION = """
CREATE FUNCTION corpus_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)  # no parameters: its % is not a placeholder
    protect(schema_editor, TABLES)


def drop(apps, schema_editor):
    unprotect(schema_editor, TABLES)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION corpus_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("corpus", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
