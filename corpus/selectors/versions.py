"""The versions of a document: which files it has been, and since when."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q

from corpus.models import Capture, Report, ReportSighting
from corpus.vocabulary.harvest import RetrievalStatus


@dataclass(frozen=True, slots=True)
class Version:
    """A file that a document was, for a time. ``number`` counts from 1, in the order of time.

    ``capture`` is the first that held it; ``confirmed_at`` is the last moment at which a crawl found it unchanged.
    """

    number: int
    capture: Capture
    confirmed_at: datetime

    @property
    def body_sha256(self) -> str:
        """The file's hash, which alone decides what is another version."""
        return self.capture.body_sha256


def versions_of(report: Report) -> list[Version]:
    """Return the files that a document has been, the oldest first.

    A file that comes back after another one is a version of its own: it was the document twice.
    """
    seen = report.sightings.filter(status=RetrievalStatus.RETRIEVED).values("capture_id")
    kept = report.report_captures.values("capture_id")
    captures = Capture.objects.filter(Q(pk__in=seen) | Q(pk__in=kept)).defer("headers", "permissions")
    versions: list[Version] = []
    for capture in captures.order_by("fetched_at", "pk"):
        if versions and versions[-1].body_sha256 == capture.body_sha256:
            last = versions.pop()
            versions.append(Version(last.number, last.capture, capture.fetched_at))
        else:
            versions.append(Version(len(versions) + 1, capture, capture.fetched_at))
    return versions


@dataclass(frozen=True, slots=True)
class Successor:
    """A document that took another's place; ``how`` is the evidence."""

    report: Report
    how: str


REDIRECTED = "its address leads there"
REPLACED = "same title, listed in its place"


def successor_of(report: Report) -> Successor | None:
    """Return the document of the same record that has taken a document's place, if one has.

    Either the document's own address was answered by a redirect that ended at the other's file; or the record's list
    dropped the document in the very run in which another one of the same title appeared.
    """
    others = list(Report.objects.filter(record_id=report.record_id).exclude(pk=report.pk).order_by("pk"))
    last = _last_sighting(report)
    if last is None:
        return None
    if last.capture is not None and len(last.hops) > 1:
        for other in others:
            if other.url == last.capture.url != report.url:
                return Successor(other, REDIRECTED)
    after = (last.search_run.started_at, last.search_run_id)
    heirs = [other for other in others if other.title == report.title and _first_seen(other) > after]
    seen_next = ReportSighting.objects.filter(report__record_id=report.record_id).exclude(report=report)
    following = seen_next.filter(search_run__started_at__gt=last.search_run.started_at)
    run = following.order_by("search_run__started_at").values_list("search_run_id", flat=True).first()
    in_its_place = [other for other in heirs if _first_seen(other)[1] == run]
    return Successor(in_its_place[0], REPLACED) if len(in_its_place) == 1 else None


def _last_sighting(report: Report) -> ReportSighting | None:
    sightings = report.sightings.select_related("search_run", "capture")
    return sightings.order_by("-search_run__started_at", "-search_run_id").first()


def _first_seen(report: Report) -> tuple[datetime, int]:
    first = report.sightings.select_related("search_run").order_by("search_run__started_at").first()
    if first is None:
        return datetime.max.replace(tzinfo=UTC), 0
    return first.search_run.started_at, first.search_run_id
