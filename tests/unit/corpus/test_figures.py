"""The figures of a run: against the runs before it, and they add up."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Sighting
from corpus.selectors.figures import Changes, figures_of, figures_of_runs
from corpus.services.harvest import begin_run, store_record
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import NOON, found_document, found_record, make_capture, make_source
from tests.unit.corpus.crawls import GONE, MISSING, Crawl, carry_out
from tests.unit.corpus.rows import rolled_back

pytestmark = pytest.mark.django_db

LISTED = st.dictionaries(
    st.sampled_from("abcde"),
    st.tuples(st.sampled_from(["Draft", "Final"]), st.sampled_from([None, MISSING, GONE, "one", "two"])),
)


@settings(max_examples=15, deadline=None)
@given(listings=st.lists(st.tuples(LISTED, st.booleans(), st.sampled_from(["all", "part"])), max_size=5))
def test_new_changed_and_unchanged_add_up_to_what_was_got(listings):
    with rolled_back():
        source = make_source()
        for day, (listed, is_complete, strategy) in enumerate(listings):
            carry_out(source, Crawl(day, listed, is_complete=is_complete, strategy=strategy))

        found = figures_of_runs(source)

        assert [f.run.started_at for f in found] == sorted((f.run.started_at for f in found), reverse=True)
        for figures, (listed, _, _) in zip(reversed(found), listings, strict=True):
            documents = [document for _, document in listed.values() if document is not None]
            assert figures.new + figures.changed + figures.unchanged == figures.got["records"] == len(listed)
            assert figures.retrieved + sum(figures.not_retrieved.values()) == len(documents)
            assert figures.not_retrieved.get("deleted", 0) == documents.count(GONE)
        new = sum(figures.new for figures in found)
        assert new == len(set(Sighting.objects.values_list("record_id", flat=True)))


def test_changes_are_counted_against_the_run_before():
    source = make_source()
    carry_out(source, Crawl(0, {"a": ("A", "one"), "b": ("B", "one"), "c": ("C", MISSING)}))
    second = carry_out(
        source, Crawl(1, {"a": ("A", "one"), "b": ("B, revised", "two"), "c": ("C", "one"), "d": ("D", None)})
    )

    figures = figures_of(second)

    assert figures.records == Changes(new=1, changed=1, unchanged=2, gone=0)
    assert figures.documents == Changes(new=1, changed=1, unchanged=1, gone=0)


def test_what_is_gone_when_it_is_first_met_is_nothing_new():
    source = make_source()

    run = carry_out(source, Crawl(0, {"a": (GONE, None), "b": ("B", "one")}))

    figures = figures_of(run)
    assert (figures.new, figures.gone, figures.got["records"]) == (1, 1, 2)


def test_a_file_that_could_not_be_had_in_between_is_no_new_one():
    source = make_source()
    for day, text in enumerate(["one", MISSING, "one"]):
        run = carry_out(source, Crawl(day, {"a": ("A", text)}))

    assert figures_of(run).documents == Changes(new=0, changed=0, unchanged=1, gone=0)


def test_an_old_recording_stored_late_counts_as_it_did_and_so_do_the_others():
    source = make_source()
    later = carry_out(source, Crawl(5, {"a": ("A, revised", "two")}))
    assert figures_of(later).new == 1

    earlier = carry_out(source, Crawl(1, {"a": ("A", "one")}, channel="replay"))

    assert (figures_of(earlier).new, figures_of(later).new, figures_of(later).changed) == (1, 0, 1)


def test_what_the_source_counts_is_told_by_thing():
    counts = {
        "expected media": 3,
        "got media": 3,
        "documents_retrieved": 2,
        "bytes": 70,
        "responses_200": 5,
        "responses_404": 1,
    }
    run = carry_out(make_source(), Crawl(0, {"a": ("A", "x")}, expected=4, counts=counts))

    figures = figures_of(run)

    assert (figures.expected, figures.got) == ({"records": 1, "media": 3}, {"records": 1, "media": 3})
    assert (figures.bytes, figures.responses) == (70, {200: 5, 404: 1})
    assert figures.errors == {}  # what answered so is told by its capture
    assert figures.as_json()["documents"]["retrieved"] == 1


def test_a_source_that_counts_posts_and_files_says_how_many_records_are_to_come_of_them():
    things = {"expected posts": 2, "got posts": 2, "expected files": 5, "got files": 5}
    listed = {"a": ("A", "x"), "b": ("B", None)}
    source = make_source()
    told = carry_out(source, Crawl(0, listed, expected=7, counts={**things, "expected records": 2}))
    untold = carry_out(source, Crawl(1, listed, expected=7, counts=things))

    assert (figures_of(told).met_records, figures_of(told).expected_records) == (2, 2)
    assert figures_of(untold).expected_records is None


def test_a_failure_counts_once_by_its_lasting_reason():
    source = make_source()
    run = begin_run(source, uid=uuid4(), channel="crawl", strategy={}, at=NOON)
    for path, statuses in {
        "/file.pdf": (503, 503, 503),  # a document: told by its reason
        "/list": (503, 200),  # came after all
        "/feed": (500, 403),
        "/.well-known/tdmrep.json": (404,),
        "/robots.txt": (404,),
    }.items():
        for second, status in enumerate(statuses):
            at = NOON + timedelta(seconds=second)
            last = make_capture(run=run, url=f"https://example.org{path}", status=status, at=at)
            if path == "/file.pdf":
                tries = last
    reason = "unexpected answer: 503"
    document = found_document(status=RetrievalStatus.NOT_RETRIEVED, reason=reason, captures=[tries])
    store_record(run.uid, found_record(documents=[document]))

    assert figures_of(run).errors == {"status 403": 1, "unexpected answer": 1}


def test_a_source_that_says_nothing_of_its_size_expects_nothing():
    run = carry_out(make_source(), Crawl(0, {"a": ("A", None)}))

    assert figures_of(run).expected == {}


def test_uploads_and_other_sources_are_not_among_a_source_s_crawls():
    source, other = make_source(), make_source(slug="other")
    carry_out(source, Crawl(0, channel="upload"))
    carry_out(other, Crawl(0))
    crawl = carry_out(source, Crawl(1))

    assert [figures.run for figures in figures_of_runs(source)] == [crawl]
    for day in range(2, 5):
        carry_out(source, Crawl(day))
    assert len(figures_of_runs(source, most=2)) == 2
