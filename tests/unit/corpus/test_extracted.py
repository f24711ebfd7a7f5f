"""Documents as text: which are due, how reading went, what a candidate shows of it."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest

from corpus.models import AuditEvent
from corpus.selectors.extraction import bodies_due, extraction_counts, extraction_failures
from corpus.selectors.records import document_in, documents_of
from corpus.services.extraction import store_extraction, store_extraction_failure
from corpus.services.harvest import store_record
from corpus.services.reviews import use_run
from corpus.vocabulary.documents import ExtractedText, Page
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import (
    NOON,
    begin_crawl,
    found_document,
    found_record,
    harvest_bodies,
    make_capture,
    make_review,
    make_run,
    make_source,
)
from tests.unit.corpus.rows import all_rows

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)


def read(body_sha256, *, version="1", title="Title", at=NOON, blob="b" * 64, held_back=MappingProxyType({})):
    pages = tuple(Page(number=n, width=595, height=842, text=f"Page {n}", words=()) for n in (1, 2))
    text = ExtractedText(
        title=title, title_from="metadata", pages=pages, extractor="pdf", extractor_version=version
    )
    return store_extraction(body_sha256, replace(text.summary, held_back=held_back), blob_sha256=blob, at=at)


def fail(body_sha256, *, version="1", reason="torn", at=NOON, held_back=MappingProxyType({})):
    return store_extraction_failure(
        body_sha256,
        extractor="pdf",
        extractor_version=version,
        reason=reason,
        held_back=held_back,
        at=at,
    )


def due(version="1", **how):
    return [d.body_sha256 for d in bodies_due(extractor="pdf", extractor_version=version, **how)]


def test_retrieved_bodies_are_due_once_each_oldest_first():
    _, hashes = harvest_bodies([b"one", b"two", b"one"])

    assert due() == hashes[:2]
    urls = [d.url for d in bodies_due(extractor="pdf", extractor_version="1")]
    assert urls == ["https://example.org/0.pdf", "https://example.org/1.pdf"]


def test_body_that_was_tried_is_due_again_only_for_another_version():
    _, (first, second) = harvest_bodies([b"one", b"two"])
    read(first)
    fail(second)

    assert due("1") == []
    assert due("2") == [first, second]
    assert len(bodies_due(extractor="other", extractor_version="1")) == 2


def test_what_is_due_says_where_it_lies():
    run, _ = harvest_bodies([b"one"])
    capture = run.captures.get()

    (body,) = bodies_due(extractor="pdf", extractor_version="1")

    assert (body.warc_file, body.warc_offset) == (capture.warc_file, capture.warc_offset)
    assert (body.url, body.media_type) == ("https://example.org/0.pdf", "application/pdf")


def test_error_pages_and_documents_not_had_are_not_due():
    run = begin_crawl(source=make_source())
    error = make_capture(run=run, status=404, body=b"not here")
    documents = [
        found_document(key="1", status=RetrievalStatus.NOT_RETRIEVED, reason="404", captures=[error]),
        found_document(key="2"),
    ]
    store_record(run.uid, found_record(documents=documents))

    assert due() == []


def test_counts_and_failures_tell_each_body_s_newest_word():
    fail("1" * 64, version="1", reason="too long")
    read("1" * 64, version="2", at=LATER)
    read("2" * 64)
    fail("3" * 64, reason="torn")

    assert extraction_counts() == {"done": 2, "failed": 1}
    assert extraction_failures() == [("3" * 64, "torn")]


def test_same_extraction_again_changes_nothing():
    read("1" * 64)
    fail("2" * 64)
    before = all_rows()

    read("1" * 64, at=LATER, title="Other")
    fail("2" * 64, at=LATER)

    assert all_rows() == before
    assert AuditEvent.objects.count() == 2


def test_extracted_words_that_no_database_keeps_are_replaced():
    text = read("1" * 64, title="A\0 title \ud800")
    failure = fail("2" * 64, reason="bad byte \0")

    text.refresh_from_db()
    failure.refresh_from_db()
    assert text.title == "A\ufffd title \ufffd"
    assert failure.reason == "bad byte \ufffd"
    assert (text.page_count, text.character_count) == (2, 12)


def test_documents_with_text_come_first_and_tell_what_reading_gave():
    review = make_review()
    run, (torn, whole) = harvest_bodies([b"torn", b"whole"])
    use_run(review, run, at=NOON)
    fail(torn, reason="no pages")
    read(whole, blob="c" * 64)

    first, second = documents_of(review.candidates.get())

    assert (first.body_sha256, first.blob_sha256, first.page_count) == (whole, "c" * 64, 2)
    assert (second.body_sha256, second.blob_sha256, second.extraction_failure) == (torn, None, "no pages")
    assert first.extraction_failure is None
    assert document_in(review, first.report_id) == first
    assert document_in(review, second.report_id) == second


def test_newest_reading_of_a_document_counts():
    review = make_review()
    run, (body,) = harvest_bodies([b"one"])
    use_run(review, run, at=NOON)
    read(body, version="2", blob="2" * 64, at=LATER)
    read(body, version="1", blob="1" * 64, at=NOON)

    (document,) = documents_of(review.candidates.get())

    assert document.blob_sha256 == "2" * 64
    assert document_in(review, document.report_id).blob_sha256 == "2" * 64


def test_text_stays_when_a_later_version_cannot_read_the_document():
    review = make_review()
    run, (body,) = harvest_bodies([b"one"])
    use_run(review, run, at=NOON)
    read(body, version="1", blob="1" * 64)
    fail(body, version="2", reason="torn", at=LATER)

    (document,) = documents_of(review.candidates.get())

    assert (document.blob_sha256, document.extraction_failure) == ("1" * 64, None)
    assert extraction_failures() == [(body, "torn")]


def test_document_not_had_tells_why():
    review = make_review()
    sought = found_document(status=RetrievalStatus.NOT_RETRIEVED, reason="410 Gone")
    use_run(review, make_run(source=make_source(), records=[found_record(documents=[sought])]), at=NOON)

    (document,) = documents_of(review.candidates.get())

    assert (document.status, document.reason) == (RetrievalStatus.NOT_RETRIEVED, "410 Gone")
    assert (document.body_sha256, document.warc_file, document.blob_sha256) == (None, None, None)


def test_document_that_is_not_there_is_none():
    assert document_in(make_review(), 1) is None


def test_body_that_its_settings_held_back_is_due_again_where_others_may_give_more():
    _, (first, second, third) = harvest_bodies([b"one", b"two", b"three"])
    read(first)
    read(second, held_back={"recognised_pages": "60"})
    fail(third, held_back={"seconds": "120"})

    def outdated(held_back):
        return held_back == {"recognised_pages": "60"}

    assert due() == []
    assert due(is_outdated=outdated) == [second]
    read(second, held_back={"recognised_pages": "100"}, blob="c" * 64, at=LATER)
    assert due(is_outdated=outdated) == []
    assert extraction_counts() == {"done": 2, "failed": 1}
