"""A document's versions: the hash decides, moments order, and what took its place is known."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Report, ReportCapture
from corpus.selectors.extraction import bodies_due
from corpus.selectors.versions import REDIRECTED, REPLACED, successor_of, versions_of
from corpus.services.harvest import finish_run, store_record
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import (
    NOON,
    begin_crawl,
    capture_fact,
    found_document,
    found_record,
    make_capture,
    make_source,
    run_result,
)
from tests.unit.corpus.crawls import MISSING, Crawl, carry_out
from tests.unit.corpus.rows import rolled_back
from tests.unit.corpus.test_extracted import read

pytestmark = pytest.mark.django_db


def hash_of(text):
    return capture_fact(body=text.encode()).body_sha256


def crawl_documents(day, *documents):
    """Crawl one record; each document is (key, title, url, the URLs on the way), its file named by its last URL."""
    at = NOON + timedelta(days=day)
    run = begin_crawl(source=make_source(), at=at)
    found = []
    for key, title, url, way in documents:
        hops = [make_capture(run=run, url=step, body=b"", status=301, at=at) for step in way[:-1]]
        hops.append(make_capture(run=run, url=way[-1], body=way[-1].encode(), at=at))
        found.append(
            found_document(key=key, title=title, url=url, status=RetrievalStatus.RETRIEVED, captures=hops)
        )
    store_record(run.uid, found_record(documents=found))
    return finish_run(run.uid, run_result(), at=at)


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(st.sampled_from(["one", "two", "three", MISSING]), max_size=7), data=st.data())
def test_versions_are_the_files_in_order_of_time_each_while_it_lasted(texts, data):
    days = data.draw(st.permutations(range(len(texts))))
    with rolled_back():
        for day in days:
            carry_out(make_source(), Crawl(day, {"a": ("A", texts[day])}))

        had = [text for text in texts if text != MISSING]
        lasting = [text for n, text in enumerate(had) if n == 0 or had[n - 1] != text]
        versions = versions_of(Report.objects.get()) if texts else []
        assert [v.body_sha256 for v in versions] == [hash_of(text) for text in lasting]
        assert [v.number for v in versions] == list(range(1, len(lasting) + 1))
        assert [v.capture.fetched_at for v in versions] == sorted(v.capture.fetched_at for v in versions)
        linked = ReportCapture.objects.values_list("capture_id", flat=True)
        assert sorted(linked) == sorted(v.capture.pk for v in versions)  # the rows too, whatever the order


def test_a_file_replaced_in_place_is_exactly_one_new_version_and_is_due_to_be_read():
    source = make_source()
    for day, text in enumerate(["one", "one", "two", "two"]):
        carry_out(source, Crawl(day, {"a": ("A", text)}))
        if day < 2:
            read(hash_of("one"))
            assert bodies_due(extractor="pdf", extractor_version="1") == []

    first, second = versions_of(Report.objects.get())
    assert (first.capture.fetched_at, first.confirmed_at) == (Crawl(0).at, Crawl(1).at)
    assert (second.capture.fetched_at, second.confirmed_at) == (Crawl(2).at, Crawl(3).at)
    assert ReportCapture.objects.count() == 2
    assert [due.body_sha256 for due in bodies_due(extractor="pdf", extractor_version="1")] == [hash_of("two")]


def test_all_steps_to_a_document_are_kept_in_their_order():
    run = crawl_documents(0, ("1", "Report", "https://x/old", ["https://x/old", "https://x/new"]))

    sighting = Report.objects.get().sightings.get()
    statuses = [run.captures.get(record_id=hop).status for hop in sighting.hops]
    assert statuses == [301, 200]
    assert sighting.capture.url == "https://x/new"


def test_a_document_whose_address_leads_to_another_s_file_is_succeeded_by_it():
    old, new = "https://x/old", "https://x/new"
    crawl_documents(0, ("1", "Report", old, [old]))
    assert successor_of(Report.objects.get()) is None
    crawl_documents(1, ("1", "Report", old, [old, new]), ("2", "Report, 2nd edition", new, [new]))

    successor = successor_of(Report.objects.get(key="1"))
    assert (successor.report.key, successor.how) == ("2", REDIRECTED)
    assert successor_of(Report.objects.get(key="2")) is None


def test_a_document_that_another_of_its_title_replaces_in_the_list_is_succeeded_by_it():
    old, new, other = "https://x/old", "https://x/new", "https://x/other"
    crawl_documents(0, ("1", "Report", old, [old]), ("9", "Annex", other, [other]))
    crawl_documents(1, ("2", "Report", new, [new]), ("9", "Annex", other, [other]))
    crawl_documents(2, ("2", "Report", new, [new]), ("9", "Annex", other, [other]))

    successor = successor_of(Report.objects.get(key="1"))
    assert (successor.report.key, successor.how) == ("2", REPLACED)
    assert successor_of(Report.objects.get(key="9")) is None
    assert Report.objects.get(key="1").gone_since == NOON + timedelta(days=1)


def test_two_that_could_have_replaced_a_document_are_no_evidence():
    crawl_documents(0, ("1", "Report", "https://x/1", ["https://x/1"]))
    crawl_documents(1, *((key, "Report", f"https://x/{key}", [f"https://x/{key}"]) for key in ("2", "3")))

    assert successor_of(Report.objects.get(key="1")) is None
