"""While a stage is blind, nothing that another reviewer has not settled reaches a reviewer's view."""

from collections import defaultdict
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.models import Candidate, Person
from corpus.selectors.labels import label_log
from corpus.selectors.reviews import protocol_of
from corpus.selectors.screening import outcomes, reviewer_view
from corpus.services.screening import withdraw_decision
from corpus.vocabulary.decisions import Choice, Outcome, Stage
from tests.factories import NOON, make_candidates, make_member, make_review, vote
from tests.unit.corpus.rows import rolled_back

pytestmark = pytest.mark.django_db

STAGE = Stage.TITLE_ABSTRACT
OUTCOMES = {Choice.INCLUDE: Outcome.INCLUDED, Choice.EXCLUDE: Outcome.EXCLUDED}

# An event: who, on which candidate, what (None takes the vote back).
EVENTS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(0, 2), st.sampled_from([*Choice, None])), max_size=8
)
REVIEWERS = st.integers(1, 3)

# One room serves all examples: each is rolled back.
IN_ONE_ROOM = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Room:
    """Three reviewers and three candidates, and a model of what they did last."""

    def __init__(self):
        self.review = make_review()
        self.rules = protocol_of(self.review).screening
        self.people: dict[str, Person] = {n: make_member(review=self.review, username=n) for n in "ABC"}
        self.candidates: list[Candidate] = make_candidates(review=self.review, count=3)
        self.standing: dict[tuple[str, int], Choice] = {}

    def play(self, events, *, reviewers=2):
        self.standing = {}
        self.rules = replace(self.rules, reviewers_per_record=reviewers)
        for who, number, choice in events:
            candidate, person = self.candidates[number], self.people[who]
            if choice is not None:
                vote(candidate, by=person, choice=choice)
                self.standing[who, number] = choice
            elif (who, number) in self.standing:
                withdraw_decision(candidate, stage=STAGE, by=person, at=NOON, token=uuid4())
                del self.standing[who, number]

    def labels(self, who="A", *, without=frozenset()):
        protocol = replace(protocol_of(self.review), screening=self.rules)
        log = label_log(self.review, stage=STAGE, protocol=protocol, reviewer=self.people[who])
        numbers = {c.pk: n for n, c in enumerate(self.candidates)}
        return [(numbers[c], label) for c, label in log if numbers[c] not in without]

    def view(self, who="A"):
        view = reviewer_view(self.review, stage=STAGE, reviewer=self.people[who], rules=self.rules)
        numbers = {c.pk: n for n, c in enumerate(self.candidates)}
        return (
            [(numbers[c], choice) for c, choice in view.own.items()],
            {numbers[c]: outcome for c, outcome in view.settled.items()},
        )


@pytest.fixture
def room():
    return Room()


def changed(events, standing, settled, *, data):
    """Return events in which B votes otherwise wherever B's standing vote is not part of a settled outcome."""
    last = {n: i for i, (who, n, _) in enumerate(events) if who == "B"}
    loose = [i for n, i in last.items() if ("B", n) in standing and n not in settled]
    return [
        (who, n, data.draw(st.sampled_from(Choice)) if i in loose else choice)
        for i, (who, n, choice) in enumerate(events)
    ]


@settings(IN_ONE_ROOM, max_examples=20)
@given(events=EVENTS, reviewers=REVIEWERS, data=st.data())
def test_other_answers_of_others_change_nothing_in_a_view(room, events, reviewers, data):
    with rolled_back():
        room.play(events, reviewers=reviewers)
        own, settled = room.view("A")
        labels = room.labels("A")
        others = changed(events, room.standing, settled, data=data)
    with rolled_back():
        room.play(others, reviewers=reviewers)
        after = room.view("A")
        newly = set(after[1]) - set(settled) - set(dict(own))
        labels_after = room.labels("A", without=newly)

    # What B's new answers settle, A may know; all else is as it was.
    known_before = {n: outcome for n, outcome in after[1].items() if n in settled}
    assert (after[0], known_before) == (own, settled)
    assert labels_after == labels


@settings(IN_ONE_ROOM, max_examples=20)
@given(events=EVENTS, reviewers=REVIEWERS)
def test_view_holds_own_votes_settled_outcomes_and_nothing_else(room, events, reviewers):
    with rolled_back():
        room.play(events, reviewers=reviewers)
        own, settled = room.view("A")

    by_candidate = defaultdict(list)
    for (_, number), choice in room.standing.items():
        by_candidate[number].append(choice)
    full = {n for n, choices in by_candidate.items() if len(choices) >= reviewers}
    agreed = {n: set(by_candidate[n]) for n in full if len(set(by_candidate[n])) == 1}
    assert dict(own) == {n: c for (who, n), c in room.standing.items() if who == "A"}
    assert settled == {
        n: OUTCOMES[choice] for n, choices in agreed.items() for choice in choices if choice in OUTCOMES
    }


@settings(IN_ONE_ROOM, max_examples=20)
@given(events=EVENTS, reviewers=REVIEWERS)
def test_ranker_learns_from_own_votes_and_settled_outcomes_and_nothing_else(room, events, reviewers):
    with rolled_back():
        room.play(events, reviewers=reviewers)
        own, settled = room.view("A")
        labels = room.labels("A")

    labels_of = {Choice.INCLUDE: 1, Choice.EXCLUDE: 0, Choice.UNSURE: None}
    expected = {n: 1 if outcome is Outcome.INCLUDED else 0 for n, outcome in settled.items()}
    assert dict(labels) == expected | {n: labels_of[choice] for n, choice in own}
    assert len(labels) == len(dict(labels))


@settings(IN_ONE_ROOM, max_examples=10)
@given(events=EVENTS)
def test_other_stage_is_not_seen(room, events):
    with rolled_back():
        room.play(events, reviewers=1)

        view = reviewer_view(room.review, stage=Stage.FULL_TEXT, reviewer=room.people["A"], rules=room.rules)

    assert (view.own, view.settled) == ({}, {})


def test_own_votes_come_oldest_first_by_their_last_change(room):
    room.play([("A", 0, Choice.INCLUDE), ("A", 1, Choice.EXCLUDE), ("A", 0, Choice.UNSURE)])

    assert room.view()[0] == [(1, Choice.EXCLUDE), (0, Choice.UNSURE)]


def test_conflict_of_two_others_is_not_told(room):
    room.play([("B", 0, Choice.INCLUDE), ("C", 0, Choice.EXCLUDE)])

    assert room.view("A") == ([], {})
    assert outcomes(room.review, stage=STAGE, rules=room.rules) == {room.candidates[0].pk: Outcome.CONFLICT}


def test_vote_of_one_other_is_not_told_at_all(room):
    room.play([("B", 0, Choice.INCLUDE)])

    assert room.view("A") == ([], {})


def test_settled_outcome_is_gone_when_a_vote_is_taken_back(room):
    both = [("A", 0, Choice.INCLUDE), ("B", 0, Choice.INCLUDE)]
    with rolled_back():
        room.play(both)
        assert room.view()[1] == {0: Outcome.INCLUDED}

    room.play([*both, ("B", 0, None)])

    assert room.view() == ([(0, Choice.INCLUDE)], {})
