"""What a run says of records and documents is kept as far as it fits, and no document that was had is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from corpus.models import (
    Capture,
    Record,
    RecordRevision,
    Report,
    ReportCapture,
)
from corpus.services.harvest import finish_run, store_capture, store_record
from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import (
    NOON,
    begin_crawl,
    capture_fact,
    found_document,
    found_record,
    make_capture,
    make_run,
    make_source,
    run_result,
)

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=7)


def retrieved_once(source):
    run = begin_crawl(source=source)
    capture = make_capture(run=run, body=b"%PDF first")
    document = found_document(status=RetrievalStatus.RETRIEVED, captures=[capture])
    store_record(run.uid, found_record(documents=[document]))
    finish_run(run.uid, run_result(expected=1, got=1), at=NOON)
    return Capture.objects.get(record_id=capture)


@pytest.mark.parametrize("status", [RetrievalStatus.NOT_RETRIEVED, RetrievalStatus.SOUGHT])
def test_document_that_was_had_once_is_not_lost_when_a_later_run_cannot_get_it(status):
    source = make_source()
    capture = retrieved_once(source)
    run = begin_crawl(source=source, at=LATER)
    gone = make_capture(run=run, status=410, body=b"gone")

    store_record(
        run.uid, found_record(documents=[found_document(status=status, reason="410 Gone", captures=[gone])])
    )

    report = Report.objects.get()
    assert (report.status, report.capture, report.reason) == (RetrievalStatus.RETRIEVED, capture, None)


def test_changed_file_is_a_new_capture_beside_the_old():
    source = make_source()
    first = retrieved_once(source)
    run = begin_crawl(source=source, at=LATER)
    second = make_capture(run=run, body=b"%PDF second")

    document = found_document(status=RetrievalStatus.RETRIEVED, captures=[second])
    store_record(run.uid, found_record(documents=[document]))

    assert Report.objects.get().capture.record_id == second
    assert set(ReportCapture.objects.values_list("capture__record_id", flat=True)) == {
        first.record_id,
        second,
    }


def test_document_that_could_not_be_had_is_retrieved_later():
    source = make_source()
    sought = found_document(status=RetrievalStatus.NOT_RETRIEVED, reason="timed out")
    make_run(source=source, records=[found_record(documents=[sought])])

    retrieved_once(source)

    report = Report.objects.get()
    assert (report.status, report.reason) == (RetrievalStatus.RETRIEVED, None)


def test_capture_is_stored_once():
    run = begin_crawl(source=make_source())
    fact = capture_fact()

    assert [store_capture(run.uid, fact), store_capture(run.uid, fact)] == [True, False]
    assert Capture.objects.get().headers == [["Content-Type", "application/pdf"]]


def test_two_captures_never_share_a_place():
    run = begin_crawl(source=make_source())
    store_capture(run.uid, capture_fact(warc_file="a.warc.gz"))

    with pytest.raises(IntegrityError), transaction.atomic():
        store_capture(run.uid, capture_fact(warc_file="a.warc.gz"))


@pytest.mark.parametrize(("field", "limit"), [("document_type", 100)])
def test_words_too_long_for_their_column_are_cut_in_the_row_and_kept_in_the_revision(field, limit):
    make_run(source=make_source(), records=[replace(found_record(), **{field: "x" * 500})])

    assert getattr(Record.objects.get(), field) == "x" * limit
    assert RecordRevision.objects.get().said[field] == "x" * 500


def test_media_type_too_long_for_its_column_is_cut():
    document = replace(found_document(), media_type="application/" + "x" * 500)

    make_run(source=make_source(), records=[found_record(documents=[document])])

    assert len(Report.objects.get().media_type) == 200


@pytest.mark.parametrize(
    "published", ["May 2019", "2019-5", "2019-13", "2019-02-30", "٢٠١٩", "2019-05-17T09:30:00Z", "19", ""]
)
def test_date_that_is_no_iso_date_is_refused(published):
    run = begin_crawl(source=make_source())

    with pytest.raises(SourceError, match="date"):
        store_record(run.uid, replace(found_record(), published=published))


@pytest.mark.parametrize("published", [None, "2019", "2019-05", "2019-05-17"])
def test_date_keeps_its_precision(published):
    make_run(source=make_source(), records=[replace(found_record(), published=published)])

    assert Record.objects.get().published == published
