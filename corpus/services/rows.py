"""Many new rows of one table at once, with little to do for each: a crawl writes eight for every document.

Django's own way makes an object of each row and a statement of each hundred; here is one statement, made once.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.options import Options

M = TypeVar("M", bound=Model)


class _Column(NamedTuple):
    """A column, and how a value becomes what the database takes; ``None`` is for values that it takes as they are."""

    name: str
    type: str
    prepare: Callable[[Any], object] | None


def insert_rows(
    table: type[Model], names: Sequence[str], rows: Iterable[Sequence[object]], *, passes_over: bool = False
) -> None:
    """Insert rows; call it inside the transaction of the deed.

    Parameters
    ----------
    table
        Where to.
    names
        The attributes that each row has a value for, all but the primary key; of foreign keys the ``…_id``.
    rows
        The values, in that order.
    passes_over
        Whether rows that are there already are passed over; else they are an error.
    """
    at = connections[DEFAULT_DB_ALIAS]  # itself, and not what stands for it and looks for it each time
    fields = {field.attname: field for field in _told_of(table).concrete_fields}
    columns = [_column(fields[name], at=at) for name in names]
    prepared: list[list[Any]] = [
        [c.prepare(v) if c.prepare else v for c, v in zip(columns, row, strict=True)] for row in rows
    ]
    if not prepared:
        return
    quote = at.ops.quote_name
    into = f"{quote(_told_of(table).db_table)} ({', '.join(quote(column.name) for column in columns)})"
    otherwise = " ON CONFLICT DO NOTHING" if passes_over else ""
    with at.cursor() as cursor:
        if at.vendor == "postgresql":  # one array for each column: a round trip for all rows
            arrays = ", ".join(f"(%s)::{column.type}[]" for column in columns)
            cursor.execute(
                f"INSERT INTO {into} SELECT * FROM UNNEST({arrays}){otherwise}",  # noqa: S608 - names of our own
                [list(values) for values in zip(*prepared, strict=True)],
            )
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places}){otherwise}", prepared)  # noqa: S608


def insert_objects(objects: Sequence[M], *, known_by: tuple[str, str]) -> None:
    """Insert new objects of one table and give each its primary key; ``known_by`` are two attributes unique together."""
    if not objects:
        return
    table = type(objects[0])
    names = [field.attname for field in _told_of(table).concrete_fields if not field.primary_key]
    insert_rows(table, names, ([getattr(each, name) for name in names] for each in objects))
    places = {tuple(getattr(each, name) for name in known_by): each for each in objects}
    wanted = {f"{name}__in": {place[at] for place in places} for at, name in enumerate(known_by)}
    stored: QuerySet[M] = QuerySet(table)
    for pk, *place in stored.filter(**wanted).values_list("pk", *known_by):
        if (each := places.get(tuple(place))) is not None:
            each.pk = pk
            each._state.adding, each._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as bulk_create does


def _told_of(table: type[Model]) -> "Options[Any]":
    return table._meta  # noqa: SLF001 - public, for all its name


def _column(field: "Field[Any, Any]", *, at: BaseDatabaseWrapper) -> _Column:
    kind, _, _ = str(field.db_type(at)).partition("(")  # cast to a length, a text would be cut in silence
    return _Column(str(field.column), kind, _preparation(field, at=at))


def _preparation(field: "Field[Any, Any]", *, at: BaseDatabaseWrapper) -> Callable[[Any], object] | None:
    """Return what the field itself would do in the end, by the shortest way."""
    if isinstance(field, ForeignKey):
        return _preparation(field.target_field, at=at)
    if isinstance(field, DateTimeField):
        return at.ops.adapt_datetimefield_value
    if isinstance(field, JSONField):
        return partial(at.ops.adapt_json_value, encoder=field.encoder)
    if isinstance(field, CharField | IntegerField | TextField):
        return None
    return partial(field.get_db_prep_save, connection=at)
