"""Votes that arrive in the same moment: each is stored once, none is lost, nobody meets a locked database."""

from uuid import uuid4

import pytest

from corpus.models import AuditEvent, ScreeningDecision
from corpus.services.screening import withdraw_decision
from corpus.vocabulary.decisions import Choice, Stage
from corpus.vocabulary.errors import PolicyError
from tests.factories import NOON, make_candidates, make_member, make_review, vote
from tests.integration.corpus.threads import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_same_form_from_many_threads_is_one_vote():
    review = make_review()
    (candidate,) = make_candidates(review=review)
    ana = make_member(review=review)
    token = uuid4()

    votes = run_at_once([lambda: vote(candidate, by=ana, token=token)] * 8)

    assert {v.pk for v in votes} == {ScreeningDecision.objects.get().pk}
    assert AuditEvent.objects.filter(event="decision_recorded").count() == 1


def test_two_forms_of_one_reviewer_at_once_are_two_votes_in_sequence():
    review = make_review()
    (candidate,) = make_candidates(review=review)
    ana = make_member(review=review)

    votes = run_at_once([lambda: vote(candidate, by=ana)] * 8)

    assert sorted(v.sequence for v in votes) == list(range(1, 9))


def test_same_form_on_two_candidates_at_once_is_one_vote():
    review = make_review()
    candidates = make_candidates(review=review, count=2)
    ana = make_member(review=review)
    token = uuid4()

    answers = run_at_once([lambda c=c: vote(c, by=ana, token=token) for c in candidates])

    assert sorted(type(a).__name__ for a in answers) == ["PolicyError", "ScreeningDecision"]
    assert ScreeningDecision.objects.count() == 1


def test_two_withdrawals_at_once_take_back_one_vote():
    review = make_review()
    (candidate,) = make_candidates(review=review)
    ana = make_member(review=review)
    vote(candidate, by=ana)

    def withdraw():
        return withdraw_decision(candidate, stage=Stage.TITLE_ABSTRACT, by=ana, at=NOON, token=uuid4())

    answers = run_at_once([withdraw] * 4)

    assert [a for a in answers if isinstance(a, Exception) and not isinstance(a, PolicyError)] == []
    assert ScreeningDecision.objects.filter(choice=None).count() == 1


def test_many_reviewers_vote_on_many_candidates_and_no_vote_is_lost():
    review = make_review()
    candidates = make_candidates(review=review, count=12)
    people = [make_member(review=review, username=f"person-{n}") for n in range(6)]

    def screen(person):
        return [vote(c, by=person, choice=Choice.EXCLUDE, reason="date").pk for c in candidates]

    answers = run_at_once([lambda p=p: screen(p) for p in people])

    assert [a for a in answers if isinstance(a, Exception)] == []
    pairs = set(ScreeningDecision.objects.values_list("reviewer_id", "candidate_id"))
    assert pairs == {(p.pk, c.pk) for p in people for c in candidates}
    assert (
        ScreeningDecision.objects.count()
        == AuditEvent.objects.filter(event="decision_recorded").count()
        == 72
    )
