"""Votes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from corpus import policies
from corpus.models import Candidate, Membership, Person, ScreeningDecision
from corpus.selectors.judging import Judged, judged_now
from corpus.selectors.reviews import protocol_of
from corpus.services.audit import record_event
from corpus.vocabulary.decisions import Choice, Role, Stage
from corpus.vocabulary.errors import PolicyError


@dataclass(frozen=True, slots=True)
class Shown:
    """How a record came to be shown, what of it could be seen, and in which state it was, when a vote was cast.

    ``judged`` is what the page held; without it, what is current when the vote is stored.
    """

    judged: Judged | None = None
    visible: tuple[str, ...] = ()
    model_version: str | None = None
    ranker_state: str | None = None
    rank: int | None = None
    score: float | None = None


def record_decision(
    candidate: Candidate,
    *,
    stage: Stage,
    choice: Choice,
    by: Person,
    at: datetime,
    token: UUID,
    shown: Shown,
    reason: str | None = None,
) -> ScreeningDecision:
    """Store one reviewer's vote; an earlier one of the same reviewer is superseded, never changed.

    Parameters
    ----------
    token
        Made with the form that was shown: the same token again returns the vote that it cast.

    Raises
    ------
    PolicyError
        When ``by`` may not screen this review, the reason does not fit, or the token was used elsewhere.
    """
    policies.check_reason(protocol_of(candidate.review), choice=choice, reason=reason)
    return _append(
        candidate,
        stage=stage,
        choice=choice,
        reason=reason,
        by=by,
        at=at,
        token=token,
        shown=shown,
    )


def withdraw_decision(
    candidate: Candidate, *, stage: Stage, by: Person, at: datetime, token: UUID
) -> ScreeningDecision:
    """Take back one's own standing vote, by a row that says so.

    Raises
    ------
    PolicyError
        When there is no standing vote of ``by`` to take back.
    """
    return _append(
        candidate,
        stage=stage,
        choice=None,
        reason=None,
        by=by,
        at=at,
        token=token,
        shown=Shown(),
    )


def _append(
    candidate: Candidate,
    *,
    stage: Stage,
    choice: Choice | None,
    reason: str | None,
    by: Person,
    at: datetime,
    token: UUID,
    shown: Shown,
) -> ScreeningDecision:
    membership = Membership.objects.filter(review=candidate.review, person=by).first()
    policies.check_may_screen(Role(membership.role) if membership else None)
    judged = shown.judged or judged_now(candidate)
    try:
        with transaction.atomic():
            # Votes on one candidate queue up here: two at once would count the same sequence.
            Candidate.objects.select_for_update().get(pk=candidate.pk)
            stored = ScreeningDecision.objects.filter(token=token).first()
            if stored is not None:
                return _same_form(stored, candidate, stage=stage, choice=choice, by=by)
            newest = (
                ScreeningDecision.objects.filter(candidate=candidate, reviewer=by, stage=stage)
                .order_by("-sequence")
                .first()
            )
            if choice is None and (newest is None or newest.choice is None):
                raise PolicyError("there is no vote of yours here to take back")
            decision = ScreeningDecision.objects.create(
                candidate=candidate,
                reviewer=by,
                stage=stage,
                sequence=newest.sequence + 1 if newest else 1,
                choice=choice,
                reason=reason,
                decided_at=at,
                token=token,
                protocol_version_id=judged.protocol_version_id,
                record_revision=judged.record_revision,
                capture_id=judged.capture_id,
                text_sha256=judged.text_sha256,
                visible=list(shown.visible),
                model_version=shown.model_version,
                ranker_state=shown.ranker_state,
                rank=shown.rank,
                score=shown.score,
            )
            event = "decision_recorded" if choice else "decision_withdrawn"
            record_event(event, decision, by=by, at=at, stage=stage, choice=choice, reason=reason)
            return decision
    except IntegrityError:
        # The same form sent at once for two records: they do not queue for the same lock.
        stored = ScreeningDecision.objects.filter(token=token).first()
        if stored is None:
            raise
        return _same_form(stored, candidate, stage=stage, choice=choice, by=by)


def _same_form(
    stored: ScreeningDecision, candidate: Candidate, *, stage: Stage, choice: Choice | None, by: Person
) -> ScreeningDecision:
    """Return what a form cast when it comes again; refuse it where it was not made for."""
    if (stored.candidate_id, stored.reviewer_id, stored.stage) != (candidate.pk, by.pk, stage):
        raise PolicyError("this form was used for another record; reload the page")
    if (stored.choice is None) != (choice is None):
        raise PolicyError("this form was used for another deed; reload the page")
    return stored
