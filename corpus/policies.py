"""Pure rules: what several votes amount to, and what may be done in this state by this person."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from corpus.vocabulary.decisions import Choice, Outcome, Role
from corpus.vocabulary.errors import PolicyError
from corpus.vocabulary.harvest import ANSWER_OF
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


DROP = "Sharply fewer"
"""How the sentence of a drop begins: a run that failed for nothing else may be accepted by a person."""


def is_sharply_fewer(got: int, *, usual: int) -> bool:
    """Return whether a crawl got so much less than before that a person must look.

    Parameters
    ----------
    got
        How many of something the crawl got.
    usual
        The most that any of the last complete crawls got.

    Notes
    -----
    Sharply means: nothing at all where there was something; or at least three fewer, and more than a tenth fewer;
    or at least two fewer, and more than a third fewer.
    Lists of reports grow, and lose one or two now and then. A tenth less of a long list is no such loss (a transient
    empty page cost others 15 % unnoticed). Of a short list a tenth is less than one, hence the three; but
    two of five are a large part of it, hence the third. A source of two may lose one before anyone is called.
    """
    lost = usual - got
    return (got == 0 and usual > 0) or (lost >= 3 and 10 * lost > usual) or (lost >= 2 and 3 * lost > usual)


def drop_sentence(what: str, *, got: int, usual: int, on: datetime) -> str:
    """Return how a sharp drop is told."""
    return (
        f"{DROP} {what} than before: {got}, where the crawl of {on:%Y-%m-%d %H:%M} (UTC) ended with "
        f"{usual}. Look at the source; if it holds no more, accept the run."
    )


Shortfall = Mapping[str, Mapping[str, Any]]
"""What is missing of a run, by thing: ``number``, and the ``sentences`` that say so, as the run keeps it."""


def sentences_of(missing: Shortfall) -> frozenset[str]:
    """Return the failures that are a shortfall."""
    return frozenset(sentence for of in missing.values() for sentence in of["sentences"])


def shortfall_words(missing: Shortfall, *, most_named: int | None = None) -> str:
    """Return what is missing, as people read it; of several addresses only so many are named, all where not said."""
    addresses = [what.removeprefix(ANSWER_OF) for what in missing if what.startswith(ANSWER_OF)]
    if len(addresses) < 2:
        return ", ".join(f"{of['number']} {what}" for what, of in missing.items())
    named = ", ".join(sorted(addresses)[:most_named])
    more = ", …" if most_named is not None and len(addresses) > most_named else ""
    others = {what: of for what, of in missing.items() if not what.startswith(ANSWER_OF)}
    parts = [shortfall_words(others), f"the answers of {len(addresses)} addresses ({named}{more})"]
    return ", ".join(filter(None, parts))


def falls_under(missing: Shortfall, *, accepted: Shortfall) -> bool:
    """Return whether no more is missing, of anything, than a person has accepted."""
    return all(what in accepted and of["number"] <= accepted[what]["number"] for what, of in missing.items())


def accepted_sentence(failure: str, *, why: str | None) -> str:
    """Return how a shortfall is told that is accepted."""
    return f"{failure} This shortfall is accepted: {why}"


def can_accept_shortfall(failures: Sequence[str], missing: Shortfall) -> bool:
    """Return whether a run failed for a shortfall that is a number, and at most for a drop besides."""
    known = sentences_of(missing)
    return any(failure in known for failure in failures) and all(
        failure in known or failure.startswith(DROP) for failure in failures
    )


def can_accept(failures: Sequence[str]) -> bool:
    """Return whether a run failed for a drop alone."""
    return bool(failures) and all(failure.startswith(DROP) for failure in failures)
