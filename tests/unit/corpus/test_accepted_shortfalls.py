"""A source that always gives a few fewer than it says has failed, until an owner says that it always will."""

import pytest

from corpus.models import AuditEvent, Record, SearchRun
from corpus.services.acceptance import accept_fewer, accept_shortfall, carry_acceptance
from corpus.services.reviews import use_run
from corpus.vocabulary.errors import PolicyError
from corpus.vocabulary.harvest import AcceptedAs
from tests.factories import NOON, make_person, make_review, make_source
from tests.unit.corpus.crawls import Crawl, carry_out

pytestmark = pytest.mark.django_db

LISTED = {key: (key.upper(), None) for key in "abcdef"}


def crawl(day, missing, *, listed=LISTED, **more):
    """Crawl a source that says it holds seven more than come."""
    more = {"expected": 13, "counts": {"records": len(listed)}, **more}
    return carry_out(make_source(), Crawl(day, listed, missing=missing, **more))


def accepted(day=0, missing=None):
    return accept_shortfall(
        crawl(day, missing or {"records": 7}),
        why="they count drafts",
        by=make_person(f"owner-{day}"),
        at=NOON,
    )


def test_what_is_missing_is_kept_with_the_failed_run():
    run = crawl(0, {"records": 7})

    assert (run.status, run.failures) == ("failed", ["7 records did not come."])
    assert run.missing == {"records": {"number": 7, "sentences": ["7 records did not come."]}}


def test_an_accepted_shortfall_counts_as_complete_with_name_and_reason_in_the_audit_log():
    run = accepted()

    assert (run.status, run.expected, run.got) == ("complete", 13, 6)
    assert run.failures == ["7 records did not come."]
    event = AuditEvent.objects.get(event="shortfall_accepted")
    assert (event.by, event.facts["why"], event.facts["missing"]) == (
        run.shortfall_accepted_by,
        "they count drafts",
        {"records": 7},
    )
    assert use_run(make_review(), run, at=NOON) == 6
    with pytest.raises(PolicyError, match="was accepted already: they count drafts"):
        accept_shortfall(run, why="again", by=run.shortfall_accepted_by, at=NOON)


@pytest.mark.parametrize("missing", [{"records": 7}, {"records": 2}])
def test_later_crawls_that_lack_no_more_are_complete_and_say_so(missing):
    first = accepted()

    run = crawl(1, missing)

    assert (run.status, run.failures, run.accepted_shortfall) == ("complete", [], first)
    number = missing["records"]
    assert run.notes == [f"{number} records did not come. This shortfall is accepted: they count drafts"]


@pytest.mark.parametrize(
    ("missing", "more"),
    [
        ({"records": 8}, {}),
        ({"records": 7, "media": 1}, {}),
        ({"media": 1}, {}),
        ({"records": 7}, {"strategy": "another"}),
        ({"records": 7}, {"day": -1}),
    ],
)
def test_a_larger_shortfall_another_search_and_an_older_crawl_fail_all_the_same(missing, more):
    accepted()

    run = crawl(more.pop("day", 1), missing, **more)

    assert run.status == "failed"
    assert run.accepted_shortfall is None


def test_another_failure_beside_the_accepted_one_fails_and_a_sharp_drop_does():
    accepted()

    broken = crawl(1, {"records": 7}, is_complete=False)
    drop = crawl(2, {"records": 7}, listed={"a": ("A", None)})

    assert (broken.status, broken.failures) == ("failed", ["the second page timed out"])
    assert (drop.status, drop.accepted_shortfall) == ("failed", None)
    assert [failure.partition(":")[0] for failure in drop.failures] == ["Sharply fewer records than before"]


def test_a_run_that_is_short_without_saying_of_what_is_not_excused():
    accepted()

    assert crawl(1, {}).status == "failed"


def test_crawls_that_fall_short_make_nothing_gone_by_silence():
    accepted()
    without_f = {key: LISTED[key] for key in "abcde"}

    runs = [crawl(day, {"records": 7}, listed=without_f) for day in (1, 2, 3)]

    assert {run.status for run in runs} == {"complete"}
    assert not Record.objects.exclude(gone_since=None).exists()


def test_only_a_failure_that_is_a_number_can_be_accepted_as_lasting():
    by = make_person()
    with pytest.raises(PolicyError, match="no lasting shortfall: the second page timed out"):
        accept_shortfall(crawl(0, {"records": 7}, is_complete=False), why="so", by=by, at=NOON)
    with pytest.raises(PolicyError, match="is complete"):
        accept_shortfall(crawl(1, {}, expected=6), why="so", by=by, at=NOON)
    with pytest.raises(PolicyError, match="accept it with --shortfall"):
        accept_fewer(crawl(2, {"records": 7}, listed=LISTED), why="so", by=by, at=NOON)
    assert not SearchRun.objects.exclude(shortfall_accepted_why=None).exists()


def test_the_newest_word_counts():
    accepted()
    accepted(day=1, missing={"records": 9})

    assert crawl(2, {"records": 9}).status == "complete"
    assert crawl(3, {"records": 10}).status == "failed"


ELSEWHERE = AcceptedAs("they count drafts", "ann", NOON, is_drop=False, is_shortfall=True)


def test_a_word_that_came_with_a_recording_counts_under_its_name_and_is_nobodys_here():
    make_person("ann")

    run = carry_acceptance(crawl(0, {"records": 7}), ELSEWHERE, at=NOON)
    later = crawl(1, {"records": 7})

    assert (run.status, run.shortfall_accepted_by, run.accepted_elsewhere_by) == ("complete", None, "ann")
    assert run.shortfall_accepted_by_name == "ann (elsewhere, as its recording says)"
    assert (later.status, later.accepted_shortfall) == ("complete", run)
    event = AuditEvent.objects.get(event="acceptance_carried")
    assert (event.by, event.facts["name"], event.facts["why"]) == (None, "ann", "they count drafts")
    assert carry_acceptance(run, ELSEWHERE, at=NOON) == run
    assert AuditEvent.objects.filter(event="acceptance_carried").count() == 1


def test_a_word_that_came_with_a_recording_covers_no_other_failure():
    run = crawl(0, {"records": 7}, is_complete=False)

    assert carry_acceptance(run, ELSEWHERE, at=NOON).status == "failed"
    assert not AuditEvent.objects.filter(event="acceptance_carried").exists()


def test_an_accepted_drop_that_shows_only_beside_its_history_begins_it_anew_all_the_same():
    run = carry_acceptance(
        carry_out(make_source(), Crawl(0, LISTED)),
        AcceptedAs("it was archived", "ann", NOON, is_drop=True, is_shortfall=False),
        at=NOON,
    )

    assert (run.status, run.fewer_accepted_why) == ("complete", "it was archived")
