"""Probes: what a source's hosts offer, asked politely and kept with its date. Nothing else changes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from corpus.selectors.enabling import COULD_NOT
from corpus.services.harvest import begin_run, finish_run
from corpus.services.leases import lease
from corpus.services.sources import store_capability
from corpus.vocabulary.errors import NotNowError, SourceError
from corpus.vocabulary.harvest import RunResult
from greysift.jobs.bodies import warc_dir
from greysift.jobs.harvest import CRAWLED
from greysift.jobs.sources import declaration_of, declare
from greysift.jobs.turns import CorpusTurns
from harvester.declarations import SourceDeclaration
from harvester.job import CrawlJob, check_hours, versions
from harvester.pipelines.store import CorpusSink
from harvester.run import crawl
from harvester.spiders.probing.findings import ProbeReport

if TYPE_CHECKING:
    from corpus.models import SearchRun


@dataclass(frozen=True, slots=True)
class ProbeOutcome:
    """A probe's run, and its report; ``None`` when the host let nobody ask."""

    declaration: SourceDeclaration
    run: "SearchRun"
    report: ProbeReport | None


def probe_source(slug: str) -> ProbeOutcome:
    """Ask a source's hosts what they offer. Its terms need not be confirmed: nothing is harvested.

    Raises
    ------
    SourceError
        When the source is not declared, has no hosts, or nobody says who asks.
    NotNowError
        When the source may be asked at other hours only.
    BusyError
        When another live process crawls it.
    """
    declaration = declaration_of(slug)
    if not declaration.hosts:
        raise SourceError(f"{slug} is handed over by people (`greysift import`); there is no host to ask")
    check_hours(declaration, at=timezone.now())
    source = declare(declaration)
    reports: list[ProbeReport] = []
    with lease(f"{CRAWLED}{slug}") as claim:
        at = timezone.now()
        run = begin_run(source, uid=uuid4(), channel="probe", strategy=declaration.strategy(), at=at)
        warc_dir().mkdir(parents=True, exist_ok=True)
        job = CrawlJob(
            declaration=declaration,
            run_uid=run.uid,
            warc_dir=warc_dir(),
            sink=CorpusSink(run.uid),
            contact=settings.CONTACT,
            turns=CorpusTurns(check=claim.check),
            take_probe=reports.append,
        )
        try:
            result = crawl(job)
        except NotNowError as error:  # no later probe takes this one up: it ends here
            failures = (str(error),)
            result = RunResult(expected=None, got=0, counts={}, failures=failures, versions=versions())
            _keep(declaration, run, report=None, result=result)
            raise
        report = reports[0] if reports else None
        run = _keep(declaration, run, report=report, result=result)
    return ProbeOutcome(declaration, run, report)


def _keep(
    declaration: SourceDeclaration, run: "SearchRun", *, report: ProbeReport | None, result: RunResult
) -> "SearchRun":
    """Store what was found, or why nobody could be asked, and end the run."""
    at = timezone.now()
    found = report.as_plain() if report is not None else {COULD_NOT: list(result.failures)}
    said = {"hosts": list(declaration.hosts), **found}
    store_capability(run.uid, said, proposed_kind=report.proposed_kind if report else None, at=at)
    return finish_run(run.uid, result, at=at)
