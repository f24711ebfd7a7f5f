"""Documents as text."""

from django.db import models

from corpus.vocabulary.documents import ExtractionStatus


class ExtractedText(models.Model):
    """What one version of extraction made of one document body, or why it could not.

    Hangs on the body's hash: the same file found in two places is read once. The text itself is a blob.
    ``held_back`` are the settings with which more might have been read: with others that give more the body is due
    again, and the new attempt is a row of its own.
    """

    body_sha256 = models.CharField(max_length=64)
    extractor = models.CharField(max_length=50)
    extractor_version = models.CharField(max_length=50)
    held_back = models.TextField(default="{}")  # JSON, names in order: a text can be unique on both databases
    status = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ExtractionStatus])
    reason = models.TextField(null=True)  # noqa: DJ001 - absent is None, never ""
    blob_sha256 = models.CharField(max_length=64, null=True)  # noqa: DJ001
    title = models.TextField(null=True)  # noqa: DJ001
    page_count = models.PositiveIntegerField(default=0)
    character_count = models.PositiveBigIntegerField(default=0)
    extracted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body_sha256", "extractor", "extractor_version", "held_back"],
                name="extracted_once_per_version",
            ),
            models.CheckConstraint(
                condition=models.Q(status=ExtractionStatus.DONE, blob_sha256__isnull=False, reason=None)
                | models.Q(status=ExtractionStatus.FAILED, blob_sha256=None, reason__isnull=False),
                name="extracted_text_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_sha256[:12]} {self.status}"
