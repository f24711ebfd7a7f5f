"""The order of runs in time: when they were begun, not when they were stored; a replay is stored long after."""

from django.db.models import Q

from corpus.models import SearchRun


def is_before(run: SearchRun, other: SearchRun) -> bool:
    """Return whether a run was begun before another; of two begun at once, the one stored first."""
    return (run.started_at, run.pk) < (other.started_at, other.pk)


def begun_before(run: SearchRun) -> Q:
    """Return the condition on rows of runs that were begun before this one."""
    at_once = Q(search_run__started_at=run.started_at, search_run_id__lt=run.pk)
    return Q(search_run__started_at__lt=run.started_at) | at_once


def begun_after(run: SearchRun) -> Q:
    """Return the condition on rows of runs that were begun after this one."""
    at_once = Q(search_run__started_at=run.started_at, search_run_id__gt=run.pk)
    return Q(search_run__started_at__gt=run.started_at) | at_once


def runs_begun_after(run: SearchRun) -> list[int]:
    """Return the runs of the same source that were begun after this one: none, unless this is an old recording."""
    others = SearchRun.objects.filter(source_id=run.source_id)
    later = Q(started_at__gt=run.started_at) | Q(started_at=run.started_at, pk__gt=run.pk)
    return list(others.filter(later).values_list("pk", flat=True))
