"""What a search run brings in: captures, records, documents. Every call may be repeated without harm."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from corpus import policies
from corpus.models import Person, Record, Report, SearchRun, Sighting, Source
from corpus.selectors.completeness import CRAWLS, accepted_shortfall, earlier_yields, yields
from corpus.selectors.moments import runs_begun_after
from corpus.services.audit import record_event
from corpus.services.foreign import storable_json, storable_text
from corpus.services.found_captures import StoredCapture, capture_ids, captures_of, store_captures
from corpus.services.found_documents import Documents, gone_notice
from corpus.services.found_keys import fitting
from corpus.services.found_revisions import Revisions
from corpus.services.gone import bring_back, settle_gone
from corpus.services.rows import insert_rows
from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import PAGE, CaptureFact, FoundRecord, RunResult, RunStatus

ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


@transaction.atomic
def begin_run(
    source: Source,
    *,
    uid: UUID,
    channel: str,
    strategy: Mapping[str, object],
    by: Person | None = None,
    at: datetime,
) -> SearchRun:
    """Open a search run, or return the one that is to be taken up again; ``by`` is who hands it over, of an upload.

    A crawl takes up the source's unfinished crawl if there is one; a replay or upload takes up the run of
    the same ``uid``, finished or not.
    """
    Source.objects.select_for_update().get(pk=source.pk)  # two processes that begin at once get one run
    if channel == "crawl":
        unfinished = SearchRun.objects.filter(
            source=source, channel=channel, status=RunStatus.RUNNING
        ).first()
        if unfinished is not None:
            return unfinished
    run, is_new = SearchRun.objects.get_or_create(
        uid=uid,
        defaults={
            "source": source,
            "channel": channel,
            "status": RunStatus.RUNNING,
            "strategy": storable_json(strategy),
            "started_at": at,
        },
    )
    if run.source_id != source.pk:
        raise SourceError(f"run {uid} belongs to source {run.source.slug}, not to {source.slug}")
    if is_new:
        record_event("run_begun", run, by=by, at=at, channel=channel)
    return run


@transaction.atomic
def store_found(run_uid: UUID, found: Sequence[CaptureFact | FoundRecord]) -> list[bool]:
    """Store captures and records, all or none; say of each whether it is new to the corpus.

    A capture that a record names is stored already or among these. Of a record: revision when it says something new,
    documents, sighting.

    Notes
    -----
    The moment of a sighting is that of the newest capture behind it, so that a replay writes the same rows
    as the crawl; what nobody was asked for takes the run's first answer, and an upload, which has none, the run's start. What was found by a run that was begun before
    another one which saw the record too (an old recording, replayed late) is kept, and leaves what is newest alone.

    Raises
    ------
    SourceError
        When a date is no ISO date, or a document said to be retrieved has no stored capture.
    """
    run = SearchRun.objects.select_related("source").get(uid=run_uid)
    Source.objects.select_for_update().get(pk=run.source_id)  # one writer at a time numbers revisions
    captures = iter(store_captures(run, [thing for thing in found if isinstance(thing, CaptureFact)]))
    records = iter(_store_records(run, [thing for thing in found if isinstance(thing, FoundRecord)]))
    return [next(captures if isinstance(thing, CaptureFact) else records) for thing in found]


def store_capture(run_uid: UUID, fact: CaptureFact) -> bool:
    """Store one capture as :func:`store_found` does."""
    return store_found(run_uid, [fact])[0]


def store_record(run_uid: UUID, found: FoundRecord) -> bool:
    """Store one record as :func:`store_found` does."""
    return store_found(run_uid, [found])[0]


def _store_records(run: SearchRun, found: Sequence[FoundRecord]) -> list[bool]:
    if not found:
        return []
    for each in found:
        _check_date(each)
    keys, known = _known(run, found)
    sighted = set(
        Sighting.objects.filter(search_run=run, record__in=known.values()).values_list("record_id", flat=True)
    )
    unsighted = _unsighted(zip(keys, found, strict=True), known=known, sighted=sighted)
    captures = captures_of(unsighted.values())
    later_runs = runs_begun_after(run)
    seen_later = set(
        Sighting.objects.filter(
            record__in=known.values(), search_run__in=later_runs, is_unread=False
        ).values_list("record_id", flat=True)
        if later_runs
        else ()
    )
    records = {
        key: known.get(key) or Record(source_id=run.source_id, key=key, revision=0) for key in unsighted
    }
    revisions, numbers = Revisions(known.values()), {}
    for key, each in unsighted.items():
        record, seen_at = records[key], _seen_at(each, captures, run=run)
        if each.is_bare_notice or (each.is_unread and key in known):  # a bare mention is of what is known
            numbers[key] = record.revision  # its last words stand
        elif key in known and record.pk in seen_later:
            numbers[key] = revisions.note_past(record, each, run, seen_at=seen_at)
        else:
            numbers[key] = revisions.note(record, each, seen_at=seen_at)
    revisions.save()
    documents = Documents(run, known.values(), captures, later_runs=later_runs)
    for key, each in unsighted.items():
        for document in each.documents:
            documents.note(records[key], document)
    back: list[Record | Report] = [*documents.save()]
    gone = {
        key: gone_notice(each.gone_reason, captures.get(each.captures[-1]) if each.captures else None)
        for key, each in unsighted.items()
    }
    insert_rows(
        Sighting,
        ("search_run_id", "record_id", "revision", "hops", "gone_reason", "is_unread", "unread_parts"),
        (
            (
                run.pk,
                records[key].pk,
                numbers[key],
                list(each.captures),
                gone[key],
                each.is_unread,
                _unread_parts(each),
            )
            for key, each in unsighted.items()
        ),
    )
    back += [records[key] for key in unsighted if gone[key] is None and records[key].gone_since is not None]
    bring_back(back, run, later_runs=later_runs)
    new = {key for key in records if key not in known}
    answers = []
    for key in keys:
        answers.append(key in new)
        new.discard(key)
    return answers


def _unread_parts(found: FoundRecord) -> list[str]:
    return sorted({*found.unread_parts, *([PAGE] if found.is_unread else [])})


def _known(run: SearchRun, found: Sequence[FoundRecord]) -> tuple[list[str], dict[str, Record]]:
    """Return the key of each record found, and by key the records that are stored already.

    A record's key may stand on its page alone: one that was not read is known by its address then.
    """
    of_source = Record.objects.filter(source=run.source_id)
    keys = [fitting(each.key) for each in found]
    known = {record.key: record for record in of_source.filter(key__in=keys)}
    addresses = {e.url for key, e in zip(keys, found, strict=True) if e.is_unread and key not in known}
    if addresses - {None}:
        at = {record.url: record for record in of_source.filter(url__in=addresses - {None}).order_by("-pk")}
        for number, each in enumerate(found):
            if each.is_unread and keys[number] not in known and each.url in at:
                keys[number] = at[each.url].key
        known |= {record.key: record for record in at.values()}
    return keys, known


def _unsighted(
    found: Iterable[tuple[str, FoundRecord]], *, known: Mapping[str, Record], sighted: Collection[int]
) -> dict[str, FoundRecord]:
    """Return by key what this run has not seen yet, less notices and mentions of what nobody here knew before."""
    unsighted: dict[str, FoundRecord] = {}
    for key, each in found:
        record = known.get(key)
        is_bare = each.is_bare_notice or each.is_bare_mention
        is_new = not is_bare if record is None else record.pk not in sighted
        if is_new:
            unsighted.setdefault(key, each)
    return unsighted


def _seen_at(found: FoundRecord, captures: Mapping[str, StoredCapture], *, run: SearchRun) -> datetime:
    moments = (captures[name].fetched_at for name in capture_ids(found) if name in captures)
    newest = max(moments, default=None)
    return newest if newest is not None else _first_answer_at(run)


def _first_answer_at(run: SearchRun) -> datetime:
    """Return when a run was first answered, the same in its replay; the run's start where nobody was asked."""
    first: datetime | None = run.captures.aggregate(first=Min("fetched_at"))["first"]
    return first if first is not None else run.started_at


