"""What a run brought, in figures: expected and got, new, changed, unchanged and gone, had and not had.

Everything is counted from the sightings of the run and of those begun before it, so that a replay counts the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db.models import OuterRef, QuerySet, Subquery

from corpus.models import AuditEvent, Capture, ReportSighting, SearchRun, Sighting, Source
from corpus.selectors.completeness import CRAWLS
from corpus.selectors.moments import begun_before
from corpus.selectors.returned import returned_by
from corpus.vocabulary.harvest import DOCUMENTS, RECORDS, RetrievalStatus

_OWN_QUESTIONS = frozenset({"/.well-known/tdmrep.json", "/robots.txt"})
"""What we ask of every host for its rules; most hosts have none."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many things of one kind were new, changed or the same in a run, and how many it settled to be gone."""

    new: int
    changed: int
    unchanged: int
    gone: int

    @property
    def seen(self) -> int:
        """How many were there."""
        return self.new + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class RunFigures:
    """One run in figures.

    Attributes
    ----------
    run
        The run.
    expected
        What the source says it holds, by thing (``records``, and others that it counts); a thing is missing when the
        source does not say.
    got
        How many of each came.
    records
        The records that the run saw, against the runs before it.
    documents
        The documents that were retrieved, likewise: a document is changed when its file is another one.
    not_retrieved
        Documents that could not be had, by reason.
    bytes
        Bodies that came over the network; what a server only confirmed is not among them.
    responses
        Answers by HTTP status.
    refused
        Addresses by the last answer that they gave, where it was no good and no document was sought there.
    set_aside
        Entries that the source lists and the search leaves out, by reason: they are met, and no records.
    """

    run: SearchRun
    expected: Mapping[str, int]
    got: Mapping[str, int]
    records: Changes
    documents: Changes
    not_retrieved: Mapping[str, int] = field(default_factory=dict)
    bytes: int = 0
    responses: Mapping[int, int] = field(default_factory=dict)
    refused: Mapping[int, int] = field(default_factory=dict)
    set_aside: Mapping[str, int] = field(default_factory=dict)

    @property
    def expected_records(self) -> int | None:
        """How many records the source says it holds, in whatever way it counts them."""
        return self.expected.get(RECORDS)

    @property
    def met_records(self) -> int:
        """How many of these were met: those that the search leaves out were met too."""
        return self.got[RECORDS] + sum(self.set_aside.values())

    @property
    def new(self) -> int:
        """Records that no run before this one saw, less those that are gone already."""
        return self.records.new

    @property
    def changed(self) -> int:
        """Records that say something else than they said to the run before."""
        return self.records.changed

    @property
    def unchanged(self) -> int:
        """Records that say what they said before."""
        return self.records.unchanged

    @property
    def gone(self) -> int:
        """Records that this run settled to be gone."""
        return self.records.gone

    @property
    def retrieved(self) -> int:
        """Documents that were had."""
        return self.documents.seen

    @property
    def errors(self) -> dict[str, int]:
        """What went wrong, by kind, each failure once: why documents were not had, and what else was refused."""
        refused = {f"status {s}": n for s, n in sorted(self.refused.items())}
        return {**refused, **self.not_retrieved}

    def as_json(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "run": str(self.run.uid),
            "expected": dict(self.expected),
            "got": dict(self.got),
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "gone": self.gone,
            "documents": {
                "retrieved": self.retrieved,
                "new": self.documents.new,
                "changed": self.documents.changed,
                "unchanged": self.documents.unchanged,
                "gone": self.documents.gone,
                "not_retrieved": dict(self.not_retrieved),
            },
            "set_aside": dict(self.set_aside),
            "bytes": self.bytes,
            "responses": {str(status): number for status, number in self.responses.items()},
        }


def figures_of(run: SearchRun) -> RunFigures:
    """Return one run in figures."""
    gone = _gone_in(run)
    records = _record_changes(run, gone=gone.get(RECORDS, 0))
    counts: Mapping[str, int] = run.counts
    expected = _by_prefix(counts, "expected ")
    if RECORDS not in expected and run.expected is not None:
        rest = run.expected - sum(expected.values())
        # a source that counts other things alone says nothing of records
        expected = {RECORDS: rest, **expected} if rest or not expected else expected
    return RunFigures(
        run=run,
        expected=expected,
        got={
            **_by_prefix(counts, "got "),
            RECORDS: returned_by(run).count() - counts.get("records_unanswered", 0),
        },
        records=records,
        documents=_document_changes(run, gone=gone.get(DOCUMENTS, 0)),
        not_retrieved=_not_retrieved(run),
        bytes=counts.get("bytes", 0),
        set_aside=_by_prefix(counts, "set_aside_"),
        refused=_refused(run),
        responses={int(status): n for status, n in _by_prefix(counts, "responses_").items()},
    )


