"""Votes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from corpus import policies
from corpus.models import Candidate, Membership, Person, ProtocolVersion, ScreeningDecision
from corpus.protocol import parse_protocol
from corpus.services.audit import record_event
from corpus.vocabulary.decisions import Choice, Role, Stage
from corpus.vocabulary.errors import PolicyError


@dataclass(frozen=True, slots=True)
class Shown:
    """How a record came to be shown, and what of it could be seen, when a vote was cast."""

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
    protocol = candidate.review.protocol_versions.order_by("-number").first()
    if protocol is None:
        raise PolicyError("this review has no protocol yet; import one first")
    policies.check_reason(parse_protocol(protocol.document), choice=choice, reason=reason)
    return _append(
        candidate,
        stage=stage,
        choice=choice,
        reason=reason,
        by=by,
        at=at,
        token=token,
        shown=shown,
        protocol=protocol,
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
    protocol = candidate.review.protocol_versions.order_by("-number").first()
    standing = _newest(candidate, stage=stage, by=by)
    if protocol is None or standing is None or (standing.choice is None and standing.token != token):
        raise PolicyError("there is no vote of yours here to take back")
    return _append(
        candidate,
        stage=stage,
        choice=None,
        reason=None,
        by=by,
        at=at,
        token=token,
        shown=Shown(),
        protocol=protocol,
    )


def _newest(candidate: Candidate, *, stage: Stage, by: Person) -> ScreeningDecision | None:
    votes = ScreeningDecision.objects.filter(candidate=candidate, reviewer=by, stage=stage)
    return votes.order_by("-sequence").first()


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
    protocol: ProtocolVersion,
) -> ScreeningDecision:
    membership = Membership.objects.filter(review=candidate.review, person=by).first()
    policies.check_may_screen(Role(membership.role) if membership else None)
    report = candidate.record.reports.filter(capture__isnull=False).order_by("pk").first()
    capture = report.capture if report else None
    try:
        with transaction.atomic():
            newest = _newest(candidate, stage=stage, by=by)
            decision = ScreeningDecision.objects.create(
                candidate=candidate,
                reviewer=by,
                stage=stage,
                sequence=newest.sequence + 1 if newest else 1,
                choice=choice,
                reason=reason,
                decided_at=at,
                token=token,
                protocol_version=protocol,
                record_revision=candidate.record.revision,
                capture=capture,
                text_sha256=capture.body_sha256 if capture else None,
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
        # The same form sent twice at once: the vote that got in first is the vote.
        stored = ScreeningDecision.objects.filter(token=token).first()
        if stored is None:
            raise
        if (stored.candidate_id, stored.reviewer_id) != (candidate.pk, by.pk):
            raise PolicyError("this form was used for another record; reload the page") from None
        return stored
