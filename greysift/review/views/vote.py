"""Votes, and taking them back."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from corpus import policies
from corpus.models import Candidate, ScreeningDecision
from corpus.selectors.records import candidate_in
from corpus.selectors.screening import newest_own_decision
from corpus.services.screening import record_decision, withdraw_decision
from corpus.vocabulary.errors import PolicyError
from greysift.review.ballot import Ballot, read_ballot
from greysift.review.sealed import ShownForm, unseal
from greysift.review.sentences import vote_sentence
from greysift.review.views.record import best_record, given_record
from greysift.review.visit import MemberRequest, Visit, in_review, whole_number

VOTE = "vote"  # messages with this tag offer an undo


@require_POST
@in_review
def cast(request: MemberRequest, visit: Visit, candidate_id: int) -> HttpResponse:
    """Store a vote, then show what the ranker puts first now that it has learnt from it."""
    policies.check_may_screen(visit.role)
    candidate = _candidate(visit, candidate_id)
    ballot = read_ballot(request.POST)
    form = unseal(
        request.POST.get("form", ""),
        candidate_id=candidate.pk,
        reviewer_id=visit.person.pk,
        stage=visit.stage,
    )
    decision = record_decision(
        candidate,
        stage=visit.stage,
        choice=ballot.choice,
        reason=ballot.reason,
        by=visit.person,
        at=timezone.now(),
        token=form.token,
        shown=form.shown(without=ballot.unseen),
    )
    _say_what_is_stored(request, visit, decision=decision, ballot=ballot, form=form)
    return best_record(request, visit) if request.htmx else redirect("screen", visit.review.slug)


@require_POST
@in_review
def undo(request: MemberRequest, visit: Visit) -> HttpResponse:
    """Take back the visitor's last standing vote, and show its record again."""
    policies.check_may_screen(visit.role)
    decision = _own_decision(visit, request.POST.get("decision", ""))
    last = newest_own_decision(visit.review, stage=visit.stage, reviewer=visit.person)
    if last == decision:
        withdraw_decision(
            decision.candidate,
            stage=visit.stage,
            by=visit.person,
            at=timezone.now(),
            token=_token(request.POST.get("token", "")),
        )
        messages.info(request, f"Your vote on “{decision.candidate.record.title}” is taken back.")
    else:
        messages.warning(request, "That vote had been taken back or changed before; nothing was changed now.")
    candidate = _candidate(visit, decision.candidate_id)
    if request.htmx:
        return given_record(request, visit, candidate)
    return redirect("record", visit.review.slug, candidate.pk)


def _candidate(visit: Visit, candidate_id: int) -> Candidate:
    candidate = candidate_in(visit.review, candidate_id)
    if candidate is None:
        raise Http404("This review has no such record.")
    return candidate


def _own_decision(visit: Visit, number: str) -> ScreeningDecision:
    own = ScreeningDecision.objects.filter(
        candidate__review=visit.review, reviewer=visit.person, stage=visit.stage, choice__isnull=False
    )
    decision = own.filter(pk=whole_number(number) or 0).select_related("candidate__record").first()
    if decision is None:
        raise PolicyError("There is no vote of yours here to take back.")
    return decision


def _token(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise PolicyError("This form is damaged; reload the page. Nothing was changed.") from None


def _say_what_is_stored(
    request: MemberRequest, visit: Visit, *, decision: ScreeningDecision, ballot: Ballot, form: ShownForm
) -> None:
    sentence = vote_sentence(decision, protocol=visit.protocol, queue_length=form.queue_length)
    if (decision.choice, decision.reason) == (ballot.choice, ballot.reason):
        messages.success(request, sentence, extra_tags=VOTE)
    else:
        messages.warning(
            request,
            f"This form had voted before, and a form votes once. {sentence} "
            "To change it, open the record again from your decisions.",
        )
