"""What a source no longer has, and what has come back.

A thing is gone when two complete crawls of the same strategy in a row did not list it, or when in a complete crawl the
thing itself answered that it is gone. A document that was never had cannot go. A crawl that is partial, or that asked
for something else, makes nothing gone; nor does one of which less came than is said to be there, accepted or not: nobody
knows what is among the rest. Nor is a crawl a witness against a thing when it did not read what told of it: the page
that linked it (forbidden, refused, of another kind), the list that held it. By the same rule what said that it is gone
comes back only when it is seen well, and not by being listed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from corpus.models import Record, Report, ReportSighting, SearchRun, Sighting
from corpus.selectors.completeness import crawls_by_strategy
from corpus.selectors.moments import begun_after, begun_before, runs_begun_after
from corpus.services.audit import record_event
from corpus.vocabulary.harvest import DOCUMENTS, RECORDS, RetrievalStatus, RunStatus

ABSENCES = 2
"""Complete crawls in a row in which a thing must be missing."""

Thing = Record | Report
_SIGHTINGS: dict[str, tuple[type[Sighting] | type[ReportSighting], str]] = {
    "record": (Sighting, "source_id"),
    "report": (ReportSighting, "record__source_id"),
}
_SEEN_WELL = {
    "record": Q(gone_reason=None, is_unread=False),
    "report": Q(gone_reason=None, status=RetrievalStatus.RETRIEVED),
}
"""Sightings that say that a thing is there; others than these and notices only say that it is listed."""


def bring_back(things: Iterable[Thing], run: SearchRun, *, later_runs: Collection[int] = ()) -> None:
    """Note that things which were gone have been seen again, by a run that was begun after they went.

    ``later_runs`` are those begun after this one, when it is an old recording: what they were told counts more.
    """
    for thing in things:
        if thing.gone_since is None or run.started_at <= thing.gone_since:
            continue
        if later_runs and _was_told_later(thing, later_runs):
            continue
        if _was_told_last(thing, run):
            continue
        since = thing.gone_since
        thing.gone_since = thing.gone_reason = None
        thing.save(update_fields=["gone_since", "gone_reason"])
        record_event(f"{_name(thing)}_back", thing, by=None, at=run.started_at, gone_since=since, run=run.uid)


def _was_told_later(thing: Thing, later_runs: Collection[int]) -> bool:
    notices = thing.sightings.filter(search_run__in=later_runs, search_run__status=RunStatus.COMPLETE)
    return notices.filter(gone_reason__isnull=False).exists()


def _was_told_last(thing: Thing, run: SearchRun) -> bool:
    """Return whether the last that is known of a thing, up to a run, is that it is gone: it was only listed since."""
    known = thing.sightings.filter(_SEEN_WELL[_name(thing)] | Q(gone_reason__isnull=False))
    until = known.filter(begun_before(run) | Q(search_run=run))
    newest = until.order_by("-search_run__started_at", "-search_run_id").values_list("gone_reason", flat=True)
    return newest.first() is not None


def settle_gone(run: SearchRun, *, at: datetime) -> None:
    """Mark what is gone, now that ``run`` is complete. What follows depends on when runs were begun, not stored."""
    groups = crawls_by_strategy(
        run.source_id
    )  # each: an old recording may change what another strategy's crawls say
    counts = {}
    kinds: tuple[tuple[str, str, type[Record] | type[Report]], ...] = (
        (RECORDS, "record", Record),
        (DOCUMENTS, "report", Report),
    )
    for kind, name, table in kinds:
        found = _mark(name, _said_gone(name, run), run, at=at)
        for alike in groups:
            found += _mark(name, _absent(table, name, run, alike), run, at=at)
        counts[kind] = found
    if any(counts.values()):
        record_event("things_gone", run, by=None, at=at, **counts)


def _mark(name: str, gone: Iterable[tuple[Thing, datetime, str]], run: SearchRun, *, at: datetime) -> int:
    """Mark things as gone; return how many."""
    marked: dict[int, tuple[Thing, datetime, str]] = {}
    for each in gone:
        marked.setdefault(each[0].pk, each)
    for thing, since, reason in marked.values():
        thing.gone_since, thing.gone_reason = since, reason
        thing.save(update_fields=["gone_since", "gone_reason"])
        record_event(f"{name}_gone", thing, by=None, at=at, since=since, reason=reason, run=run.uid)
    return len(marked)


def _said_gone(name: str, run: SearchRun) -> Iterator[tuple[Thing, datetime, str]]:
    """Yield what answered in this run that it is gone, and was not seen well since.

    So it is with complete crawls begun after this one: an old recording may tell of a document that it was had once.
    """
    sightings, _ = _SIGHTINGS[name]
    later = SearchRun.objects.filter(pk__in=runs_begun_after(run), status=RunStatus.COMPLETE)
    for witness in (run, *later.order_by("started_at", "pk")):
        well = sightings.objects.filter(_SEEN_WELL[name], **{name: OuterRef(name)})
        notices = sightings.objects.filter(
            ~Exists(well.filter(begun_after(witness))),
            search_run=witness,
            gone_reason__isnull=False,
            **{f"{name}__{field}": value for field, value in _can_go(name).items()},
        )
        for notice in notices.select_related(name).order_by("pk"):
            reason = f"the source says so: {notice.gone_reason}"
            yield getattr(notice, name), witness.started_at, reason


def _can_go(name: str) -> dict[str, Any]:
    """Return the condition on things that may be marked: not gone yet; of documents, those that were had once."""
    had = {"status": RetrievalStatus.RETRIEVED} if name == "report" else {}
    return {"gone_since": None, **had}


def _absent(
    table: type[Record] | type[Report], name: str, run: SearchRun, alike: Sequence[SearchRun]
) -> Iterator[tuple[Thing, datetime, str]]:
    """Yield what such crawls listed once, and complete ones since then did not; no other run has seen it since."""
    complete = [
        other for other in alike if other.status == RunStatus.COMPLETE and other.accepted_shortfall_id is None
    ]
    if len(complete) < ABSENCES:
        return
    sightings, source = _SIGHTINGS[name]
    seen = sightings.objects.filter(**{name: OuterRef("pk")})
    last_alike = seen.filter(search_run__in=[other.pk for other in alike])
    filters: dict[str, Any] = {source: run.source_id, **_can_go(name)}
    unseen = table.objects.filter(
        ~Exists(seen.filter(search_run__started_at__gte=complete[-ABSENCES].started_at)),
        Exists(last_alike),
        **filters,
    )
    unread = _unread_parts(unseen, alike) if name == "report" else {}
    things = unseen.annotate(
        last_seen=Max("sightings__search_run__started_at"),
        last_alike=Subquery(
            last_alike.order_by("-search_run__started_at", "-search_run_id").values("search_run_id")[:1]
        ),
    )
    by_pk = {other.pk: other for other in alike}
    for thing in things.order_by("pk"):
        past = by_pk[thing.last_alike]
        missed = [
            other.started_at
            for other in complete
            if other.started_at > thing.last_seen and _reads_as_much(other, past, of=thing, unread=unread)
        ]
        if len(missed) >= ABSENCES:
            days = " and ".join(f"{moment:%Y-%m-%d %H:%M}" for moment in missed[:ABSENCES])
            yield thing, missed[0], f"missing from the complete crawls of {days} (UTC)"


Parts = Mapping[tuple[int, int], frozenset[str]]
"""What was not read of a record in a run, by run and record; nothing, where they are not here."""


def _reads_as_much(run: SearchRun, past: SearchRun, *, of: Thing, unread: Parts) -> bool:
    """Return whether a run read all that an earlier one read, which saw a thing: then its silence says something."""
    if not set(run.unread_lists) <= set(past.unread_lists):
        return False
    if isinstance(of, Record):
        return True
    nothing: frozenset[str] = frozenset()
    return unread.get((run.pk, of.record_id), nothing) <= unread.get((past.pk, of.record_id), nothing)


def _unread_parts(reports: "QuerySet[Any]", runs: Sequence[SearchRun]) -> Parts:
    """Return what some runs did not read of the records of documents; a page that said that it is gone was read."""
    sightings = Sighting.objects.filter(
        search_run__in=[run.pk for run in runs],
        record__in=reports.values("record_id"),
        gone_reason=None,
    ).exclude(unread_parts=[])
    found = sightings.values_list("search_run_id", "record_id", "unread_parts")
    return {(run, record): frozenset(parts) for run, record, parts in found.iterator()}


def _name(thing: Thing) -> str:
    return "record" if isinstance(thing, Record) else "report"
