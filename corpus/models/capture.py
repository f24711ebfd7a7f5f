"""Responses as they came."""

from django.db import models


class Capture(models.Model):
    """One response of one URL at one time. A changed file is a new capture, never an overwrite.

    The body lies in the WARC file; ``record_id`` is its WARC-Record-ID. ``permissions`` says what the host allowed at
    the time: which capture holds its robots.txt, X-Robots-Tag, reservations against text mining.
    """

    record_id = models.CharField(max_length=100, unique=True)
    search_run = models.ForeignKey("corpus.SearchRun", on_delete=models.PROTECT, related_name="captures")
    url = models.TextField()
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=list)
    body_sha256 = models.CharField(max_length=64, db_index=True)
    body_size = models.PositiveBigIntegerField()
    fetched_at = models.DateTimeField()
    warc_file = models.CharField(max_length=300)
    warc_offset = models.PositiveBigIntegerField()
    permissions = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["warc_file", "warc_offset"], name="capture_has_its_own_place"),
            models.CheckConstraint(
                condition=models.Q(status__gte=100, status__lt=600), name="capture_status_is_http"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.url}"
