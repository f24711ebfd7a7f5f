"""Crawls and replays: a source's answers into captures, records and documents of the corpus."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from corpus.selectors.reviews import all_reviews
from corpus.selectors.sources import full_captures, last_crawl, result_of, run_by_uid
from corpus.services.acceptance import carry_acceptance
from corpus.services.harvest import begin_run, finish_run
from corpus.services.leases import lease
from corpus.services.put_off import note_put_off
from corpus.vocabulary.errors import NotNowError, SourceError
from corpus.vocabulary.harvest import CaptureFact, RunResult, RunStatus
from greysift.jobs.bodies import warc_dir
from greysift.jobs.protocols import use_runs
from greysift.jobs.recordings import check_bodies, keep_recording
from greysift.jobs.sources import declaration_of, declarations, declare, why_not_crawled
from greysift.jobs.turns import CorpusTurns
from harvester.contact import contact_of
from harvester.declarations import parse_declaration
from harvester.job import CrawlJob, check_hours
from harvester.pipelines.store import CorpusSink
from harvester.run import crawl
from harvester.spool import Spool
from harvester.warc import acceptance_of, read_captures, read_entries, run_files, run_of

if TYPE_CHECKING:
    from corpus.models import Capture, SearchRun, Source

CRAWLED = "harvest:"
"""What the leases of crawls and replays begin with; the source's slug follows."""

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class HarvestOutcome:
    """A run as it stands after a crawl or replay. ``was_known`` says that this very run was complete before."""

    run: "SearchRun"
    result: RunResult
    was_known: bool


def harvest_source(
    slug: str, *, progress: Progress | None = None, waiting: Callable[[str], None] | None = None
) -> HarvestOutcome:
    """Crawl a source, or take up its crawl that was killed or put off.

    Parameters
    ----------
    slug
        The source.
    progress
        Called with (records got, records expected or ``None``) after each record.
    waiting
        Told who crawls the source, if anyone does. That crawl is waited for: if it ends, it is the outcome, and if its
        process dies, it is taken up. Without it nobody waits.

    Raises
    ------
    SourceError
        When the source is not declared, is none to be crawled, was not probed, or nobody has confirmed that it may
        be crawled.
    NotNowError
        When the source may be asked at other hours only, or asks for a long pause. Its run stays open.
    BusyError
        When another live process crawls it and nobody waits, or has taken this crawl over.
    """
    declaration = declaration_of(slug)
    source = declare(declaration)
    if why := why_not_crawled(declaration, source):
        raise SourceError(why)
    contact_of(settings.CONTACT, declaration.politeness.contact, slug=slug)
    check_hours(declaration, at=timezone.now())
    before = last_crawl(source)
    with lease(f"{CRAWLED}{slug}", waiting=waiting) as claim:
        ended = last_crawl(source)
        is_awaited = before is None or before.finished_at is None or before != ended
        if ended is not None and ended.finished_at is not None and is_awaited:
            _take_up(ended, at=timezone.now())  # its process may have died between the two
            return HarvestOutcome(run=ended, result=result_of(ended), was_known=True)
        started_at = timezone.now()
        run = begin_run(source, uid=uuid4(), channel="crawl", strategy=declaration.strategy(), at=started_at)
        job = CrawlJob(
            declaration=declaration,
            run_uid=run.uid,
            warc_dir=warc_dir(),
            sink=CorpusSink(run.uid),
            validators=validators_of(source, run=run),
            contact=settings.CONTACT,
            key=settings.SOURCE_KEYS.get(slug),
            progress=progress,
            turns=CorpusTurns(check=claim.check),
            rotate_at=settings.WARC_BYTES,
            begun_at=run.started_at,
        )
        try:
            return _carry_out(job)
        except NotNowError as later:
            note_put_off(run, until=later.until, why=later.why, at=timezone.now())
            raise


