"""Nothing that a reviewer sees tells of another's vote that is not settled."""

from collections.abc import Sequence
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.models import Candidate
from corpus.services.screening import withdraw_decision
from corpus.vocabulary.decisions import Choice
from greysift.review.visit import STAGE
from tests.factories import NOON, make_member, vote
from tests.integration.review.material import crawl_with_documents, plain_records, votes_of
from tests.integration.review.pages import DECISIONS, QUEUE, SCREEN, lasting, press

VOTES = st.lists(st.tuples(st.integers(0, 7), st.none() | st.sampled_from(Choice)), max_size=12)


@pytest.fixture
def candidates(review) -> list[Candidate]:
    return crawl_with_documents(review, plain_records(), bodies={})


@pytest.fixture
def ben(review):
    return make_member(review=review, username="ben")


def cast(candidates: Sequence[Candidate], votes, *, by) -> None:
    """Vote, change votes, take them back; ``None`` takes back what stands."""
    standing = set()
    for number, choice in votes:
        candidate = candidates[number]
        if choice is not None:
            vote(candidate, by=by, choice=choice)
            standing.add(number)
        elif number in standing:
            withdraw_decision(candidate, stage=STAGE, by=by, at=NOON, token=uuid4())
            standing.remove(number)


@pytest.fixture
def pages_of_ana(review, candidates, ana, browser_of):
    """Return a look at every kind of page that ana has, after two votes of hers; judged records apart."""
    client = browser_of(ana)
    press(client, client.get(SCREEN), "include")
    press(client, client.get(SCREEN), "exclude:date")
    records = [f"/reviews/care-leavers/records/{c.pk}" for c in (candidates[0], candidates[-1])]
    return lambda: [lasting(client.get(a)) for a in ("/", QUEUE, SCREEN, DECISIONS, *records)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(votes=VOTES)
def test_pages_of_one_reviewer_do_not_change_with_anothers_unsettled_votes(
    votes, review, candidates, ana, ben, pages_of_ana
):
    before = pages_of_ana()
    judged = {v.candidate_id for v in votes_of(ana)}
    # what ana has judged too would be settled by ben's vote, and may then be seen
    unsettled = [v for v in votes if candidates[v[0]].pk not in judged]

    with transaction.atomic():
        cast(candidates, unsettled, by=ben)
        after = pages_of_ana()
        transaction.set_rollback(True)

    assert after == before


def test_settled_outcome_of_others_may_move_the_order(review, candidates, ana, ben, browser_of):
    """The counterpart: the property above would hold of pages that never change at all."""
    client = browser_of(ana)
    before = lasting(client.get(QUEUE))
    best, *_, last = candidates

    for person in (ben, make_member(review=review, username="cleo")):
        vote(best, by=person, choice=Choice.EXCLUDE)
        vote(last, by=person, choice=Choice.INCLUDE)

    assert lasting(client.get(QUEUE)) != before
