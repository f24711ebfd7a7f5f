"""Rows written many at once are those that the ORM writes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.models import AuditEvent, Record, RecordRevision
from corpus.services.rows import insert_objects, insert_rows
from tests.factories import NOON, make_source
from tests.unit.corpus.rows import all_rows, rolled_back

pytestmark = pytest.mark.django_db

NAMES = ("event", "subject_type", "subject_id", "by_id", "at", "facts")
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
moments = st.timedeltas(timedelta(-9000), timedelta(30_000)).map(lambda past: NOON + past)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(texts, parts, max_size=3),
    max_leaves=6,
)
events = st.tuples(
    texts, texts, texts, st.none(), moments, st.dictionaries(texts, json_values, max_size=3) | json_values
)


def outcome_of(write):
    with rolled_back():
        try:
            with transaction.atomic():
                write()
        except DatabaseError as error:
            return type(error)
        return all_rows()


@settings(max_examples=30, deadline=None)
@example([("x" * 51, "", "", None, NOON, {})])
@given(st.lists(events.filter(lambda row: row[-1] is not None), max_size=4))
def test_rows_are_what_objects_of_them_would_be(rows):
    by_orm = outcome_of(
        lambda: AuditEvent.objects.bulk_create(
            AuditEvent(**dict(zip(NAMES, row, strict=True))) for row in rows
        )
    )
    assert outcome_of(lambda: insert_rows(AuditEvent, NAMES, rows)) == by_orm


def test_more_rows_than_any_statement_takes_places_for():
    insert_rows(AuditEvent, NAMES, ((f"{n}", "a", "b", None, NOON, {"n": n}) for n in range(20_000)))
    assert AuditEvent.objects.filter(facts__n=19_999).values_list("event", flat=True).get() == "19999"


def test_objects_get_their_own_keys_whatever_else_is_there():
    one, other = make_source(slug="one"), make_source(slug="other")

    def records(source):
        return [Record(source=source, key=key, revision=1, title=key, first_seen_at=NOON) for key in "abc"]

    theirs, ours = records(one), records(other)
    insert_objects(theirs, known_by=("source_id", "key"))
    insert_objects(ours, known_by=("source_id", "key"))
    stored = {record.pk: (record.source_id, record.key) for record in Record.objects.all()}
    assert stored == {record.pk: (record.source_id, record.key) for record in (*theirs, *ours)}
    ours[0].title = "changed"
    ours[0].save()
    assert Record.objects.get(source=other, key="a").title == "changed"
    assert Record.objects.count() == 6


def test_what_is_there_already_is_an_error_unless_it_is_to_be_passed_over():
    record = Record(source=make_source(), key="a", revision=1, title="a", first_seen_at=NOON)
    insert_objects([record], known_by=("source_id", "key"))
    names = ("record_id", "number", "sha256", "said", "captures", "seen_at")
    rows = [(record.pk, number, "0" * 64, {}, [], NOON) for number in (1, 2)]
    insert_rows(RecordRevision, names, rows[:1])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(RecordRevision, names, rows)
    assert RecordRevision.objects.count() == 1
    insert_rows(RecordRevision, names, rows, passes_over=True)
    assert RecordRevision.objects.count() == 2
