"""What lies in the tables, in words that do not depend on row numbers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import models, transaction

NAMES = {
    "Candidate": ("review__slug", "record__source__slug", "record__key"),
    "Capture": ("record_id",),
    "ExtractedText": ("body_sha256", "extractor", "extractor_version"),
    "Person": ("username",),
    "ProtocolVersion": ("review__slug", "number"),
    "Record": ("source__slug", "key"),
    "Report": ("record__source__slug", "record__key", "key"),
    "Review": ("slug",),
    "SearchRun": ("uid",),
    "SearchUse": ("review__slug", "search_run__uid"),
    "Source": ("slug",),
    "Suggestion": ("kind", "value", "page", "start", "end"),
    "TrainedModel": ("task", "version"),
}


def tables() -> list[type[models.Model]]:
    """Return the store's tables."""
    return list(apps.get_app_config("corpus").get_models())


def row_counts() -> dict[str, int]:
    """Return how many rows each table holds, audit events included."""
    return {table.__name__: table.objects.count() for table in tables()}


def all_rows() -> dict[str, list[str]]:
    """Return every row of every table; row numbers are replaced by the names of what they point to."""
    return {table.__name__: sorted(_rows_of(table)) for table in tables()}


def _rows_of(table: type[models.Model]) -> Iterator[str]:
    columns: list[str] = []
    for field in table._meta.concrete_fields:
        if field.primary_key or field.name == "subject_id":
            continue
        if field.is_relation:
            columns.extend(f"{field.name}__{name}" for name in NAMES[field.related_model.__name__])
        else:
            columns.append(field.name)
    for row in table.objects.values_list(*columns):
        yield repr(dict(zip(columns, row, strict=True)))


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo, at its end, all that a block wrote: each example of a property begins alike."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
