"""Which sources are to be crawled now, by their schedules; and why others are not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from corpus.cron import Cron
from corpus.selectors.schedules import crawl_ended_since, schedule_of, schedules
from corpus.selectors.sources import source_by_slug
from corpus.services.leases import held_names
from greysift.jobs.declared import Declared
from greysift.jobs.harvest import CRAWLED
from greysift.jobs.sources import declared_now, why_not_crawled
from harvester.declarations import SourceDeclaration

if TYPE_CHECKING:
    from corpus.models import Schedule, Source


FAR = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a schedule stands at one moment.

    Attributes
    ----------
    hosts
        What a crawl of its source asks.
    owed
        The newest due moment that no crawl has served; older ones are caught up with it.
    next_at
        When the source is crawled next, as things stand; ``None`` while it may not be.
    hindrance
        What must happen before the source may be crawled.
    is_running
        Whether the source is being crawled at this moment, whoever asked for it.
    """

    schedule: "Schedule"
    hosts: frozenset[str]
    owed: datetime | None
    next_at: datetime | None
    hindrance: str | None
    is_running: bool

    @property
    def slug(self) -> str:
        """The source's slug."""
        return self.schedule.source.slug

    @property
    def in_words(self) -> str:
        """When it is due, as a phrase."""
        return Cron(self.schedule.cron).in_words()

    def is_startable(self, at: datetime) -> bool:
        """Return whether a crawl should begin now, if its hosts are free."""
        return (
            self.owed is not None and self.next_at is not None and self.next_at <= at and not self.is_running
        )


def zone() -> ZoneInfo:
    """Return the zone whose clock cron expressions are read by."""
    return ZoneInfo(settings.TIME_ZONE)


def standings(at: datetime) -> list[Standing]:
    """Return how every schedule stands, by source."""
    declared, running = declared_now(), crawled_now(at)
    return [_standing(s, declared=declared, running=running, at=at) for s in schedules()]


def standing_of(source: "Source", at: datetime) -> Standing | None:
    """Return how a source's schedule stands, if it has one."""
    schedule = schedule_of(source)
    if schedule is None:
        return None
    return _standing(schedule, declared=declared_now(), running=crawled_now(at), at=at)


def crawled_now(at: datetime) -> frozenset[str]:
    """Return the slugs of the sources that a process which may be alive is crawling or replaying."""
    return frozenset(name.removeprefix(CRAWLED) for name in held_names(CRAWLED, at=at))


def hosts_asked_now(at: datetime) -> frozenset[str]:
    """Return the hosts of the sources that are being crawled, whoever asked for it."""
    declared = declared_now().by_slug
    return frozenset(
        h for slug in crawled_now(at) for h in _hosts_of(declared.get(slug), source_by_slug(slug))
    )


def hindrance_of(source: "Source") -> str | None:
    """Return what must happen before a source may be crawled, with a schedule or without."""
    return _hindrance(declared_now(), source)


def _standing(schedule: "Schedule", *, declared: Declared, running: frozenset[str], at: datetime) -> Standing:
    source, cron = schedule.source, Cron(schedule.cron)
    declaration = declared.by_slug.get(source.slug)
    hindrance = _hindrance(declared, source)
    owed = cron.newest_in(schedule.served_at, at, zone=zone())
    if owed is not None and crawl_ended_since(source, owed):
        owed = None
    return Standing(
        schedule=schedule,
        hosts=frozenset(_hosts_of(declaration, source)),
        owed=owed if schedule.is_enabled else None,
        next_at=None
        if declaration is None or hindrance or not schedule.is_enabled
        else declaration.politeness.opening(_next(schedule, cron, owed=owed, at=at)),
        hindrance=hindrance,
        is_running=source.slug in running,
    )


def _next(schedule: "Schedule", cron: Cron, *, owed: datetime | None, at: datetime) -> datetime:
    if owed is not None:
        return max(at, schedule.not_before or at)
    due = cron.next_after(at, zone=zone())
    return max(due, schedule.not_before or due)


def _hosts_of(declaration: SourceDeclaration | None, source: "Source | None") -> Iterable[str]:
    """Return a source's hosts, by what was last known of it when its file is broken or gone."""
    if declaration is not None:
        return declaration.hosts
    return source.declaration.get("hosts", ()) if source is not None else ()


def _hindrance(declared: Declared, source: "Source") -> str | None:
    if source.slug in declared.broken:
        return f"its declaration cannot be read: {declared.broken[source.slug]}"
    declaration = declared.by_slug.get(source.slug)
    if declaration is None:
        return f"{source.slug} is not declared (any more): add its declaration as a file among the sources"
    return why_not_crawled(declaration, source)


def clock(moment: datetime) -> str:
    """Spell a moment by the installation's clock, as short as can be told apart; far ones by year, without the hour."""
    local = timezone.localtime(moment, zone())
    is_far = abs(moment - timezone.now()) > FAR
    return f"{local:%-d %b %Y}" if is_far else f"{local:%-d %b %H:%M}"


def next_words(standing: Standing) -> str:
    """Say when a source is crawled next, or why it is not."""
    if standing.is_running:
        return "running now"
    if not standing.schedule.is_enabled:
        return "resting"
    if standing.next_at is None:
        return "not enabled"
    if standing.is_startable(timezone.now()):
        return "due now"
    return clock(standing.next_at)