def replay_warc(path: Path, *, progress: Progress | None = None) -> HarvestOutcome:
    """Repeat a recorded crawl with no network; the rows are those of the crawl itself.

    The recording says how its source was declared when it was made. It is copied into the installation first, since
    captures point into it.

    Raises
    ------
    SourceError
        When the recording does not say of which source it is, or is that of a probe, or a recording that it refers to
        is not here.
    """
    for _ in read_entries(path):
        pass  # a damaged recording is refused before anything of it is kept
    recorded = run_of(path)
    if recorded.declaration is None:
        raise SourceError(f"{path.name} does not say which source it was made from, so it cannot be replayed")
    before = run_by_uid(str(recorded.uid))
    if recorded.is_probe or (
        before is not None and before.channel == "probe"
    ):  # older recordings say nothing of it
        raise SourceError(
            f"{path.name} is the recording of a probe, which asked {recorded.source} what it offers and looked for no "
            "record: there is no search in it to repeat. Replay the recording of a crawl"
        )
    declaration = parse_declaration(recorded.declaration, name=path.name)
    check_bodies(path, uid=recorded.uid)
    source = declare(declarations().get(declaration.slug, declaration))
    with lease(f"{CRAWLED}{declaration.slug}"):
        copy = keep_recording(path, uid=recorded.uid)
        known = run_by_uid(str(recorded.uid))
        if known is None:
            begun_at = recorded.begun_at or _recorded_at(copy, uid=recorded.uid) or timezone.now()
            begin_run(source, uid=recorded.uid, channel="replay", strategy=recorded.strategy, at=begun_at)
        job = CrawlJob(
            declaration=declaration,
            run_uid=recorded.uid,
            warc_dir=warc_dir(),
            sink=CorpusSink(recorded.uid),
            replay=copy,
            progress=progress,
        )
        return _as_accepted(_carry_out(job))


def _as_accepted(outcome: HarvestOutcome) -> HarvestOutcome:
    """Let a replayed run count as a person has said of it, if its recording holds such a word."""
    accepted = acceptance_of(warc_dir(), outcome.run.uid)
    if accepted is None:
        return outcome
    at = timezone.now()
    run = carry_acceptance(outcome.run, accepted, at=at)
    _take_up(run, at=at)
    return replace(outcome, run=run)


def _carry_out(job: CrawlJob) -> HarvestOutcome:
    before = run_by_uid(str(job.run_uid))
    warc_dir().mkdir(parents=True, exist_ok=True)
    result = crawl(job)
    at = timezone.now()
    run = finish_run(job.run_uid, result, at=at)
    _take_up(run, at=at)
    return HarvestOutcome(
        run=run, result=result, was_known=before is not None and before.status == RunStatus.COMPLETE
    )


def _take_up(run: "SearchRun", *, at: datetime) -> None:
    """Let the reviews use a run that is complete."""
    if run.status == RunStatus.COMPLETE:
        for review in all_reviews():
            use_runs(review, at=at)


def _recorded_at(path: Path, *, uid: UUID) -> datetime | None:
    """Return when a recorded crawl got its first answer: a search is dated by when it was run, not by its replay."""
    first = run_files(path.parent, uid)[0]
    return next((fact.fetched_at for fact in read_captures(first)), None)


def validators_of(source: "Source", *, run: "SearchRun") -> Spool[CaptureFact | None]:
    """Return what earlier runs hold by URL, so that an unchanged file is not sent again; nothing where this run is newer."""
    validators = Spool[CaptureFact | None]()
    for capture in full_captures(source):
        validators[capture.url] = _fact(capture) if capture.search_run_id != run.pk else None
    return validators


def _fact(capture: "Capture") -> CaptureFact:
    return CaptureFact(
        record_id=capture.record_id,
        url=capture.url,
        status=capture.status,
        headers=tuple((name, value) for name, value in capture.headers),
        body_sha256=capture.body_sha256,
        body_size=capture.body_size,
        fetched_at=capture.fetched_at,
        warc_file=capture.warc_file,
        warc_offset=capture.warc_offset,
        permissions=capture.permissions,
    )
