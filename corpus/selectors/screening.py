"""Votes and what they amount to. A reviewer sees their own votes and what is settled; nothing else."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from corpus.models import Person, Review, ScreeningDecision
from corpus.policies import outcome_of
from corpus.vocabulary.decisions import Choice, Outcome, Stage
from corpus.vocabulary.protocols import ScreeningRules


@dataclass(frozen=True, slots=True)
class ReviewerView:
    """What one reviewer may know of one stage.

    Attributes
    ----------
    own
        The reviewer's standing votes, by candidate, oldest first.
    settled
        Outcomes that enough independent votes agree on, by candidate.
    """

    own: Mapping[int, Choice]
    settled: Mapping[int, Outcome]


def standing_decisions(review: Review, *, stage: Stage) -> QuerySet[ScreeningDecision]:
    """Return the votes that count now: the newest of each reviewer and candidate, unless taken back.

    For services and for counting only: pages use :func:`reviewer_view`.
    """
    later = ScreeningDecision.objects.filter(
        candidate=OuterRef("candidate"),
        reviewer=OuterRef("reviewer"),
        stage=OuterRef("stage"),
        sequence__gt=OuterRef("sequence"),
    )
    votes = ScreeningDecision.objects.filter(candidate__review=review, stage=stage, choice__isnull=False)
    return votes.filter(~Exists(later)).order_by("pk")


def outcomes(review: Review, *, stage: Stage, rules: ScreeningRules) -> dict[int, Outcome]:
    """Return what the standing votes amount to, by candidate that has any."""
    votes: dict[int, list[Choice]] = defaultdict(list)
    for candidate_id, choice in standing_decisions(review, stage=stage).values_list("candidate_id", "choice"):
        votes[candidate_id].append(Choice(str(choice)))
    return {candidate_id: outcome_of(choices, rules=rules) for candidate_id, choices in votes.items()}


def reviewer_view(review: Review, *, stage: Stage, reviewer: Person, rules: ScreeningRules) -> ReviewerView:
    """Return all that ``reviewer`` may know of the votes at a stage."""
    own: dict[int, Choice] = {}
    for candidate_id, reviewer_id, choice in standing_decisions(review, stage=stage).values_list(
        "candidate_id", "reviewer_id", "choice"
    ):
        if reviewer_id == reviewer.pk:
            own[candidate_id] = Choice(str(choice))
    settled = {
        candidate_id: outcome
        for candidate_id, outcome in outcomes(review, stage=stage, rules=rules).items()
        if outcome in {Outcome.INCLUDED, Outcome.EXCLUDED}
    }
    return ReviewerView(own=own, settled=settled)


def newest_own_decision(review: Review, *, stage: Stage, reviewer: Person) -> ScreeningDecision | None:
    """Return the reviewer's last vote that still stands: what an undo would take back."""
    votes = standing_decisions(review, stage=stage).filter(reviewer=reviewer)
    return votes.select_related("candidate__record", "candidate__review").last()


def own_decisions(review: Review, *, stage: Stage, reviewer: Person) -> QuerySet[ScreeningDecision]:
    """Return the reviewer's standing votes, newest first, with their records."""
    votes = standing_decisions(review, stage=stage).filter(reviewer=reviewer)
    return votes.select_related("candidate__record").order_by("-pk")
