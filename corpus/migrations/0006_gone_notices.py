from django.db import migrations, models

from corpus.append_only import protect

TABLES = ("sighting", "reportsighting")


def protect_again(apps, schema_editor):
    protect(schema_editor, TABLES)  # SQLite makes tables anew to add a column, and drops their triggers


class Migration(migrations.Migration):

    dependencies = [
        ('corpus', '0005_schedules_in_use'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, protect_again),
        migrations.AddField(
            model_name='reportsighting',
            name='gone_reason',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='sighting',
            name='gone_reason',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='sighting',
            name='hops',
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(protect_again, migrations.RunPython.noop),
    ]
