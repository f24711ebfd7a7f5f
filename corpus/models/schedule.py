"""When a source is crawled again."""

from django.conf import settings
from django.db import models

from corpus.models.source import Source


class Schedule(models.Model):
    """A source's recurring crawl; it belongs to the installation.

    ``cron`` is a cron expression in the installation's time zone. ``served_at`` is the newest due moment that a crawl
    was begun for; what was missed before it is not caught up again.
    """

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="schedule")
    cron = models.CharField(max_length=100)
    is_enabled = models.BooleanField(default=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()
    served_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(cron=""), name="schedule_cron_given"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} at {self.cron}"
