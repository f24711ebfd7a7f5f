"""One source laid out for its page: its crawls in figures, what hinders it, what is declared of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from corpus.models import Capability, SearchRun, Source, TermsConfirmation
from corpus.policies import shortfall_words
from corpus.selectors.enabling import newest_capability
from corpus.selectors.figures import RunFigures, figures_of_runs
from corpus.selectors.health import Health, health_of
from corpus.selectors.sources import failed_probe_of
from corpus.vocabulary.errors import GreysiftError
from corpus.vocabulary.harvest import RECORDS, RunStatus
from greysift.jobs.due import hindrance_of
from greysift.jobs.running import Running, running_crawl
from greysift.jobs.sources import is_on_this_machine
from greysift.review.yield_plot import Plot, Point, yield_plot

CRAWLS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Crawl:
    """One crawl or replay, in a line."""

    run: SearchRun
    state: str
    expected: int | None
    got: int
    figures: RunFigures

    @property
    def not_had(self) -> int:
        """How many documents could not be had."""
        return sum(self.figures.not_retrieved.values())

    @property
    def missing(self) -> str:
        """What it fell short by, in words."""
        return shortfall_words(self.run.missing, most_named=1)

    @property
    def document_changes(self) -> str:
        """What became of the documents, in words; nothing where none is new, changed or gone."""
        of = self.figures.documents
        parts = ((of.new, "new"), (of.changed, "changed"), (of.gone, "gone"))
        return ", ".join(f"{number} {what}" for number, what in parts if number)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A kind of error: how often in the last crawl, and in all that are shown."""

    kind: str
    last: int
    together: int


@dataclass(frozen=True, slots=True)
class Fact:
    """Something declared: its key in words, and its values."""

    label: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that a probe asked after: whether the host has it, and what it told."""

    what: str
    url: str
    is_offered: bool
    words: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Everything that the page of a source shows, but for its schedule."""

    source: Source
    health: Health
    crawls: Sequence[Crawl]
    plot: Plot | None
    troubles: Sequence[Trouble]
    running: Running | None
    declared: Sequence[Fact]
    unverified: Sequence[str]
    capability: Capability | None
    failed_probe: SearchRun | None
    offers: Sequence[Offer]
    hindrance: str | None
    terms: TermsConfirmation | None
    is_on_this_machine: bool

    @property
    def failed(self) -> int:
        """How many of the crawls that are shown failed."""
        return sum(crawl.state == RunStatus.FAILED for crawl in self.crawls)


def lay_out_source(source: Source) -> SourcePage:
    """Lay a source out."""
    running = running_crawl(source)
    capability = newest_capability(source)
    figures = figures_of_runs(source, most=CRAWLS_SHOWN)
    crawls = [_crawl(f, is_alive=running is not None and running.is_alive) for f in figures]
    return SourcePage(
        source=source,
        health=health_of(source, at=timezone.now()),
        crawls=crawls,
        plot=yield_plot([_point(crawl) for crawl in reversed(crawls)]),
        troubles=_troubles(figures),
        running=running,
        declared=list(declared_facts(source.declaration)),
        unverified=source.declaration.get("unverified") or (),
        capability=capability,
        failed_probe=failed_probe_of(source),
        offers=offers_of(capability.said if capability else {}),
        hindrance=_hindrance(source),
        terms=source.terms_confirmations.select_related("confirmed_by").order_by("-pk").first(),
        is_on_this_machine=is_on_this_machine(source.slug),
    )


def _hindrance(source: Source) -> str | None:
    try:
        return hindrance_of(source)
    except GreysiftError as error:  # a declaration that cannot be read hides no page
        return str(error)


def _crawl(figures: RunFigures, *, is_alive: bool) -> Crawl:
    run = figures.run
    is_open = run.status == RunStatus.RUNNING
    state = "unfinished" if is_open and not is_alive else str(run.status)
    return Crawl(
        run=run,
        state=state,
        expected=figures.expected.get(RECORDS),
        got=figures.got.get(RECORDS, 0),
        figures=figures,
    )


def _point(crawl: Crawl) -> Point:
    begun_at: datetime = timezone.localtime(crawl.run.started_at)
    return Point(
        begun_at=begun_at, status=crawl.state, got=crawl.got, new=crawl.figures.new, expected=crawl.expected
    )


def _troubles(figures: Sequence[RunFigures]) -> list[Trouble]:
    together: Counter[str] = Counter()
    for run in figures:
        together.update(run.errors)
    last = figures[0].errors if figures else {}
    rows = [Trouble(kind=kind, last=last.get(kind, 0), together=n) for kind, n in together.items()]
    return sorted(rows, key=lambda row: (-row.last, -row.together, row.kind))


def declared_facts(declaration: Mapping[str, object]) -> Iterator[Fact]:
    """Yield what a declaration says, as people read it; a source made without one says nothing."""
    for label, key in (("hosts", "hosts"), ("licence", "licence")):
        if values := _values(declaration.get(key)):
            yield Fact(label, values)
    for part in ("entry", "filters", "politeness", "limits"):
        table = declaration.get(part)
        if isinstance(table, Mapping):
            for key, value in table.items():
                if values := _values(value):
                    yield Fact(f"{part}: {str(key).replace('_', ' ')}", values)


def offers_of(said: Mapping[str, object]) -> list[Offer]:
    """Return what a probe asked after, what the host has first."""
    findings = said.get("findings")
    offers = (
        [_offer(finding) for finding in findings if isinstance(finding, Mapping)]
        if isinstance(findings, list)
        else []
    )
    return sorted(offers, key=lambda offer: not offer.is_offered)


def _offer(finding: Mapping[str, object]) -> Offer:
    facts = finding.get("facts")
    told = _values(facts) if isinstance(facts, Mapping) else []
    words = "; ".join(part.replace("_", " ") for part in told)
    is_offered = finding.get("is_offered") is True
    return Offer(
        what=str(finding.get("what")),
        url=str(finding.get("url")),
        is_offered=is_offered,
        words=words if is_offered else str(finding.get("reason") or "not there"),
    )


def _values(value: object) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, Mapping):
        return [f"{key}: {_words(part)}" for key, part in _sorted(value) if part not in (None, "", [], {})]
    return [_words(part) for part in value] if isinstance(value, list | tuple) else [_words(value)]


def _sorted(value: Mapping[str, object]) -> list[tuple[str, object]]:
    """Return entries by name: databases keep them in orders of their own."""
    return sorted(value.items())


def _words(value: object) -> str:
    """Return a value as people write it, whatever lies in it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} ({_words(part)})" for key, part in _sorted(value))
    return ", ".join(map(_words, value)) if isinstance(value, list | tuple) else str(value)
