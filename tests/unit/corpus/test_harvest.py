"""What a run brings in is stored once, whatever is repeated, and nothing of it is lost."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import (
    AuditEvent,
    Record,
    RecordRevision,
    Report,
    SearchRun,
    Sighting,
)
from corpus.services.harvest import begin_run, finish_run, store_capture, store_record
from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import RetrievalStatus, RunResult, RunStatus
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
from tests.unit.corpus.rows import all_rows, rolled_back, row_counts

pytestmark = pytest.mark.django_db

UID = UUID("6f7f2f5e-9f3b-4c58-9b52-0d3c7a3f5a11")
LATER = NOON + timedelta(days=7)
CAPTURES = [
    capture_fact(record_id=f"<urn:uuid:{n}>", body=b"%d" % (n % 3), at=NOON + timedelta(seconds=n))
    for n in range(5)
]

# Any text that a JSON answer may hold, with what databases dislike most.
FOREIGN_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("\0\ud800\udfff\u2028'\"")), max_size=12
)
CAPTURE_IDS = st.lists(st.sampled_from([c.record_id for c in CAPTURES]), max_size=3).map(tuple)


@st.composite
def found_documents(draw):
    status = draw(st.sampled_from(RetrievalStatus))
    captures = draw(CAPTURE_IDS)
    if status is RetrievalStatus.RETRIEVED and not captures:
        captures = (CAPTURES[0].record_id,)
    return found_document(
        key=draw(st.sampled_from(["d1", "d2", "d" * 600])),
        title=draw(FOREIGN_TEXT),
        status=status,
        reason="gone" if status is RetrievalStatus.NOT_RETRIEVED else None,
        captures=captures,
    )


@st.composite
def found_records(draw):
    return found_record(
        key=draw(st.sampled_from(["r1", "r2", "r3", "https://example.org/" + "x" * 600])),
        title=draw(FOREIGN_TEXT),
        summary=draw(st.none() | FOREIGN_TEXT),
        documents=draw(st.lists(found_documents(), max_size=3)),
        captures=draw(CAPTURE_IDS),
        said=draw(
            st.dictionaries(
                FOREIGN_TEXT, FOREIGN_TEXT | st.integers(0, 9) | st.lists(FOREIGN_TEXT), max_size=2
            )
        ),
    )


def calls_of(records, *, channel="crawl"):
    """Return the calls that one run makes, in order."""
    source = make_source()
    return [
        lambda: begin_run(source, uid=UID, channel=channel, strategy={"q": "care"}, at=NOON),
        *[lambda fact=fact: store_capture(UID, fact) for fact in CAPTURES],
        *[lambda found=found: store_record(UID, found) for found in records],
        lambda: finish_run(UID, run_result(expected=len(records), got=len(records)), at=LATER),
    ]


@settings(max_examples=12, deadline=None)
@given(data=st.data(), records=st.lists(found_records(), max_size=4))
def test_run_that_is_killed_and_begun_again_at_any_point_leaves_the_same_rows(data, records):
    with rolled_back():
        for call in calls_of(records):
            call()
        undisturbed = all_rows()
    with rolled_back():
        calls = calls_of(records)
        for _ in range(data.draw(st.integers(0, 3), label="kills")):
            for call in calls[: data.draw(st.integers(0, len(calls) - 1), label="killed after")]:
                for _ in range(data.draw(st.integers(1, 2), label="times")):
                    call()

        for call in calls:
            call()

        assert all_rows() == undisturbed


@settings(max_examples=12, deadline=None)
@given(first=st.lists(found_records(), max_size=3), second=st.lists(found_records(), max_size=3))
def test_replay_of_a_run_writes_nothing_even_after_a_later_run(first, second):
    with rolled_back():
        for call in calls_of(first):
            call()
        make_run(source=make_source(), records=second, at=LATER)
        before = all_rows(), row_counts()

        for call in calls_of(first, channel="replay"):
            call()

        assert (all_rows(), row_counts()) == before


@settings(max_examples=10, deadline=None)
@given(found=found_records())
def test_any_foreign_text_is_stored_and_the_same_text_is_no_revision(found):
    with rolled_back():
        source = make_source()
        for fact in CAPTURES:
            store_capture(begin_crawl(source=source, uid=UID).uid, fact)
        finish_run(UID, run_result(), at=NOON)
        make_run(source=source, records=[found])

        make_run(source=source, records=[found], at=LATER)

        record = Record.objects.get()
        assert record.revision == 1
        assert RecordRevision.objects.count() == 1
        assert Sighting.objects.count() == 2
        assert record.title == found.title.translate(
            {0: 0xFFFD, **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)}
        )


def test_changed_record_gets_a_revision_and_keeps_the_old_one():
    source = make_source()
    make_run(source=source, records=[found_record(title="Draft")])

    make_run(source=source, records=[found_record(title="Final")], at=LATER)

    record = Record.objects.get()
    assert (record.title, record.revision) == ("Final", 2)
    assert [r.said["title"] for r in record.revisions.order_by("number")] == ["Draft", "Final"]
    assert list(Sighting.objects.order_by("pk").values_list("revision", flat=True)) == [1, 2]
    assert AuditEvent.objects.filter(event="record_revised").count() == 1


def test_record_that_changes_back_gets_a_third_revision():
    source = make_source()
    for title in ("Draft", "Final", "Draft"):
        make_run(source=source, records=[found_record(title=title)])

    assert Record.objects.get().revision == 3


@pytest.mark.parametrize(
    "field", ["title", "summary", "publisher", "published", "document_type", "withdrawn_reason", "url"]
)
def test_change_of_any_field_is_a_revision(field):
    source = make_source()
    make_run(source=source, records=[found_record()])

    make_run(source=source, records=[replace(found_record(), **{field: "2020"})])

    record = Record.objects.get()
    assert record.revision == 2
    assert getattr(record, field) == "2020"


def test_a_page_that_is_only_stamped_anew_is_no_revision_and_keeps_its_stamp():
    source = make_source()
    for lastmod in ("2020-01-01", "2026-01-01"):
        make_run(source=source, records=[replace(found_record(), said={"lastmod": lastmod})])

    assert Record.objects.get().revision == 1
    assert RecordRevision.objects.get().said["said"] == {"lastmod": "2020-01-01"}


def test_other_captures_of_the_same_words_are_no_revision():
    source = make_source()
    make_run(source=source, records=[found_record(captures=["<urn:uuid:1>"])])

    make_run(source=source, records=[found_record(captures=["<urn:uuid:2>"])])

    assert RecordRevision.objects.count() == 1


def test_what_a_source_said_may_be_a_read_only_mapping():
    source = make_source()

    make_run(source=source, records=[replace(found_record(), said=MappingProxyType({"id": 1}))])

    assert RecordRevision.objects.get().said["said"] == {"id": 1}


def test_error_in_the_middle_of_a_record_leaves_nothing_of_it():
    source = make_source()
    run = begin_crawl(source=source)
    capture = make_capture(run=run)
    before = all_rows()
    good = found_document(key="1", status=RetrievalStatus.RETRIEVED, captures=[capture])
    bad = found_document(key="2", status=RetrievalStatus.RETRIEVED, captures=["<urn:uuid:never-stored>"])

    with pytest.raises(SourceError, match="capture is not stored"):
        store_record(run.uid, found_record(documents=[good, bad]))

    assert all_rows() == before


def test_retrieved_document_without_captures_is_refused():
    run = begin_crawl(source=make_source())

    with pytest.raises(SourceError, match="capture is not stored"):
        store_record(run.uid, found_record(documents=[found_document(status=RetrievalStatus.RETRIEVED)]))


def test_crawl_is_taken_up_where_it_was_left():
    source = make_source()
    first = begin_crawl(source=source)

    again = begin_crawl(source=source, at=LATER)

    assert again == first
    assert again.started_at == NOON
    assert AuditEvent.objects.filter(event="run_begun").count() == 1


def test_next_crawl_is_a_run_of_its_own_once_the_last_is_closed():
    source = make_source()
    first = make_run(source=source, records=[])

    second = begin_crawl(source=source, at=LATER)

    assert second != first
    assert second.status == RunStatus.RUNNING


def test_database_allows_one_running_crawl_per_source_and_any_number_of_uploads():
    source, other = make_source(), make_source(slug="other")
    run = begin_crawl(source=source)
    begin_crawl(source=other)
    for _ in range(2):
        begin_run(source, uid=uuid4(), channel="upload", strategy={}, at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        SearchRun.objects.create(
            uid=uuid4(), source=source, channel="crawl", status=run.status, started_at=NOON
        )


def test_run_of_another_source_is_refused():
    run = make_run(source=make_source(), records=[])

    with pytest.raises(SourceError, match="belongs to source department-for-education"):
        begin_run(make_source(slug="other"), uid=run.uid, channel="replay", strategy={}, at=NOON)


def test_closed_run_stays_as_it_is():
    run = make_run(source=make_source(), records=[found_record()])
    before = all_rows()

    again = finish_run(run.uid, run_result(expected=5, got=0, failures=["all wrong"]), at=LATER)

    assert again.status == RunStatus.COMPLETE
    assert all_rows() == before


def test_run_with_failures_has_failed():
    run = begin_crawl(source=make_source())

    run = finish_run(run.uid, run_result(expected=1, got=1, failures=["the second page timed out"]), at=LATER)

    assert run.status == RunStatus.FAILED
    assert run.failures == ["the second page timed out"]


def test_run_that_got_fewer_than_expected_has_failed_and_says_so():
    run = begin_crawl(source=make_source())

    run = finish_run(run.uid, run_result(expected=10, got=7), at=LATER)

    assert run.status == RunStatus.FAILED
    assert "7 of 10" in run.failures[0]


@pytest.mark.parametrize(("expected", "got"), [(None, 3), (3, 3), (3, 4), (0, 0)])
def test_run_that_got_all_is_complete(expected, got):
    run = begin_crawl(source=make_source())

    assert finish_run(run.uid, run_result(expected=expected, got=got), at=LATER).status == RunStatus.COMPLETE


def test_keys_at_and_over_the_limit_of_their_column_stay_apart():
    source = make_source()
    keys = ["k" * 500, "k" * 501, "k" * 502]

    make_run(
        source=source, records=[found_record(key=key, documents=[found_document(key=key)]) for key in keys]
    )
    make_run(source=source, records=[found_record(key=key) for key in keys])

    stored = set(Record.objects.values_list("key", flat=True))
    assert len(stored) == 3
    assert max(len(key) for key in stored) == 500
    assert len(set(Report.objects.values_list("key", flat=True))) == 3
    assert RecordRevision.objects.filter(said__key=keys[2]).exists()


def test_sighting_is_dated_by_its_newest_capture_and_an_upload_by_its_start():
    source = make_source()
    run = begin_crawl(source=source)
    early, late = (make_capture(run=run, at=NOON + timedelta(minutes=m)) for m in (1, 9))
    store_record(run.uid, found_record(key="crawled", captures=[late, early]))
    upload = begin_run(source, uid=uuid4(), channel="upload", strategy={}, at=LATER)

    store_record(upload.uid, found_record(key="uploaded"))

    dates = dict(Record.objects.values_list("key", "first_seen_at"))
    assert dates == {"crawled": NOON + timedelta(minutes=9), "uploaded": LATER}


def test_store_record_says_whether_the_record_is_new_to_the_corpus():
    source = make_source()
    run = begin_crawl(source=source)

    answers = [store_record(run.uid, found_record()), store_record(run.uid, found_record())]
    finish_run(run.uid, run_result(), at=NOON)
    answers.append(store_record(begin_crawl(source=source).uid, found_record()))

    assert answers == [True, False, False]


def test_notes_are_kept_and_a_search_run_otherwise_is_another_search(db):
    source = make_source()
    runs = []
    for otherwise, got in ((None, 100), ("by sitemaps", 10)):
        run = begin_run(source, uid=uuid4(), channel="crawl", strategy={"kind": "wordpress"}, at=NOON)
        counts = {"got posts": got, "expected posts": got, "records": got}
        result = RunResult(
            expected=got,
            got=got,
            counts=counts,
            failures=(),
            versions={},
            notes=("It says so.",),
            run_otherwise=otherwise,
        )
        runs.append(finish_run(run.uid, result, at=LATER))

    declared, by_sitemaps = runs
    assert declared.strategy == {"kind": "wordpress"}
    assert by_sitemaps.strategy == {"kind": "wordpress", "run_otherwise": "by sitemaps"}
    assert by_sitemaps.notes == ["It says so."]
    assert (by_sitemaps.status, by_sitemaps.failures) == (
        "complete",
        [],
    )  # a tenth of another search is no drop
