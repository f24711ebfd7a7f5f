"""A record that is listed and whose page could not be read: what is known of it stands."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from corpus.models import Record, RecordRevision, Report, ReportSighting, Sighting
from corpus.selectors.figures import figures_of
from corpus.services.harvest import begin_run, finish_run, store_capture, store_record
from corpus.vocabulary.harvest import FoundDocument, FoundRecord, RetrievalStatus, RunResult
from tests.factories import NOON, capture_fact, make_source

pytestmark = pytest.mark.django_db

PAGE = "https://a.example.invalid/reports/5"
READ = FoundRecord(
    "a", PAGE, "Report 5", "About it.", None, "2019", None, said={"page": {"title": "Report 5"}}
)


def unread(reason, *captures, key="a"):
    page = FoundDocument(
        PAGE, PAGE, "5", "", RetrievalStatus.NOT_RETRIEVED, reason, captures, is_unread_page=True
    )
    return FoundRecord(
        key, PAGE, "5", None, None, None, None, captures=captures, documents=(page,), is_unread=True
    )


def run_with(source, *found, facts=(), day=0):
    at = NOON + timedelta(days=day)
    run = begin_run(source, uid=uuid4(), channel="crawl", strategy={"q": "x"}, at=at)
    for fact in facts:
        store_capture(run.uid, fact)
    for each in found:
        store_record(run.uid, each)
    return finish_run(run.uid, RunResult(len(found), len(found), {}, (), {}), at=at)


@pytest.mark.parametrize("reason", ["forbidden by robots.txt", "the answer broke off", "access refused"])
def test_the_last_words_of_a_known_record_stand(reason):
    source = make_source()
    run_with(source, READ)

    run = run_with(source, unread(reason), day=1)

    record = Record.objects.get()
    assert (record.title, record.summary, record.published) == ("Report 5", "About it.", "2019")
    assert (record.revision, RecordRevision.objects.count(), Sighting.objects.count()) == (1, 1, 2)
    assert not Report.objects.exists()
    assert (record.gone_since, figures_of(run).changed, figures_of(run).unchanged) == (None, 0, 1)


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_answers_that_it_is_gone_leaves_the_words_and_marks_the_record(status):
    source = make_source()
    run_with(source, READ)
    fact = replace(capture_fact(url=PAGE, at=NOON + timedelta(days=1)), status=status)

    run_with(source, unread("gone", fact.record_id), facts=[fact], day=1)

    record = Record.objects.get()
    assert (record.title, record.revision) == ("Report 5", 1)
    assert str(status) in record.gone_reason
    assert not Report.objects.exists()


def test_a_record_that_was_never_read_is_stored_and_says_why():
    source = make_source()

    run_with(source, unread("forbidden by robots.txt"))
    run_with(source, unread("access refused"), day=1)

    assert Record.objects.get().title == "5"
    assert Report.objects.get().reason == "access refused"
    assert ReportSighting.objects.count() == 2

    run_with(source, READ, day=2)

    assert (Record.objects.get().title, Record.objects.get().revision) == ("Report 5", 2)


def test_a_record_whose_key_stands_on_its_page_is_known_by_the_address():
    source = make_source()
    run_with(source, READ)

    run_with(source, unread("not found", key=PAGE), day=1)

    assert Record.objects.get().key == "a"
    assert Sighting.objects.count() == 2


def test_a_page_that_is_itself_the_document_keeps_its_name():
    source = make_source()
    fact = capture_fact(url=PAGE, at=NOON)
    itself = FoundDocument(
        PAGE, PAGE, "Report 5", "text/html", RetrievalStatus.RETRIEVED, captures=(fact.record_id,)
    )
    run_with(source, replace(READ, documents=(itself,)), facts=[fact])

    run_with(source, unread("not found"), day=1)

    report = Report.objects.get()
    assert (report.title, report.media_type, report.status) == ("Report 5", "text/html", "retrieved")
    assert ReportSighting.objects.count() == 2


def test_good_words_replayed_later_win_over_the_made_up_ones_of_a_later_run():
    source = make_source()
    run_with(source, unread("forbidden by robots.txt"), day=1)

    run_with(source, READ, day=0)

    record = Record.objects.get()
    assert (record.title, record.summary, record.first_seen_at) == ("Report 5", "About it.", NOON)
    run_with(source, unread("forbidden by robots.txt"), day=2)
    assert Record.objects.get().title == "Report 5"


def test_good_words_of_an_old_recording_do_not_win_over_later_good_ones():
    source = make_source()
    run_with(source, READ, day=1)
    run_with(source, unread("forbidden by robots.txt"), day=2)

    run_with(source, replace(READ, title="An old title"), day=0)

    assert Record.objects.get().title == "Report 5"
