"""What a source was seen to offer."""

from django.db import models

from corpus.models.search_run import SearchRun
from corpus.models.source import Source


class Capability(models.Model):
    """What one probe of a source found; probes are appended, the newest counts.

    ``said`` holds what was asked and what came; ``proposed_kind`` is the kind of source that would fit. Where nobody
    could be asked, ``said`` holds why, as ``could_not``.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="capabilities")
    search_run = models.OneToOneField(SearchRun, on_delete=models.PROTECT, related_name="capability")
    found_at = models.DateTimeField()
    said = models.JSONField()
    proposed_kind = models.CharField(max_length=50, null=True)  # noqa: DJ001 - absent is None, never ""

    class Meta:
        verbose_name_plural = "capabilities"

    def __str__(self) -> str:
        return f"{self.source_id} probed at {self.found_at}"
