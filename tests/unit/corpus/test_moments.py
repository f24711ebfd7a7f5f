"""Moments decide what is newest, not the order of storing: old recordings may be replayed after newer crawls."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Record, RecordRevision, Report, ReportCapture, Sighting
from corpus.selectors.sources import full_captures
from tests.factories import make_source
from tests.unit.corpus.crawls import MISSING, Crawl, carry_out
from tests.unit.corpus.rows import rolled_back

pytestmark = pytest.mark.django_db

CRAWLS = st.lists(
    st.dictionaries(
        st.sampled_from("ab"),
        st.tuples(
            st.sampled_from(["Draft", "Final", "Final, corrected"]),
            st.sampled_from([None, MISSING, "one", "two", "three"]),
        ),
        min_size=1,
    ),
    min_size=1,
    max_size=5,
).map(lambda listings: [Crawl(day, listed) for day, listed in enumerate(listings)])


def newest():
    """Return what the newest words and files are, by name."""
    records = {r.key: (r.title, r.first_seen_at) for r in Record.objects.all()}
    reports = {
        r.key: (r.status, r.title, r.capture and r.capture.body_sha256, r.capture and r.capture.fetched_at)
        for r in Report.objects.select_related("capture")
    }
    seen = {
        (s.record.key, s.search_run.started_at): s.record.revisions.get(number=s.revision).said["title"]
        for s in Sighting.objects.select_related("record", "search_run")
    }
    return records, reports, seen


@settings(max_examples=15, deadline=None)
@given(crawls=CRAWLS, data=st.data())
def test_newest_words_and_files_do_not_depend_on_the_order_of_storing(crawls, data):
    shuffled = data.draw(st.permutations(crawls))
    with rolled_back():
        for crawl in crawls:
            carry_out(make_source(), crawl)
        in_time = newest()
    with rolled_back():
        for crawl in shuffled:
            carry_out(make_source(), crawl)

        assert newest() == in_time


def test_words_of_an_old_recording_are_kept_and_are_not_the_newest():
    source = make_source()
    carry_out(source, Crawl(5, {"a": ("Final", "two")}))

    carry_out(source, Crawl(1, {"a": ("Draft", "one")}, channel="replay"))

    record, report = Record.objects.get(), Report.objects.get()
    assert (record.title, record.revision, record.first_seen_at) == ("Final", 1, Crawl(1).at)
    assert RecordRevision.objects.get(number=2).said["title"] == "Draft"
    assert report.capture.fetched_at == Crawl(5).at
    assert ReportCapture.objects.count() == 2
    carry_out(source, Crawl(6, {"a": ("Final, corrected", "two")}))
    record.refresh_from_db()
    assert (record.title, record.revision) == ("Final, corrected", 3)


def test_the_same_words_before_and_after_are_one_revision():
    source = make_source()
    for day in (5, 1, 3):
        carry_out(source, Crawl(day, {"a": ("Same", None)}))

    assert RecordRevision.objects.count() == 1
    assert Record.objects.get().first_seen_at == Crawl(1).at


def test_a_file_had_only_by_an_old_recording_is_had():
    source = make_source()
    carry_out(source, Crawl(5, {"a": ("A", MISSING)}))

    carry_out(source, Crawl(1, {"a": ("A", "one")}, channel="replay"))

    assert Report.objects.get().status == "retrieved"


def test_validators_come_from_the_newest_file_whenever_it_was_stored():
    source = make_source()
    for day, text in ((5, "two"), (1, "one"), (7, MISSING)):
        carry_out(source, Crawl(day, {"a": ("A", text)}))

    *_, capture = full_captures(source)
    assert capture.fetched_at == Crawl(5).at
