"""A person's word that a source does hold less than it did, or than it says."""

from datetime import datetime

from django.db import transaction

from corpus import policies
from corpus.models import Person, SearchRun
from corpus.services.audit import record_event
from corpus.services.gone import settle_gone
from corpus.vocabulary.errors import PolicyError
from corpus.vocabulary.harvest import AcceptedAs, RunStatus


@transaction.atomic
def accept_fewer(run: SearchRun, *, why: str, by: Person | None, at: datetime) -> SearchRun:
    """Let a crawl that failed for a sharp drop alone count as complete; the history begins anew with it.

    Its sentences stay with it, beside the reason.

    Raises
    ------
    PolicyError
        When the run did not fail, failed for something else too, or was accepted before.
    """
    run = SearchRun.objects.select_related("source").select_for_update(of=("self",)).get(pk=run.pk)
    if run.fewer_accepted_why is not None:
        raise PolicyError(f"Run {run.uid} was accepted already: {run.fewer_accepted_why}")
    if run.status != RunStatus.FAILED:
        raise PolicyError(f"Run {run.uid} is {run.status}: only a crawl that failed can be accepted.")
    if not policies.can_accept(run.failures):
        others = " ".join(f for f in run.failures if not f.startswith(policies.DROP))
        hint = (
            " If so much is missing for good, accept it with --shortfall."
            if policies.can_accept_shortfall(run.failures, run.missing)
            else ""
        )
        raise PolicyError(
            f"Run {run.uid} got not all that there is, so it cannot be accepted: {others}{hint}"
        )
    run.fewer_accepted_why = why
    run.status = RunStatus.COMPLETE
    run.save(update_fields=["fewer_accepted_why", "status"])
    record_event("fewer_accepted", run, by=by, at=at, why=why, got=run.got)
    settle_gone(run, at=at)
    return run


@transaction.atomic
def accept_shortfall(run: SearchRun, *, why: str, by: Person, at: datetime) -> SearchRun:
    """Let a crawl that fell short by a number count as complete, and later ones that fall short by no more.

    Its sentences stay with it, beside the reason and the name. By silence such crawls make nothing gone.

    Raises
    ------
    PolicyError
        When the run did not fail, failed for something that is no such shortfall, or was accepted before.
    """
    run = SearchRun.objects.select_related("source").select_for_update(of=("self",)).get(pk=run.pk)
    if run.shortfall_accepted_why is not None:
        raise PolicyError(
            f"The shortfall of run {run.uid} was accepted already: {run.shortfall_accepted_why}"
        )
    if run.status != RunStatus.FAILED:
        raise PolicyError(f"Run {run.uid} is {run.status}: only a crawl that failed can be accepted.")
    if not policies.can_accept_shortfall(run.failures, run.missing):
        known = policies.sentences_of(run.missing)
        others = " ".join(f for f in run.failures if f not in known and not f.startswith(policies.DROP))
        raise PolicyError(
            f"Run {run.uid} failed for something that is no lasting shortfall: {others or ' '.join(run.failures)}"
        )
    if any(failure.startswith(policies.DROP) for failure in run.failures):
        run.fewer_accepted_why = why
    run.shortfall_accepted_why, run.shortfall_accepted_by = why, by
    run.accepted_shortfall, run.status = run, RunStatus.COMPLETE
    run.save()
    numbers = {what: of["number"] for what, of in run.missing.items()}
    record_event("shortfall_accepted", run, by=by, at=at, why=why, missing=numbers)
    settle_gone(run, at=at)
    return run


@transaction.atomic
def carry_acceptance(run: SearchRun, accepted: AcceptedAs, *, at: datetime) -> SearchRun:
    """Let a replayed run count as a person has said where it was crawled; the recording carries that word.

    Nobody here has said it, so it is kept under the name that stands in the recording. A run of which a word is known
    stays, and so does one that failed for something that the word does not cover.
    """
    run = SearchRun.objects.select_related("source").select_for_update(of=("self",)).get(pk=run.pk)
    if run.fewer_accepted_why is not None or run.shortfall_accepted_why is not None:
        return run
    has_failed = run.status == RunStatus.FAILED
    is_covered = (accepted.is_drop and policies.can_accept(run.failures)) or (
        accepted.is_shortfall and policies.can_accept_shortfall(run.failures, run.missing)
    )
    if run.status == RunStatus.RUNNING or (has_failed and not is_covered):
        return run
    if accepted.is_drop:
        run.fewer_accepted_why = accepted.why
    if accepted.is_shortfall:
        run.shortfall_accepted_why = accepted.why
        run.accepted_shortfall = run if has_failed else run.accepted_shortfall
    run.accepted_elsewhere_by, run.status = accepted.by, RunStatus.COMPLETE
    run.save()
    said = {"why": accepted.why, "name": accepted.by, "said_at": accepted.at.isoformat()}
    record_event("acceptance_carried", run, by=None, at=at, **said)
    if has_failed:
        settle_gone(run, at=at)
    return run