def _check_date(found: FoundRecord) -> None:
    """Raise unless the date is as ISO writes it, whole or cut; the column holds nothing else."""
    published = found.published
    if published is None:
        return
    try:
        is_date = bool(ISO_DATE.fullmatch(published)) and date.fromisoformat(f"{published}-01-01"[:10])
    except ValueError:
        is_date = False
    if not is_date:
        raise SourceError(f"record {found.key}: {published!r} is no ISO date (2019, 2019-05, 2019-05-17)")


@transaction.atomic
def finish_run(run_uid: UUID, result: RunResult, *, by: Person | None = None, at: datetime) -> SearchRun:
    """Close a run: complete when nothing failed, else failed; a run that is closed stays as it is.

    A run that got less than its source says it holds has failed, whether it noticed or not; so has a crawl that nothing
    else went wrong with and that got sharply less than the last complete ones (see :func:`corpus.policies.is_sharply_fewer`).
    A shortfall that a person has accepted as lasting fails no run, as long as it is no larger. A complete crawl settles
    what is gone.
    """
    run = SearchRun.objects.select_for_update().get(uid=run_uid)
    if run.status != RunStatus.RUNNING:
        return run
    if (
        result.run_otherwise is not None
    ):  # before the history is looked at: this is another search, with one of its own
        run.strategy = {**run.strategy, "run_otherwise": result.run_otherwise}
        run.save(update_fields=["strategy"])
    failures = [storable_text(failure) for failure in result.failures]
    run.missing = storable_json(
        {what: {"number": m.number, "sentences": list(m.sentences)} for what, m in result.missing.items()}
    )
    notes = [storable_text(note) for note in result.notes]
    accepted = accepted_shortfall(run) if run.missing else None
    if accepted is not None and policies.falls_under(run.missing, accepted=accepted.missing):
        known = policies.sentences_of(run.missing)
        notes += [
            policies.accepted_sentence(f, why=accepted.shortfall_accepted_why) for f in failures if f in known
        ]
        failures = [failure for failure in failures if failure not in known]
        run.accepted_shortfall = None if failures else accepted
    is_short = result.expected is not None and result.got < result.expected
    if not failures and is_short and run.accepted_shortfall is None:
        failures = [f"got {result.got} of {result.expected} that the source says it holds"]
    if run.channel in CRAWLS and not failures:  # what fell short for a reason is no drop to look into
        failures = _drops(run, result)
        run.accepted_shortfall = None if failures else run.accepted_shortfall
    run.status = RunStatus.FAILED if failures else RunStatus.COMPLETE
    run.finished_at = at
    run.expected = result.expected
    run.got = result.got
    run.counts = storable_json(result.counts)
    run.failures = [*failures, *map(storable_text, result.remarks)]
    run.notes = notes
    run.unread_lists = storable_json(list(result.unread_lists))
    run.versions = storable_json(result.versions)
    run.save()
    record_event("run_finished", run, by=by, at=at, status=run.status)
    if run.status == RunStatus.COMPLETE and run.channel in CRAWLS:
        settle_gone(run, at=at)
    return run


def _drops(run: SearchRun, result: RunResult) -> list[str]:
    """Say of which things a crawl got sharply fewer than the best of the last complete ones."""
    got = yields(result.counts)
    history = earlier_yields(run)
    sentences = []
    for what, number in sorted(got.items()):
        best = max((y for y in history if what in y.of), key=lambda y: y.of[what], default=None)
        if best is not None and policies.is_sharply_fewer(number, usual=best.of[what]):
            sentences.append(policies.drop_sentence(what, got=number, usual=best.of[what], on=best.begun_at))
    return sentences
