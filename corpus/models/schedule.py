"""When a source is crawled again."""

from django.conf import settings
from django.db import models

from corpus.models.source import Source


class Schedule(models.Model):
    """A source's recurring crawl; it belongs to the installation.

    ``cron`` is a cron expression in the installation's time zone. What fell due up to ``served_at`` is owed no more: a
    crawl was begun for it, or it was due before the schedule was made. ``not_before`` puts the next crawl off, because
    the host asked for it or because of ``setbacks``, the attempts in a row that failed. ``said`` is why the last
    attempt did not complete.
    """

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="schedule")
    cron = models.CharField(max_length=100)
    is_enabled = models.BooleanField(default=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()
    served_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    setbacks = models.PositiveSmallIntegerField(default=0)
    said = models.TextField(null=True)  # noqa: DJ001 - absent is None, never ""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(cron=""), name="schedule_cron_given"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} at {self.cron}"
