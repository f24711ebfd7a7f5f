"""Which rows point into which WARC files."""

from collections.abc import Collection
from dataclasses import dataclass

from corpus.models import Capture, SearchRun


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """Where a row says that its capture lies, and the hash of the body that is there."""

    offset: int
    body_sha256: str


def runs_to_export(*, sources: Collection[str] = (), uids: Collection[str] = ()) -> list[SearchRun]:
    """Return the runs of these sources and these runs, all when neither is named, oldest first."""
    runs = SearchRun.objects.select_related("source").order_by("pk")
    if sources:
        runs = runs.filter(source__slug__in=sources)
    if uids:
        runs = runs.filter(uid__in=uids)
    return list(runs)


def warc_files_of(run: SearchRun) -> list[str]:
    """Return the names of the files that a run's captures lie in."""
    return list(
        Capture.objects.filter(search_run=run)
        .order_by("warc_file")
        .values_list("warc_file", flat=True)
        .distinct()
    )


def run_of_file(name: str) -> SearchRun | None:
    """Return the run whose captures lie in a file."""
    capture = Capture.objects.filter(warc_file=name).select_related("search_run__source").first()
    return capture.search_run if capture else None


def places_in(name: str) -> dict[str, StoredPlace]:
    """Return where each row says that its capture lies in a file, by the capture's identity."""
    rows = Capture.objects.filter(warc_file=name).values_list("record_id", "warc_offset", "body_sha256")
    return {record_id: StoredPlace(offset, sha256) for record_id, offset, sha256 in rows}
