"""What a voting form says when it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.vocabulary.decisions import Choice
from corpus.vocabulary.errors import PolicyError


@dataclass(frozen=True, slots=True)
class Ballot:
    """A choice, the reason for an exclusion, and parts of the page that did not reach the screen."""

    choice: Choice
    reason: str | None
    unseen: frozenset[str]


def read_ballot(posted: Mapping[str, str]) -> Ballot:
    """Read a form: ``vote`` is a choice, or ``exclude:`` and the code of a reason.

    Raises
    ------
    PolicyError
        When it holds no choice. Whether the reason is one of the protocol's, the service says.
    """
    name, _, reason = posted.get("vote", "").partition(":")
    if name not in set(Choice):
        raise PolicyError("Say include, exclude or unsure; nothing was stored.")
    unseen = frozenset({"page_picture"} if posted.get("picture") == "failed" else ())
    return Ballot(choice=Choice(name), reason=reason or None, unseen=unseen)
