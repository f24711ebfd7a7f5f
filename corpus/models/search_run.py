"""Searches as they were run, and what each of them saw."""

from django.conf import settings
from django.db import models

from corpus.models.record import Record
from corpus.models.source import Source
from corpus.vocabulary.harvest import RunStatus


class SearchRun(models.Model):
    """One dated run over a source: the strategy as run, expected and got, failures, versions.

    ``uid`` is written into the run's WARC, so that a replay finds the run it repeats. A probe is a run
    too, one that looks for no records. ``notes`` are sentences that a reader of the search must know, though nothing
    failed. ``fewer_accepted_why``: a person's word that a sharp drop against earlier runs
    is right. ``missing`` is by how much of which thing the run fell short, with the failures that say so;
    ``shortfall_accepted_why`` is a person's word that this much will be missing always, and ``accepted_shortfall`` the run
    of which it was said by which this one counts as complete. Where the word was given in another installation and came
    with the recording, ``accepted_elsewhere_by`` is the name as it stands there: of nobody here. ``unread_lists`` names lists of the source that were not
    read, though nothing failed.
    """

    uid = models.UUIDField(unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    channel = models.CharField(max_length=20)
    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in RunStatus])
    strategy = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    expected = models.PositiveIntegerField(null=True)
    got = models.PositiveIntegerField(null=True)
    counts = models.JSONField(default=dict)
    failures = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    versions = models.JSONField(default=dict)
    fewer_accepted_why = models.TextField(null=True)  # noqa: DJ001 - absent is None, never ""
    missing = models.JSONField(default=dict)
    shortfall_accepted_why = models.TextField(null=True)  # noqa: DJ001 - absent is None, never ""
    shortfall_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_shortfall = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    accepted_elsewhere_by = models.TextField(null=True)  # noqa: DJ001 - absent is None, never ""
    unread_lists = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[s.value for s in RunStatus]), name="search_run_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status=RunStatus.RUNNING, finished_at=None)
                | (~models.Q(status=RunStatus.RUNNING) & models.Q(finished_at__isnull=False)),
                name="search_run_finished_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=["crawl", "replay", "upload", "probe"]),
                name="search_run_channel_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=RunStatus.COMPLETE)
                | models.Q(expected=None)
                | models.Q(accepted_shortfall__isnull=False)
                | models.Q(got__gte=models.F("expected")),
                name="search_run_complete_got_all",
            ),
            # one unfinished crawl per source: the same command takes it up again
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(status=RunStatus.RUNNING, channel="crawl"),
                name="search_run_one_running_crawl",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d} {self.status}"

    @property
    def shortfall_accepted_by_name(self) -> str:
        """Who said that the shortfall is lasting, as people read it."""
        if self.shortfall_accepted_by is not None:
            return self.shortfall_accepted_by.get_username()
        return f"{self.accepted_elsewhere_by} (elsewhere, as its recording says)"


class Sighting(models.Model):
    """This run saw this record. The first sighting says who found it first, the others who also did.

    ``hops`` are the WARC record ids of all responses on the way, the entry itself last. ``gone_reason`` is filled when
    the source listed the record and at once said that it is gone; the last hop says so. ``is_unread``: it was listed,
    and what says more of it could not be read, so that nobody knows how it stands. ``unread_parts`` names what tells
    of its documents and was not read.
    """

    search_run = models.ForeignKey(SearchRun, on_delete=models.PROTECT, related_name="sightings")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="sightings")
    revision = models.PositiveIntegerField()
    hops = models.JSONField(default=list)
    gone_reason = models.TextField(null=True)  # noqa: DJ001 - absent is None, never ""
    is_unread = models.BooleanField(default=False)
    unread_parts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search_run", "record"], name="sighting_once_per_run"),
        ]

    def __str__(self) -> str:
        return f"run {self.search_run_id} saw record {self.record_id}"
