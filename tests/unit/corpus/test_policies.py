"""What votes amount to, and who may do what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.policies import check_may_screen, check_may_steer, check_reason, outcome_of
from corpus.protocol import parse_protocol, shipped_protocol
from corpus.vocabulary.decisions import Choice, Outcome, Role
from corpus.vocabulary.errors import PolicyError
from corpus.vocabulary.protocols import ScreeningRules

YES, NO, MAYBE = Choice.INCLUDE, Choice.EXCLUDE, Choice.UNSURE
CHOICES = st.lists(st.sampled_from(Choice), max_size=6)
NUMBERS = st.integers(1, 5)
PROTOCOL = parse_protocol(shipped_protocol("care-leavers"))


def rules(reviewers):
    return ScreeningRules(reviewers, blind=True, conflicts="adjudicator", score_visibility="never")


@pytest.mark.parametrize(
    ("reviewers", "choices", "outcome"),
    [
        (1, [], Outcome.INCOMPLETE),
        (1, [YES], Outcome.INCLUDED),
        (1, [NO], Outcome.EXCLUDED),
        (1, [MAYBE], Outcome.CONFLICT),
        (2, [], Outcome.INCOMPLETE),
        (2, [YES], Outcome.INCOMPLETE),
        (2, [MAYBE], Outcome.INCOMPLETE),
        (2, [YES, YES], Outcome.INCLUDED),
        (2, [NO, NO], Outcome.EXCLUDED),
        (2, [YES, NO], Outcome.CONFLICT),
        (2, [YES, MAYBE], Outcome.CONFLICT),
        (2, [NO, MAYBE], Outcome.CONFLICT),
        (2, [MAYBE, MAYBE], Outcome.CONFLICT),
        (2, [YES, YES, YES], Outcome.INCLUDED),
        (2, [YES, YES, NO], Outcome.CONFLICT),
        (3, [NO, NO], Outcome.INCOMPLETE),
        (3, [NO, NO, NO], Outcome.EXCLUDED),
        (3, [NO, NO, YES], Outcome.CONFLICT),
    ],
)
def test_outcome(reviewers, choices, outcome):
    assert outcome_of(choices, rules=rules(reviewers)) is outcome


@given(choices=CHOICES, reviewers=NUMBERS, data=st.data())
def test_outcome_does_not_depend_on_the_order_of_votes(choices, reviewers, data):
    shuffled = data.draw(st.permutations(choices))

    assert outcome_of(shuffled, rules=rules(reviewers)) is outcome_of(choices, rules=rules(reviewers))


@given(choices=CHOICES, reviewers=NUMBERS)
def test_outcome_is_incomplete_exactly_while_votes_are_missing(choices, reviewers):
    is_incomplete = outcome_of(choices, rules=rules(reviewers)) is Outcome.INCOMPLETE

    assert is_incomplete == (len(choices) < reviewers)


@given(choices=CHOICES, reviewers=NUMBERS)
def test_outcome_is_settled_only_by_enough_equal_votes(choices, reviewers):
    outcome = outcome_of(choices, rules=rules(reviewers))

    assert (outcome is Outcome.INCLUDED) == (choices == [YES] * len(choices) and len(choices) >= reviewers)
    assert (outcome is Outcome.EXCLUDED) == (choices == [NO] * len(choices) and len(choices) >= reviewers)


@pytest.mark.parametrize(
    ("check", "allowed"),
    [(check_may_screen, {Role.OWNER, Role.REVIEWER, Role.ADJUDICATOR}), (check_may_steer, {Role.OWNER})],
)
@pytest.mark.parametrize("role", [*Role, None])
def test_roles(check, allowed, role):
    if role in allowed:
        check(role)
    else:
        with pytest.raises(PolicyError):
            check(role)


@pytest.mark.parametrize("choice", Choice)
def test_no_reason_fits_every_choice(choice):
    check_reason(PROTOCOL, choice=choice, reason=None)


@pytest.mark.parametrize("reason", [r.code for r in PROTOCOL.reasons])
def test_reason_of_the_protocol_fits_an_exclusion_and_nothing_else(reason):
    check_reason(PROTOCOL, choice=NO, reason=reason)
    for choice in (YES, MAYBE):
        with pytest.raises(PolicyError, match="exclusion only"):
            check_reason(PROTOCOL, choice=choice, reason=reason)


@given(reason=st.text())
def test_reason_that_the_protocol_does_not_know_is_refused(reason):
    if reason not in {r.code for r in PROTOCOL.reasons}:
        with pytest.raises(PolicyError, match="knows no exclusion reason"):
            check_reason(PROTOCOL, choice=NO, reason=reason)
