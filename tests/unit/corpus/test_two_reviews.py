"""Two reviews share one source; neither ever touches the other."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.models import Candidate, Record, ScreeningDecision, SearchUse
from corpus.selectors.records import candidate_in, candidates_in, document_in, pool
from corpus.selectors.reviews import protocol_of
from corpus.selectors.screening import outcomes, reviewer_view
from corpus.services.harvest import finish_run, store_record
from corpus.services.reviews import import_protocol, use_run
from corpus.vocabulary.decisions import Choice, Outcome, Stage
from corpus.vocabulary.errors import PolicyError
from tests.factories import (
    NOON,
    begin_crawl,
    found_document,
    found_record,
    make_member,
    make_person,
    make_review,
    make_run,
    make_source,
    protocol_document,
    run_result,
    vote,
)
from tests.unit.corpus.rows import all_rows, rolled_back

pytestmark = pytest.mark.django_db

STAGE = Stage.TITLE_ABSTRACT
SLUGS = ("care-leavers", "kinship-care")


@pytest.fixture
def shared_run():
    records = [found_record(key=f"r{n}", documents=[found_document()]) for n in range(3)]
    return make_run(source=make_source(), records=records)


@pytest.fixture
def reviews(shared_run):
    made = [make_review(slug=slug, reviewers=n) for slug, n in zip(SLUGS, (1, 2), strict=True)]
    for review in made:
        use_run(review, shared_run, at=NOON)
    return made


@pytest.fixture
def two_teams(reviews):
    people = {name: make_person(name) for name in "AB"}
    for review in reviews:
        for person in people.values():
            make_member(review=review, person=person)
    return reviews, people


def test_both_have_candidates_of_their_own_over_the_same_records(reviews):
    pools = [pool(review) for review in reviews]

    assert [[c.key for c in candidates] for candidates in pools] == [["r0", "r1", "r2"]] * 2
    assert not {c.candidate_id for c in pools[0]} & {c.candidate_id for c in pools[1]}
    assert Record.objects.count() == 3


def test_votes_and_outcomes_of_one_are_unknown_to_the_other(reviews):
    first, second = reviews
    ana = make_member(review=first)
    make_member(review=second, person=ana)
    rules = [protocol_of(r).screening for r in reviews]
    candidate = first.candidates.order_by("pk")[0]

    vote(candidate, by=ana, choice=Choice.EXCLUDE)

    assert outcomes(first, stage=STAGE, rules=rules[0]) == {candidate.pk: Outcome.EXCLUDED}
    assert outcomes(second, stage=STAGE, rules=rules[1]) == {}
    view = reviewer_view(second, stage=STAGE, reviewer=ana, rules=rules[1])
    assert (view.own, view.settled) == ({}, {})


def test_member_of_one_may_not_vote_in_the_other(reviews):
    ana = make_member(review=reviews[0])

    with pytest.raises(PolicyError):
        vote(reviews[1].candidates.all()[0], by=ana)


def test_candidate_of_one_is_not_found_in_the_other(reviews):
    first, second = reviews
    theirs = second.candidates.values_list("pk", flat=True)[0]

    assert candidate_in(first, theirs) is None
    assert candidates_in(first, [theirs]) == []
    assert candidate_in(second, theirs).review == second


def test_document_is_found_only_where_its_record_is_a_candidate(reviews):
    report = Record.objects.all()[0].reports.get()
    outsider = make_review(slug="outsider")

    assert all(document_in(review, report.pk).report_id == report.pk for review in reviews)
    assert document_in(outsider, report.pk) is None


def test_later_run_used_by_one_leaves_the_other_as_it_was(reviews):
    first, second = reviews
    before = pool(second)
    run = make_run(source=make_source(), records=[found_record(key="r9"), found_record(key="r0")])

    assert use_run(first, run, at=NOON) == 1

    assert pool(second) == before
    assert SearchUse.objects.filter(review=second).count() == 1


def test_new_protocol_of_one_leaves_the_other_as_it_was(reviews):
    before = protocol_of(reviews[1])

    import_protocol(protocol_document(reviewers=3), at=NOON, by=None, why="more eyes")

    assert protocol_of(reviews[0]).screening.reviewers_per_record == 3
    assert protocol_of(reviews[1]) == before


def test_use_is_kept_with_the_strategy_and_protocol_of_its_day(reviews, shared_run):
    import_protocol(protocol_document(reviewers=3), at=NOON, by=None, why="more eyes")

    use_run(reviews[0], shared_run, at=NOON)

    use = SearchUse.objects.get(review=reviews[0])
    assert use.protocol_version.number == 1
    assert use.strategy == shared_run.strategy


def test_run_is_used_twice_without_a_trace(reviews, shared_run):
    before = all_rows()

    assert use_run(reviews[0], shared_run, at=NOON) == 0

    assert all_rows() == before


def test_resumed_run_brings_its_further_records_into_the_same_use():
    review = make_review()
    run = begin_crawl(source=make_source())
    store_record(run.uid, found_record(key="r1"))
    assert use_run(review, run, at=NOON) == 1
    store_record(run.uid, found_record(key="r2"))
    finish_run(run.uid, run_result(), at=NOON)

    assert use_run(review, run, at=NOON) == 1

    assert SearchUse.objects.count() == 1
    assert Candidate.objects.count() == 2


def test_review_without_protocol_uses_nothing(shared_run):
    review = make_review()
    review.protocol_versions.all().delete()

    with pytest.raises(PolicyError, match="no protocol yet"):
        use_run(review, shared_run, at=NOON)


EVENTS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from("AB"), st.integers(0, 2), st.sampled_from(Choice)),
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_what_one_review_sees_depends_on_its_own_votes_only(two_teams, events):
    reviews, people = two_teams

    def seen_by_first(played):
        with rolled_back():  # the reviews serve all examples
            pools = [list(r.candidates.order_by("pk")) for r in reviews]
            for review, who, number, choice in played:
                vote(pools[review][number], by=people[who], choice=choice)
            rules = protocol_of(reviews[0]).screening
            decisions = ScreeningDecision.objects.filter(candidate__review=reviews[0])
            return (
                outcomes(reviews[0], stage=STAGE, rules=rules),
                reviewer_view(reviews[0], stage=STAGE, reviewer=people["A"], rules=rules),
                sorted(decisions.values_list("candidate", "reviewer__username", "sequence", "choice")),
            )

    assert seen_by_first(events) == seen_by_first([e for e in events if e[0] == 0])
