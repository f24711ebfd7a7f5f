"""What searches returned."""

from django.db import models

from corpus.models.source import Source


class Record(models.Model):
    """An entry that a search returned, in its newest revision.

    ``published`` is an ISO date cut to the precision that the source gives. ``gone_since`` says since when the source
    no longer has it; what was captured stays.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="records")
    key = models.CharField(max_length=500)
    revision = models.PositiveIntegerField()
    url = models.TextField(null=True)  # noqa: DJ001 - absent is None, never ""
    title = models.TextField()
    summary = models.TextField(null=True)  # noqa: DJ001
    publisher = models.TextField(null=True)  # noqa: DJ001
    published = models.CharField(max_length=10, null=True)  # noqa: DJ001
    document_type = models.CharField(max_length=100, null=True)  # noqa: DJ001
    withdrawn_reason = models.TextField(null=True)  # noqa: DJ001
    first_seen_at = models.DateTimeField()
    gone_since = models.DateTimeField(null=True)
    gone_reason = models.TextField(null=True)  # noqa: DJ001

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="record_once_per_source"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="record_revision_from_one"),
            models.CheckConstraint(
                condition=models.Q(gone_since=None, gone_reason=None)
                | models.Q(gone_since__isnull=False, gone_reason__isnull=False),
                name="record_gone_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RecordRevision(models.Model):
    """What a record said at one time; appended when a later search finds that it says something else."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    said = models.JSONField()
    captures = models.JSONField(default=list)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_revision_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"record {self.record_id} revision {self.number}"
