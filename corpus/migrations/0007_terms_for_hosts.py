"""A confirmation of terms says for which hosts it holds; older ones say for none and must be given again."""

from django.db import migrations, models

from corpus.append_only import protect


def keep(apps, schema_editor):
    protect(schema_editor, ["termsconfirmation"])  # SQLite has made the table anew


class Migration(migrations.Migration):
    dependencies = [("corpus", "0006_gone_notices")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, keep),
        migrations.AddField(
            model_name="termsconfirmation", name="hosts", field=models.JSONField(default=list)
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
