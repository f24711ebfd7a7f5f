"""``greysift schedule``."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from greysift.cli.corpus_access import note_broken_declarations, open_corpus
from greysift.cli.output import emit_json, say, table

if TYPE_CHECKING:
    from corpus.models import SearchRun, Source
    from greysift.jobs.due import Standing

group = typer.Typer(no_args_is_help=True, help="Recurring crawls: when each source is crawled again.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Slug = Annotated[str, typer.Argument(metavar="SOURCE", help="A source, by its short name.")]


@group.command("run")
def run(
    *,
    once: Annotated[bool, typer.Option("--once", help="Serve what is due now, then end.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Crawls at once, each at its own host.")] = 2,
    as_json: Json = False,
) -> None:
    """Crawl each source when its schedule says so, until stopped by Ctrl-C or SIGTERM.

    What was missed is caught up once. Any number of schedulers may share one database. With --once, exit status 1 when
    a crawl failed or a declaration cannot be read.
    """
    open_corpus()
    from django.utils import timezone

    from greysift.jobs.crawl_process import End
    from greysift.jobs.scheduler import Scheduler

    def tell(line: str) -> None:
        say(f"{timezone.localtime():%Y-%m-%d %H:%M:%S}  {line}", to_stderr=as_json)

    tell("serving what is due now" if once else f"scheduler begun, {workers} crawls at once at most")
    scheduler = Scheduler(workers=workers, tell=tell)
    ended = scheduler.run(is_once=once)
    tell("scheduler ended")
    if as_json:
        emit_json([{"source": slug, "end": e.end, "said": e.sentence} for slug, e in ended])
    if once and (
        scheduler.left_unserved or any(e.end in {End.FAILED, End.REFUSED, End.BROKEN_OFF} for _, e in ended)
    ):
        raise typer.Exit(1)


@group.command("list")
def list_schedules(*, as_json: Json = False) -> None:
    """Show when each source was crawled last and is crawled next, and what hinders it."""
    open_corpus()
    from django.utils import timezone

    from corpus.selectors.sources import last_crawl
    from greysift.jobs.due import standings

    note_broken_declarations()
    lines = [(s, last_crawl(s.schedule.source)) for s in standings(timezone.now())]
    if as_json:
        emit_json([_plain(standing, crawl) for standing, crawl in lines])
        return
    if not lines:
        say("No source has a schedule. Give it one, for example every Monday at 03:00:")
        say('    greysift schedule set SOURCE "0 3 * * 1"')
        return
    show_schedules([standing for standing, _ in lines])
    for standing, _ in lines:
        for remark in _remarks(standing):
            say(f"{standing.slug}: {remark}")


def show_schedules(standings: "Sequence[Standing]") -> None:
    """Print when each source was crawled last and is crawled next."""
    from django.utils import timezone

    from corpus.selectors.sources import last_crawl

    table(
        f"Schedules ({timezone.get_default_timezone_name()})",
        ["source", "cron", "last crawl", "next"],
        [(s.slug, s.schedule.cron, _last(last_crawl(s.schedule.source)), _next(s)) for s in standings],
    )


@group.command("set")
def set_cron(
    source: Slug,
    cron: Annotated[str, typer.Argument(help="Minute, hour, day of the month, month, day of the week.")],
    *,
    as_json: Json = False,
) -> None:
    """Have a source crawled again and again, for example "0 3 * * 1": every Monday at 03:00."""
    open_corpus()
    from django.utils import timezone

    from corpus.services.schedules import set_schedule

    found = _source(source)
    set_schedule(found, cron, by=None, at=timezone.now())
    _confirm(found, as_json=as_json)


@group.command("enable")
def enable(source: Slug, *, as_json: Json = False) -> None:
    """Take a resting schedule up again; what fell due meanwhile is not caught up."""
    _switch(source, is_enabled=True, as_json=as_json)


@group.command("disable")
def disable(source: Slug, *, as_json: Json = False) -> None:
    """Let a schedule rest."""
    _switch(source, is_enabled=False, as_json=as_json)


@group.command("remove")
def remove(source: Slug, *, as_json: Json = False) -> None:
    """Crawl a source only when somebody asks for it."""
    open_corpus()
    from django.utils import timezone

    from corpus.services.schedules import remove_schedule

    remove_schedule(_source(source), by=None, at=timezone.now())
    if as_json:
        emit_json({"source": source, "cron": None})
    else:
        say(f"{source} has no schedule any more.")


def _switch(slug: str, *, is_enabled: bool, as_json: bool) -> None:
    open_corpus()
    from django.utils import timezone

    from corpus.services.schedules import switch_schedule

    source = _source(slug)
    switch_schedule(source, is_enabled=is_enabled, by=None, at=timezone.now())
    _confirm(source, as_json=as_json)


def _source(slug: str) -> "Source":
    """Return a source, stored now if it is only declared."""
    from greysift.jobs.sources import declaration_of, declare

    return declare(declaration_of(slug))


def _confirm(source: "Source", *, as_json: bool) -> None:
    """Say how the schedule stands after a change."""
    from django.utils import timezone

    from corpus.selectors.sources import last_crawl
    from greysift.jobs.due import standing_of

    standing = standing_of(source, timezone.now())
    if standing is None:
        return  # removed by somebody else meanwhile
    if as_json:
        emit_json(_plain(standing, last_crawl(source)))
        return
    say(f"{source.slug}: {standing.in_words} ({standing.schedule.cron}); next: {_next(standing)}.")
    if not standing.schedule.is_enabled:
        say(f"{source.slug}: the schedule rests; `greysift schedule enable {source.slug}` wakes it.")
    for remark in _remarks(standing):
        say(f"{source.slug}: {remark}")


def _plain(standing: "Standing", crawl: "SearchRun | None") -> dict[str, object]:
    schedule = standing.schedule
    return {
        "source": standing.slug,
        "cron": schedule.cron,
        "in_words": standing.in_words,
        "enabled": schedule.is_enabled,
        "next": _iso(standing.next_at),
        "owed": _iso(standing.owed),
        "hindrance": standing.hindrance,
        "running": standing.is_running,
        "not_before": _iso(schedule.not_before),
        "said": schedule.said,
        "last_crawl": _iso(crawl.started_at) if crawl else None,
        "last_status": crawl.status if crawl else None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _last(crawl: "SearchRun | None") -> str:
    from greysift.jobs.due import clock

    return f"{clock(crawl.started_at)}\n{crawl.status}" if crawl else "never"


def _next(standing: "Standing") -> str:
    from greysift.jobs.due import next_words

    return next_words(standing)


def _remarks(standing: "Standing") -> list[str]:
    return [r for r in (standing.hindrance, standing.schedule.said) if r]


def add_to(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="schedule")
