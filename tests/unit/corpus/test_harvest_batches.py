"""What a run brings in batches is stored as if it had come one by one, and a batch is stored whole or not at all."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Capture, Record, Report, Sighting
from corpus.services.harvest import finish_run, store_found
from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import (
    NOON,
    begin_crawl,
    capture_fact,
    found_document,
    found_record,
    make_source,
    run_result,
)
from tests.unit.corpus.rows import all_rows, rolled_back, row_counts
from tests.unit.corpus.test_harvest import CAPTURES, found_records

pytestmark = pytest.mark.django_db

EARLIER = UUID("4d0f1c1a-6a0c-4f0e-9a57-0f7c64f0d9c1")
UID = UUID("0b2f4e0e-51a8-4ad4-b6b8-9dd3f6b4f0aa")


def document_of(capture, *, key="d"):
    return found_document(key=key, status=RetrievalStatus.RETRIEVED, captures=[capture.record_id])


@settings(max_examples=15, deadline=None)
@given(
    data=st.data(),
    earlier=st.lists(found_records(), max_size=2),
    records=st.lists(found_records(), max_size=5),
)
def test_batches_of_any_size_leave_the_rows_that_single_calls_leave(data, earlier, records):
    things = [*CAPTURES[1:], *records, *CAPTURES[:2]]

    def rows_of(sizes):
        with rolled_back():
            source = make_source()
            begin_crawl(source=source, uid=EARLIER)
            store_found(EARLIER, [*CAPTURES, *earlier])
            finish_run(EARLIER, run_result(), at=NOON)
            begin_crawl(source=source, uid=UID)
            waiting, answers = list(things), []
            for size in (*sizes, len(things)):
                answers += store_found(UID, waiting[:size])
                waiting = waiting[size:]
            return answers, all_rows(), row_counts()

    one_by_one = rows_of([1] * len(things))
    assert rows_of(data.draw(st.lists(st.integers(0, 6), max_size=6), label="sizes")) == one_by_one


def test_a_batch_with_something_wrong_in_it_leaves_nothing():
    run = begin_crawl(source=make_source())
    fact = capture_fact()
    unfounded = found_record(key="b", documents=[document_of(capture_fact())])

    with pytest.raises(SourceError, match="its capture is not stored"):
        store_found(run.uid, [fact, found_record(key="a", documents=[document_of(fact)]), unfounded])

    assert not Capture.objects.exists()
    assert not Record.objects.exists()


def test_a_document_that_a_record_names_twice_in_one_batch_is_kept_once():
    run = begin_crawl(source=make_source())
    first, second = capture_fact(), capture_fact(body=b"%PDF-1.7 newer")

    store_found(run.uid, [first, second, found_record(documents=[document_of(first), document_of(second)])])

    report = Report.objects.get()
    assert report.capture.record_id == second.record_id
    assert report.report_captures.count() == 2


def test_storing_many_asks_the_database_no_more_often_than_storing_few():
    run = begin_crawl(source=make_source())

    def queries(numbers):
        facts = [capture_fact() for _ in numbers]
        found = [
            found_record(key=f"r{n}", documents=[document_of(fact, key=f"d{n}")])
            for n, fact in zip(numbers, facts, strict=True)
        ]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            store_found(run.uid, [*facts, *found])
        return len(asked)

    assert queries(range(2)) == queries(range(10, 60))
    assert Sighting.objects.count() == 52
