"""What is gone: only complete crawls of one strategy say so, or the thing itself, and it comes back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import AuditEvent, Record, Report
from corpus.selectors.figures import figures_of
from tests.factories import make_source
from tests.unit.corpus.crawls import GONE, MISSING, Crawl, carry_out
from tests.unit.corpus.rows import rolled_back

pytestmark = pytest.mark.django_db

A, B = {"a": ("A", "one")}, {"b": ("B", "two")}
BOTH = {**A, **B}
LISTED = st.dictionaries(
    st.sampled_from("abc"),
    st.tuples(
        st.sampled_from(["Draft", "Final", GONE]), st.sampled_from([None, MISSING, GONE, "one", "two"])
    ),
)
RUNS = st.lists(st.tuples(LISTED, st.booleans(), st.sampled_from(["all", "part"])), max_size=6).map(
    lambda runs: [
        Crawl(day, listed, is_complete=is_complete, strategy=strategy)
        for day, (listed, is_complete, strategy) in enumerate(runs)
    ]
)


def gone_keys(table=Record):
    return set(table.objects.exclude(gone_since=None).values_list("key", flat=True))


def after(*crawls):
    source = make_source()
    for crawl in crawls:
        run = carry_out(source, crawl)
    return run


def must_be_gone(crawls):
    """Return the keys of the records that are gone after these crawls: the rule, run by run."""
    gone, last, strategies = set(), {}, {}
    for n, crawl in enumerate(crawls):
        for key, (title, _) in crawl.listed.items():
            last[key] = n
            strategies.setdefault(key, set()).add(crawl.strategy)
            if title != GONE:
                gone.discard(key)
            elif crawl.is_complete:
                gone.add(key)
        for key in last:
            missed = [
                c for c in crawls[last[key] + 1 : n + 1] if c.is_complete and c.strategy == crawl.strategy
            ]
            if crawl.is_complete and crawl.strategy in strategies[key] and len(missed) >= 2:
                gone.add(key)
    return gone


@settings(max_examples=15, deadline=None)
@given(crawls=RUNS)
def test_gone_is_what_the_rule_says_whatever_came_before(crawls):
    with rolled_back():
        source = make_source()
        for n, crawl in enumerate(crawls, start=1):
            before = gone_keys(), gone_keys(Report)

            carry_out(source, crawl)

            assert gone_keys() == must_be_gone(crawls[:n])
            if not crawl.is_complete:
                assert gone_keys() <= before[0]
                assert gone_keys(Report) <= before[1]


@settings(max_examples=15, deadline=None)
@given(crawls=RUNS, data=st.data())
def test_what_is_gone_does_not_depend_on_the_order_of_storing(crawls, data):
    crawls = [crawl for crawl in crawls if crawl.is_complete]
    shuffled = data.draw(st.permutations(crawls))
    with rolled_back():
        after(Crawl(9, channel="upload"), *crawls)
        in_time = gone_keys(), gone_keys(Report)
    with rolled_back():
        after(Crawl(9, channel="upload"), *shuffled)

        assert (gone_keys(), gone_keys(Report)) == in_time


def test_one_complete_crawl_without_a_thing_is_not_enough_and_the_second_is():
    after(Crawl(0, BOTH), Crawl(1, A))
    assert gone_keys() == set()

    run = carry_out(make_source(), Crawl(2, A))

    record = Record.objects.get(key="b")
    assert record.gone_since == Crawl(1).at
    assert "2026-03-03" in record.gone_reason
    assert "2026-03-04" in record.gone_reason
    assert gone_keys(Report) == {"b"}
    assert AuditEvent.objects.filter(event="record_gone", subject_id=str(record.pk)).count() == 1
    assert (figures_of(run).gone, figures_of(run).documents.gone) == (1, 1)


def test_partial_crawls_are_no_witnesses():
    after(Crawl(0, BOTH), Crawl(1, A), *(Crawl(day, A, is_complete=False) for day in (2, 3, 4)))

    assert gone_keys() == set()


def test_a_changed_strategy_makes_nothing_gone():
    after(Crawl(0, BOTH), *(Crawl(day, A, strategy="only a") for day in (1, 2, 3)))

    assert gone_keys() == set()


def test_a_failed_crawl_that_saw_it_is_a_witness_that_it_is_there():
    after(Crawl(0, BOTH), Crawl(1, A), Crawl(2, BOTH, is_complete=False), Crawl(3, A))

    assert gone_keys() == set()


def test_what_is_seen_again_is_back_and_both_are_logged():
    after(Crawl(0, BOTH), Crawl(1, A), Crawl(2, A), Crawl(3, BOTH, is_complete=False))

    record = Record.objects.get(key="b")
    assert (record.gone_since, record.gone_reason) == (None, None)
    assert gone_keys(Report) == set()
    events = AuditEvent.objects.filter(subject_id=str(record.pk), subject_type="record").order_by("pk")
    assert [e.event for e in events] == ["record_found", "record_gone", "record_back"]


def test_a_document_that_answers_410_in_a_complete_crawl_is_gone_and_its_file_is_kept():
    run = after(Crawl(0, {"a": ("A", "one")}), Crawl(1, {"a": ("A", GONE)}))

    report = Report.objects.get()
    assert (report.status, report.gone_since) == ("retrieved", Crawl(1).at)
    assert report.capture.status == 200
    sighting = report.sightings.get(search_run=run)
    assert (sighting.capture.status, sighting.gone_reason) == (410, "deleted (410)")
    assert figures_of(run).documents.gone == 1


def test_a_document_that_answers_410_in_a_failed_crawl_is_not_yet_gone():
    after(Crawl(0, {"a": ("A", "one")}), Crawl(1, {"a": ("A", GONE)}, is_complete=False))

    assert gone_keys(Report) == set()


@pytest.mark.parametrize("answer", [MISSING, GONE])
def test_a_document_that_was_never_had_cannot_be_gone(answer):
    run = after(Crawl(0, {"a": ("A", answer)}), *(Crawl(day, {"a": ("A", None)}) for day in (1, 2)))

    assert gone_keys(Report) == set()
    assert figures_of(run).documents.gone == 0


def test_a_document_of_which_an_old_recording_tells_that_it_was_had_is_gone_after_all():
    after(Crawl(1, {"a": ("A", GONE)}), Crawl(0, {"a": ("A", "one")}, channel="replay"))

    assert gone_keys(Report) == {"a"}


def test_a_record_that_answers_410_is_gone_and_the_capture_that_says_so_is_kept():
    run = after(Crawl(0, A), Crawl(1, {"a": (GONE, None)}))

    record = Record.objects.get()
    assert record.gone_reason == "the source says so: deleted (410)"
    (hop,) = record.sightings.get(search_run=run).hops
    assert run.captures.get(record_id=hop).status == 410


def test_an_old_recording_stored_late_brings_nothing_back():
    after(Crawl(3, BOTH), Crawl(4, A), Crawl(5, A), Crawl(1, BOTH, channel="replay"))

    assert gone_keys() == {"b"}
