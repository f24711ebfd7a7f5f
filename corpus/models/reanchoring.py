"""Places on earlier texts, found again in newer ones."""

from django.db import models
from django.db.models import Q

from corpus.models.extracted_text import ExtractedText
from corpus.models.prediction import Suggestion
from corpus.vocabulary.anchors import Anchoring


class Reanchoring(models.Model):
    """Where a suggestion's quotation stands in another text of its document; appended, never changed.

    The suggestion keeps its own place on its own text. What is lost has no place here: it is shown on that text, and
    goes to a person.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="reanchorings")
    extracted_text = models.ForeignKey(ExtractedText, on_delete=models.PROTECT, related_name="reanchorings")
    anchoring = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Anchoring])
    page = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    quote = models.TextField(null=True)  # noqa: DJ001 - absent is None, never ""
    boxes = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "extracted_text"], name="reanchored_once_per_text"),
            models.CheckConstraint(
                condition=Q(anchoring=Anchoring.LOST, page=None, start=None, end=None, quote=None)
                | Q(
                    anchoring__in=[Anchoring.EXACT, Anchoring.MENDED],
                    page__isnull=False,  # a comparison with what is absent refuses nothing
                    page__gte=1,
                    start__isnull=False,
                    end__isnull=False,
                    end__gt=models.F("start"),
                    quote__isnull=False,
                ),
                name="reanchoring_has_a_place_unless_lost",
            ),
        ]

    def __str__(self) -> str:
        return f"suggestion {self.suggestion_id}: {self.anchoring}"
