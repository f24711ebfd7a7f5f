"""Accepting that a source holds less than it did, or than it says."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from corpus.policies import MAY_STEER
from corpus.selectors.completeness import runs_known_as
from corpus.selectors.reviews import all_reviews, find_person, role_in
from corpus.services.acceptance import accept_fewer, accept_shortfall
from corpus.vocabulary.errors import PolicyError, WorkspaceError
from corpus.vocabulary.harvest import AcceptedAs
from greysift.jobs.bodies import warc_dir
from greysift.jobs.protocols import use_runs
from harvester.warc import write_acceptance

if TYPE_CHECKING:
    from corpus.models import SearchRun


def accept_run(
    text: str, *, why: str, by: str, at: datetime, is_shortfall: bool = False
) -> "tuple[SearchRun, int]":
    """Let a crawl that failed for a sharp drop, or a shortfall that lasts, count as complete; the reviews take it up.

    Parameters
    ----------
    text
        The run's identity or the beginning of it, or a source, whose newest crawl is meant.
    by
        The account of whose word it is: an owner of a review here. Its name is written into the run's recording.
    is_shortfall
        What is missing is missing for good: later crawls that lack no more are complete too.

    Returns
    -------
    tuple
        The run, and how many candidates are new in all reviews together.

    Raises
    ------
    PolicyError
        When the run did not fail, failed for something else too, or was accepted before; or the person owns no review.
    WorkspaceError
        When it is not clear which run is meant, or nobody is called so.
    """
    runs = runs_known_as(text)
    if len(runs) != 1:
        found = ", ".join(str(run.uid) for run in runs) or "none"
        raise WorkspaceError(
            f"{text!r} must name one crawl, by its identity or its source; that fits: {found}"
        )
    person = find_person(by)
    if person is None:
        raise WorkspaceError(
            f"nobody is called {by!r} here; make an account with `greysift people add {by} --role owner`"
        )
    if not any(role_in(review, person) in MAY_STEER for review in all_reviews()):
        raise PolicyError(f"only the owner of a review may accept a crawl; {by} owns none here")
    accept = accept_shortfall if is_shortfall else accept_fewer
    with transaction.atomic():  # the word is given when it is in the recording too
        run = accept(runs[0], why=why, by=person, at=at)
        said = AcceptedAs(why, by, at, run.fewer_accepted_why is not None, is_shortfall)
        write_acceptance(warc_dir(), run_uid=run.uid, accepted=said)
    return run, sum(use_runs(review, at=at) for review in all_reviews())
