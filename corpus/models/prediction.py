"""What the machine said, and what people made of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from corpus.models.extracted_text import ExtractedText
from corpus.models.review import Candidate
from corpus.models.trained_model import TrainedModel
from corpus.vocabulary.decisions import SuggestionKind, VerdictChoice


class Prediction(models.Model):
    """A stored score of one candidate by one model version.

    ``basis`` says whether the model had seen this record's label: ``out_of_fold`` scores come from a
    model of the same recipe that was trained without it.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="predictions")
    model = models.ForeignKey(TrainedModel, on_delete=models.PROTECT, related_name="predictions")
    score = models.FloatField()
    basis = models.CharField(max_length=20, choices=[("unseen", "unseen"), ("out_of_fold", "out of fold")])
    text_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "model", "text_sha256"], name="prediction_once_per_model_and_text"
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["unseen", "out_of_fold"]), name="prediction_basis_known"
            ),
        ]

    def __str__(self) -> str:
        return f"candidate {self.candidate_id}: {self.score:.3f}"


class Suggestion(models.Model):
    """A proposed domain, phrase, construct, measure or field; always with its evidence."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="suggestions")
    model = models.ForeignKey(TrainedModel, on_delete=models.PROTECT, null=True, related_name="suggestions")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in SuggestionKind])
    value = models.CharField(max_length=300)
    score = models.FloatField(null=True)
    extracted_text = models.ForeignKey(ExtractedText, on_delete=models.PROTECT, related_name="suggestions")
    page = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    boxes = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "kind", "value", "extracted_text", "page", "start", "end", "model"],
                name="suggestion_once",
            ),
            # a unique constraint lets pass what is empty
            models.UniqueConstraint(
                fields=["candidate", "kind", "value", "extracted_text", "page", "start", "end"],
                condition=Q(model=None),
                name="suggestion_once_without_model",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in SuggestionKind]), name="suggestion_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(page__gte=1, end__gt=models.F("start")), name="suggestion_has_a_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class Verdict(models.Model):
    """A person's answer to a suggestion, or an addition of their own; keeps its original span."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, null=True, related_name="verdicts")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="verdicts")
    choice = models.CharField(max_length=10, choices=[(c.value, c.value) for c in VerdictChoice])
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in SuggestionKind])
    value = models.CharField(max_length=300)
    span = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(choice=VerdictChoice.ADD, suggestion=None)
                | (~Q(choice=VerdictChoice.ADD) & Q(suggestion__isnull=False)),
                name="verdict_answers_or_adds",
            ),
            models.CheckConstraint(
                condition=Q(choice__in=[c.value for c in VerdictChoice]), name="verdict_choice_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in SuggestionKind]), name="verdict_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.choice} {self.kind}: {self.value}"
