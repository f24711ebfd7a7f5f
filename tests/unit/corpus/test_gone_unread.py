"""A crawl that did not read what told of a thing is no witness that the thing is gone, nor that it is back."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from corpus.models import Record, Report
from corpus.services.harvest import begin_run, finish_run, store_record
from corpus.vocabulary.harvest import FoundDocument, FoundRecord, RetrievalStatus, RunResult
from tests.factories import NOON, found_document, make_capture, make_source
from tests.unit.corpus.rows import rolled_back

pytestmark = pytest.mark.django_db

PAGE, FILE = "https://a.example.invalid/reports/5", "https://a.example.invalid/files/5.pdf"
READ = FoundRecord(PAGE, PAGE, "Report 5", None, None, None, None)


def a_file(run, *, status=200):
    capture = make_capture(run=run, url=FILE, body=b"%PDF", status=status, at=run.started_at)
    is_had = status == 200
    return found_document(
        key=FILE,
        url=FILE,
        status=RetrievalStatus.RETRIEVED if is_had else RetrievalStatus.NOT_RETRIEVED,
        reason=None if is_had else str(status),
        captures=[capture],
    )


def unread(*captures, parts=("page",)):
    page = FoundDocument(
        PAGE, PAGE, "5", "", RetrievalStatus.NOT_RETRIEVED, "access refused", captures, is_unread_page=True
    )
    return replace(READ, title="5", captures=captures, documents=(page,), is_unread=True, unread_parts=parts)


def linking(run):
    return replace(READ, documents=(a_file(run),))


def crawl(source, day, what, *, unread_lists=()):
    """Store a complete crawl; ``what`` makes its only record, ``None`` lists none."""
    at = NOON + timedelta(days=day)
    run = begin_run(source, uid=uuid4(), channel="replay", strategy={"q": "x"}, at=at)
    if what is not None:
        store_record(run.uid, what(run))
    number = int(what is not None)
    return finish_run(
        run.uid, RunResult(number, number, {}, (), {}, unread_lists=unread_lists), at=at + timedelta(hours=1)
    )


def gone():
    return {
        table.__name__.lower()
        for table in (Record, Report)
        if table.objects.filter(gone_since__isnull=False).exists()
    }


def refused_page(run):
    return unread(make_capture(run=run, url=PAGE, body=b"", status=403, at=run.started_at))


def missing_page(run):
    return unread(make_capture(run=run, url=PAGE, body=b"", status=404, at=run.started_at))


def dropped(run):
    return READ


def deleted_file(run):
    return replace(READ, documents=(a_file(run, status=410),))


def refused_file(run):
    return replace(READ, documents=(a_file(run, status=403),))


def only_files(run):
    return replace(linking(run), unread_parts=("page",))


def no_file_and_no_page(run):
    return replace(READ, unread_parts=("page",))


def withheld_files(run):
    return replace(READ, unread_parts=("files", "page"))


@pytest.mark.parametrize(
    ("crawls", "is_gone"),
    [
        ([linking, refused_page, refused_page], set()),
        ([linking, refused_page, refused_page, dropped], set()),
        ([linking, dropped, refused_page, dropped], {"report"}),
        ([linking, refused_page, refused_page, None, None], {"record", "report"}),
        ([linking, missing_page, missing_page], {"record", "report"}),
        ([linking, missing_page, refused_page], {"record"}),
        ([linking, missing_page, linking], set()),
        ([linking, None, None, refused_page], {"report"}),
        ([linking, deleted_file, refused_file], {"report"}),
        ([linking, deleted_file, linking], set()),
        ([linking, dropped, dropped, refused_file], set()),
        ([linking, no_file_and_no_page, no_file_and_no_page], set()),
        ([only_files, no_file_and_no_page, no_file_and_no_page], {"report"}),
        ([only_files, withheld_files, withheld_files], set()),
    ],
)
def test_only_what_was_read_says_that_a_thing_is_gone_or_back_in_whatever_order_it_is_stored(crawls, is_gone):
    in_time = list(range(len(crawls)))
    for order in (in_time, in_time[::-1], in_time[1:] + in_time[:1]):
        with rolled_back():
            source = make_source()
            for day in order:
                crawl(source, day, crawls[day])

            assert gone() == is_gone, order


def test_a_list_that_is_not_read_says_nothing_of_what_it_held():
    source = make_source()
    crawl(source, 0, linking)
    for day in (1, 2):
        crawl(source, day, None, unread_lists=("files",))
    assert gone() == set()

    for day in (3, 4):
        crawl(source, day, None)

    assert gone() == {"record", "report"}


def test_what_was_seen_without_a_list_needs_none_to_go():
    source = make_source()
    crawl(source, 0, linking, unread_lists=("files",))

    for day in (1, 2):
        crawl(source, day, None, unread_lists=("files",))

    assert gone() == {"record", "report"}
