"""Protocol files in and out of the corpus, and the candidates that follow from them."""

import difflib
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.protocol import parse_protocol
from corpus.selectors.reviews import all_reviews, protocol_of, protocol_version
from corpus.selectors.sources import runs_of_sources
from corpus.services.reviews import import_protocol, use_run
from corpus.vocabulary.errors import WorkspaceError

if TYPE_CHECKING:
    from corpus.models import Person, Review


def take_up_protocol(
    document: str, *, at: datetime, by: "Person | None", why: str, name: str = "review.toml"
) -> "tuple[Review, str]":
    """Import a protocol and let the review use what its sources have already found.

    Returns
    -------
    tuple[Review, str]
        The review, and a unified diff against its former protocol (empty when nothing changed or new).
    """
    slug = parse_protocol(document, name=name).slug
    before = _document_of(slug)
    version = import_protocol(document, at=at, by=by, why=why, name=name)
    use_runs(version.review, at=at)
    if before is None:
        return version.review, ""
    lines = difflib.unified_diff(
        before.splitlines(), document.splitlines(), fromfile="stored", tofile=name, lineterm=""
    )
    return version.review, "\n".join(lines)


def refuse_another(document: str) -> None:
    """Refuse to make a review whose name another one of this corpus bears.

    Raises
    ------
    WorkspaceError
        When a review of the same slug promises something else.
    """
    slug = parse_protocol(document).slug
    if _document_of(slug) not in {None, document}:
        raise WorkspaceError(
            f"this corpus holds another review {slug!r}; give yours another slug, or take up the change of "
            "that one with `greysift protocol import --why …`"
        )


def _document_of(slug: str) -> str | None:
    for review in all_reviews():
        if review.slug == slug:
            return protocol_version(review).document
    return None


def use_runs(review: "Review", *, at: datetime) -> int:
    """Let a review use every complete run of its sources; return how many candidates are new."""
    return sum(use_run(review, run, at=at) for run in runs_of_sources(protocol_of(review).sources))
