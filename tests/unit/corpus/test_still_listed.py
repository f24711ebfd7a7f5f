"""What is listed is seen, though nothing more is had of it: a double where it is known, a mention of a known record."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from corpus.models import Record, RecordRevision, Report, ReportSighting, Sighting
from corpus.selectors.figures import figures_of
from corpus.services.harvest import begin_run, finish_run, store_record
from corpus.vocabulary.harvest import MENTIONED, FoundRecord, RetrievalStatus, RunResult
from tests.factories import NOON, found_document, found_record, make_capture, make_source

pytestmark = pytest.mark.django_db

A, B = "https://a.example.invalid/a.pdf", "https://a.example.invalid/b.pdf"
MENTION = FoundRecord("r", None, "", None, None, None, None, is_unread=True, unread_parts=tuple(MENTIONED))


def with_files(**files):
    """Return what makes a record with files by address; one with the bytes of a file before it is a double."""

    def made(run):
        documents, met = [], set()
        for url, text in zip((A, B), files.values(), strict=False):
            capture = make_capture(run=run, url=url, body=text.encode(), at=run.started_at)
            document = found_document(key=url, url=url, status=RetrievalStatus.RETRIEVED, captures=[capture])
            documents.append(replace(document, is_double=text in met))
            met.add(text)
        return found_record(key="r", title="R", documents=documents)

    return made


def crawl(source, day, what):
    at = NOON + timedelta(days=day)
    run = begin_run(source, uid=uuid4(), channel="crawl", strategy={"q": "x"}, at=at)
    store_record(run.uid, what(run) if callable(what) else what)
    return finish_run(run.uid, RunResult(1, 1, {}, (), {}), at=at)


def gone():
    return [thing.key for table in (Record, Report) for thing in table.objects.exclude(gone_since=None)]


def test_a_double_that_was_never_a_document_of_its_own_is_none():
    crawl(make_source(), 0, with_files(a="same", b="same"))

    assert list(Report.objects.values_list("key", flat=True)) == [A]


def test_a_document_whose_file_becomes_anothers_is_seen_and_has_a_new_version():
    source = make_source()
    crawl(source, 0, with_files(a="one", b="two"))

    for day in (1, 2, 3):
        run = crawl(source, day, with_files(a="one", b="one"))

    assert gone() == []
    report = Report.objects.get(key=B)
    assert report.report_captures.count() == 2
    assert ReportSighting.objects.filter(report=report).count() == 4
    assert figures_of(run).documents.unchanged == 2


def test_a_double_that_is_linked_no_more_goes():
    source = make_source()
    for day, files in enumerate(
        [{"a": "one", "b": "two"}, {"a": "one", "b": "one"}, {"a": "one"}, {"a": "one"}]
    ):
        crawl(source, day, with_files(**files))

    assert gone() == [B]


def test_a_record_that_is_only_mentioned_is_there_and_so_are_its_files():
    source = make_source()
    crawl(source, 0, with_files(a="one"))

    for day in (1, 2, 3):
        run = crawl(source, day, MENTION)

    assert gone() == []
    assert (figures_of(run).got["records"], figures_of(run).records.seen) == (0, 0)
    assert RecordRevision.objects.count() == 1
    assert Record.objects.get().title == "R"


def test_a_mention_of_what_nobody_knows_is_not_stored():
    crawl(make_source(), 0, MENTION)

    assert not Record.objects.exists()
    assert not Sighting.objects.exists()


def test_a_mention_does_not_bring_back_what_the_source_called_gone():
    source = make_source()
    crawl(source, 0, with_files(a="one"))
    crawl(source, 1, replace(MENTION, is_unread=False, gone_reason="deleted"))

    crawl(source, 2, MENTION)

    assert "r" in gone()
