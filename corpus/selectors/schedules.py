"""Schedules, and the crawls that serve them."""

from datetime import datetime

from corpus.models import Schedule, SearchRun, Source
from corpus.selectors.returned import returned_by
from corpus.vocabulary.harvest import RunStatus


def schedules() -> list[Schedule]:
    """Return all schedules with their sources, by slug."""
    return list(Schedule.objects.select_related("source").order_by("source__slug"))


def schedule_of(source: Source) -> Schedule | None:
    """Return a source's schedule, if it has one."""
    return Schedule.objects.select_related("source").filter(source=source).first()


def crawl_ended_since(source: Source, moment: datetime) -> bool:
    """Return whether a crawl of a source, whoever asked for it, ended at or after a moment."""
    crawls = SearchRun.objects.filter(source=source, channel="crawl", finished_at__gte=moment)
    return crawls.exclude(status=RunStatus.RUNNING).exists()


def got_so_far(run: SearchRun) -> int:
    """Return how many records a run has brought in until now."""
    return returned_by(run).count()
