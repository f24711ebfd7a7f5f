"""Rows that are evidence cannot be changed, whoever asks: the database itself refuses."""

from django.db import migrations

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
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)  # no parameters: its % is not a placeholder
    for table in TABLES:
        name = f"corpus_{table}"
        if vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {name}_append_only BEFORE UPDATE ON {name} "
                "FOR EACH ROW EXECUTE FUNCTION corpus_refuse_change()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name}_append_only BEFORE UPDATE ON {name} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {name} are append-only'); END"
            )


def drop(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        name = f"corpus_{table}"
        where = f" ON {name}" if vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {name}_append_only{where}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION corpus_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("corpus", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
