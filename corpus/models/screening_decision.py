"""What reviewers decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from corpus.models.capture import Capture
from corpus.models.review import Candidate, ProtocolVersion
from corpus.vocabulary.decisions import Choice, Stage


class ScreeningDecision(models.Model):
    """One reviewer's vote on one candidate at one stage; appended, superseded, never changed.

    The row with the highest ``sequence`` counts; one without a choice takes the vote back. It keeps what
    was judged (protocol, revision, file, text) and how the record came to be shown (model, ranker, rank).
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="decisions")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    stage = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Stage])
    sequence = models.PositiveIntegerField()
    choice = models.CharField(max_length=10, null=True, choices=[(c.value, c.value) for c in Choice])  # noqa: DJ001
    reason = models.CharField(max_length=50, null=True)  # noqa: DJ001 - absent is None, never ""
    decided_at = models.DateTimeField()
    token = models.UUIDField(unique=True)  # made with the form: a button hit twice votes once
    protocol_version = models.ForeignKey(ProtocolVersion, on_delete=models.PROTECT, related_name="+")
    record_revision = models.PositiveIntegerField()
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, null=True, related_name="+")
    text_sha256 = models.CharField(max_length=64, null=True)  # noqa: DJ001 - the extracted text's blob
    visible = models.JSONField(default=list)
    model_version = models.CharField(max_length=100, null=True)  # noqa: DJ001
    ranker_state = models.CharField(max_length=64, null=True)  # noqa: DJ001
    rank = models.PositiveIntegerField(null=True)
    score = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "reviewer", "stage", "sequence"], name="decision_in_sequence"
            ),
            models.CheckConstraint(
                condition=Q(choice=None) | Q(choice__in=[c.value for c in Choice]),
                name="decision_choice_known",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in Stage]), name="decision_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(reason=None) | Q(choice=Choice.EXCLUDE), name="decision_reason_only_for_exclude"
            ),
            models.CheckConstraint(
                condition=Q(choice__isnull=False) | Q(sequence__gt=1), name="decision_takes_back_something"
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="decision_sequence_from_one"),
            models.CheckConstraint(condition=Q(rank=None) | Q(rank__gte=1), name="decision_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"candidate {self.candidate_id}: {self.choice}"
