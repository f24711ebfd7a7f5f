"""Sources, their runs, and what the last run left behind for the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from corpus.models import Capture, Record, Report, SearchRun, Source
from corpus.vocabulary.harvest import RetrievalStatus, RunResult, RunStatus

PROBE = "probe"
_AT_ONCE = 200  # rows in memory, of the many that a source may have


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source's health in a line."""

    slug: str
    name: str
    kind: str
    hosts: tuple[str, ...]
    terms_confirmed_by: str | None
    records: int
    last_run: SearchRun | None


def source_by_slug(slug: str) -> Source | None:
    """Return a stored source."""
    return Source.objects.filter(slug=slug).first()


def run_by_uid(uid: str) -> SearchRun | None:
    """Return a run."""
    return SearchRun.objects.filter(uid=uid).select_related("source").first()


def last_crawl(source: Source) -> SearchRun | None:
    """Return a source's newest crawl, finished or not."""
    return source.runs.filter(channel="crawl").order_by("-pk").first()


def failed_probe_of(source: Source) -> SearchRun | None:
    """Return a source's newest probe if it failed."""
    newest = source.runs.filter(channel=PROBE).order_by("-pk").first()
    return newest if newest is not None and newest.status == RunStatus.FAILED else None


def failed_probe(source: Source) -> datetime | None:
    """Return when a source's newest probe failed; ``None`` when it did well or there was none."""
    newest = failed_probe_of(source)
    return newest.started_at if newest is not None else None


def result_of(run: SearchRun) -> RunResult:
    """Return what a finished run said of itself."""
    return RunResult(
        expected=run.expected,
        got=run.got or 0,
        counts=run.counts,
        failures=tuple(run.failures),
        versions=run.versions,
    )


def runs_of_sources(slugs: tuple[str, ...]) -> list[SearchRun]:
    """Return the finished, complete searches of these sources, oldest first. A probe is no search."""
    runs = SearchRun.objects.filter(source__slug__in=slugs, status=RunStatus.COMPLETE).exclude(channel=PROBE)
    return list(runs.select_related("source").order_by("pk"))


def source_statuses() -> list[SourceStatus]:
    """Return all stored sources with their health, by name."""
    return [
        SourceStatus(
            slug=source.slug,
            name=source.name,
            kind=source.kind,
            hosts=tuple(source.declaration.get("hosts", [])),
            terms_confirmed_by=_confirmer(source),
            records=Record.objects.filter(source=source).count(),
            last_run=source.runs.exclude(channel=PROBE).order_by("-started_at", "-pk").first(),
        )
        for source in Source.objects.order_by("name")
    ]


def _confirmer(source: Source) -> str | None:
    newest = source.terms_confirmations.select_related("confirmed_by").order_by("-pk").first()
    return newest.confirmed_by.get_username() if newest else None


def full_captures(source: Source) -> Iterator[Capture]:
    """Yield the full (200) captures of documents of a source that a run retrieved: of each URL the newest comes last."""
    captures = Capture.objects.filter(
        status=200,
        report_sightings__report__record__source=source,
        report_sightings__status=RetrievalStatus.RETRIEVED,
    ).order_by("fetched_at", "pk")  # a replay stores old captures late
    return captures.iterator(chunk_size=_AT_ONCE)


def capture_of_body(sha256: str) -> str | None:
    """Return the identity of the first full capture of a body, if it was ever captured."""
    first = Capture.objects.filter(body_sha256=sha256, status=200).order_by("pk").first()
    return first.record_id if first is not None else None


def harvest_counts() -> dict[str, int]:
    """Return the size of what was harvested."""
    return {
        "records": Record.objects.count(),
        "reports": Report.objects.count(),
        "retrieved": Report.objects.filter(status=RetrievalStatus.RETRIEVED).count(),
        "captures": Capture.objects.count(),
        "runs": SearchRun.objects.count(),
    }
