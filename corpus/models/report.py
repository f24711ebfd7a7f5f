"""Documents, and the work that they report."""

from django.db import models

from corpus.models.capture import Capture
from corpus.models.record import Record
from corpus.vocabulary.harvest import RetrievalStatus


class Report(models.Model):
    """A document that a record leads to, whether or not it could be had.

    ``gone_since`` says since when the source no longer has it; what was captured stays.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="reports")
    key = models.CharField(max_length=500)
    url = models.TextField()
    title = models.TextField()
    media_type = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in RetrievalStatus])
    reason = models.TextField(null=True)  # noqa: DJ001 - absent is None, never ""
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, null=True, related_name="reports")
    gone_since = models.DateTimeField(null=True)
    gone_reason = models.TextField(null=True)  # noqa: DJ001

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "key"], name="report_once_per_record"),
            models.CheckConstraint(
                condition=models.Q(status__in=[s.value for s in RetrievalStatus]), name="report_status_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=RetrievalStatus.RETRIEVED) | models.Q(capture__isnull=False),
                name="report_retrieved_has_capture",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=RetrievalStatus.NOT_RETRIEVED) | models.Q(reason__isnull=False),
                name="report_not_retrieved_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(gone_since=None, gone_reason=None)
                | models.Q(gone_since__isnull=False, gone_reason__isnull=False),
                name="report_gone_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReportCapture(models.Model):
    """This capture was, at its time, this report's file; one that only confirms the file before it is not kept here.

    In order of the captures' time these are the report's versions.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="report_captures")
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="report_captures")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "capture"], name="report_capture_once"),
        ]

    def __str__(self) -> str:
        return f"report {self.report_id} was capture {self.capture_id}"


class ReportSighting(models.Model):
    """What became of a document in one run.

    ``hops`` are the WARC record ids of all responses on the way: redirects, refusals, the document last.
    ``gone_reason`` is filled when the source said that the document is gone; the last hop says so.
    """

    search_run = models.ForeignKey(
        "corpus.SearchRun", on_delete=models.PROTECT, related_name="report_sightings"
    )
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sightings")
    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in RetrievalStatus])
    reason = models.TextField(null=True)  # noqa: DJ001
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, null=True, related_name="report_sightings")
    hops = models.JSONField(default=list)
    gone_reason = models.TextField(null=True)  # noqa: DJ001

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search_run", "report"], name="report_sighting_once_per_run"),
            models.CheckConstraint(
                condition=models.Q(status__in=[s.value for s in RetrievalStatus]),
                name="report_sighting_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.search_run_id}: report {self.report_id} {self.status}"


class Study(models.Model):
    """The underlying work, in one review; several reports may tell of it."""

    review = models.ForeignKey("corpus.Review", on_delete=models.PROTECT, related_name="studies")
    label = models.CharField(max_length=300)
    reports = models.ManyToManyField(Report, related_name="studies")

    class Meta:
        verbose_name_plural = "studies"
        constraints = [
            models.UniqueConstraint(fields=["review", "label"], name="study_label_once_per_review"),
        ]

    def __str__(self) -> str:
        return self.label