def figures_of_runs(source: Source, most: int = 12) -> list[RunFigures]:
    """Return the last crawls and replays of a source in figures, the one begun last first."""
    runs = SearchRun.objects.filter(source=source, channel__in=CRAWLS).select_related("source")
    return [figures_of(run) for run in runs.order_by("-started_at", "-pk")[:most]]


def _by_prefix(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): n for key, n in sorted(counts.items()) if key.startswith(prefix)}


def _record_changes(run: SearchRun, *, gone: int) -> Changes:
    earlier = Sighting.objects.filter(begun_before(run), record=OuterRef("record"))
    seen = returned_by(run).annotate(before=_last(earlier, "revision"))
    pairs = seen.values_list("before", "revision", "gone_reason").iterator()
    # what was never seen before, and is said to be gone, is nothing new
    there = ((before, now) for before, now, notice in pairs if before is not None or notice is None)
    return _changes(there, gone=gone)


def _document_changes(run: SearchRun, *, gone: int) -> Changes:
    had = ReportSighting.objects.filter(status=RetrievalStatus.RETRIEVED)
    earlier = had.filter(begun_before(run), report=OuterRef("report"))
    seen = had.filter(search_run=run).annotate(before=_last(earlier, "capture__body_sha256"))
    return _changes(seen.values_list("before", "capture__body_sha256").iterator(), gone=gone)


def _last(sightings: "QuerySet[Sighting] | QuerySet[ReportSighting]", field_name: str) -> Subquery:
    """Return a field of the sighting by the run that was begun last."""
    return Subquery(sightings.order_by("-search_run__started_at", "-search_run_id").values(field_name)[:1])


def _changes(pairs: Iterable[tuple[object, object]], *, gone: int) -> Changes:
    """Count pairs of what was there before (``None``: nothing) and what is there now."""
    kinds = Counter("new" if before is None else before == now for before, now in pairs)
    return Changes(new=kinds["new"], changed=kinds[False], unchanged=kinds[True], gone=gone)


def _not_retrieved(run: SearchRun) -> dict[str, int]:
    """Count reasons; what stands after a colon is the particular."""
    reasons = ReportSighting.objects.filter(search_run=run, status=RetrievalStatus.NOT_RETRIEVED)
    kinds = Counter((reason or "").partition(":")[0] for reason in reasons.values_list("reason", flat=True))
    return dict(sorted(kinds.items()))


def _refused(run: SearchRun) -> dict[int, int]:
    """Count the addresses that were refused at last, by status, but for those behind a document that was not had.

    A host that has no rules for us answers our question for them with 404, as it should.
    """
    last: dict[str, int] = {}
    captures = Capture.objects.filter(search_run=run)
    bad = set(captures.filter(status__gte=400).values_list("url", flat=True))
    if not bad:
        return {}
    names: dict[str, str] = {}
    for url, status, name in (
        captures.filter(url__in=bad).order_by("fetched_at", "pk").values_list("url", "status", "record_id")
    ):
        last[url], names[name] = status, url
    sought = ReportSighting.objects.filter(search_run=run, status=RetrievalStatus.NOT_RETRIEVED)
    told = {names.get(hop) for hops in sought.values_list("hops", flat=True) for hop in hops}
    return dict(
        Counter(
            status
            for url, status in last.items()
            if status >= 400 and url not in told and not _is_answered_by_absence(url, status)
        )
    )


def _is_answered_by_absence(url: str, status: int) -> bool:
    return status in {404, 410} and urlsplit(url).path in _OWN_QUESTIONS


def _gone_in(run: SearchRun) -> Mapping[str, int]:
    """Return how much a run settled to be gone, as its event says: what has come back since was gone all the same."""
    events = AuditEvent.objects.filter(subject_type="searchrun", subject_id=str(run.pk), event="things_gone")
    event = events.order_by("-pk").first()
    return event.facts if event is not None else {}
