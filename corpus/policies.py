"""Pure rules: what several votes amount to, and what may be done in this state by this person."""

from collections.abc import Sequence

from corpus.vocabulary.decisions import Choice, Outcome, Role
from corpus.vocabulary.errors import PolicyError
from corpus.vocabulary.protocols import Protocol, ScreeningRules

MAY_SCREEN = frozenset({Role.OWNER, Role.REVIEWER, Role.ADJUDICATOR})
MAY_STEER = frozenset({Role.OWNER})


def outcome_of(choices: Sequence[Choice], *, rules: ScreeningRules) -> Outcome:
    """Return what the standing votes of different reviewers on one candidate amount to.

    Parameters
    ----------
    choices
        One choice per reviewer who has voted.
    rules
        How many independent votes the protocol asks for.

    Notes
    -----
    An unsure vote in a full set is a conflict: it asks for a conversation, as a disagreement does.
    """
    if len(choices) < rules.reviewers_per_record:
        return Outcome.INCOMPLETE
    if set(choices) == {Choice.INCLUDE}:
        return Outcome.INCLUDED
    if set(choices) == {Choice.EXCLUDE}:
        return Outcome.EXCLUDED
    return Outcome.CONFLICT


def check_may_screen(role: Role | None) -> None:
    """Raise ``PolicyError`` unless a person of this role may vote."""
    if role not in MAY_SCREEN:
        raise PolicyError("You are not a reviewer of this review. Ask its owner for a place on the team.")


def check_may_steer(role: Role | None) -> None:
    """Raise ``PolicyError`` unless a person of this role may change the review's settings and sources."""
    if role not in MAY_STEER:
        raise PolicyError("Only the owner of this review may do this.")


def check_reason(protocol: Protocol, *, choice: Choice, reason: str | None) -> None:
    """Raise ``PolicyError`` unless the reason fits the choice: one of the protocol's, and only to exclude."""
    if reason is None:
        return
    if choice is not Choice.EXCLUDE:
        raise PolicyError("A reason belongs to an exclusion only.")
    if reason not in {r.code for r in protocol.reasons}:
        raise PolicyError(f"The protocol knows no exclusion reason {reason!r}.")
