"""``greysift sources``."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.policies import shortfall_words
from corpus.vocabulary.harvest import RECORDS, SourceHealth
from greysift.cli.corpus_access import note_broken_declarations, open_corpus
from greysift.cli.output import complain, emit_json, said, say, spinner, table
from greysift.cli.probes import show_report
from greysift.cli.schedule import show_schedules

if TYPE_CHECKING:
    from corpus.selectors.figures import RunFigures
    from corpus.selectors.health import Health
    from corpus.selectors.sources import SourceStatus
    from greysift.jobs.due import Standing
    from greysift.jobs.running import Running

group = typer.Typer(no_args_is_help=True, help="Capability and health of each source.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@group.command("list")
def list_sources(*, as_json: Json = False) -> None:
    """Show every declared source: whether it was probed, whether a person has confirmed its terms.

    With --json also whose they are, what nobody has verified, and why one is not crawled.
    """
    open_corpus()
    from corpus.selectors.enabling import newest_capability
    from corpus.selectors.sources import failed_probe, source_statuses
    from greysift.jobs.sources import declare, declare_sources, why_not_crawled

    note_broken_declarations()
    confirmed = {s.slug: s.terms_confirmed_by for s in source_statuses()}
    rows = []
    for declaration in declare_sources():
        source = declare(declaration)
        capability = newest_capability(source)
        rows.append(
            {
                "slug": declaration.slug,
                "kind": declaration.kind,
                "organisation": declaration.organisation,
                "probed_on": capability.found_at.date().isoformat() if capability else None,
                "probe_failed_on": failed.date().isoformat() if (failed := failed_probe(source)) else None,
                "terms_confirmed_by": confirmed.get(declaration.slug),
                "why_not_crawled": why_not_crawled(declaration, source),
                "unverified": list(declaration.unverified),
            }
        )
    if as_json:
        emit_json(rows)
        return
    for row in rows:
        if row["probe_failed_on"]:
            row["probed_on"] = f"failed {row['probe_failed_on']}"
    shown = ["slug", "kind", "probed_on", "terms_confirmed_by"]
    heads = ["source", "kind", "probed", "terms confirmed by"]
    table("Declared sources", heads, [[row[name] for name in shown] for row in rows])


@group.command()
def status(
    name: Annotated[str | None, typer.Argument(help="One source; else all.")] = None, *, as_json: Json = False
) -> None:
    """Show how each source is doing: its health in a word, what its last crawl brought, when the next is due."""
    open_corpus()
    from django.utils import timezone

    from corpus.selectors.figures import figures_of
    from corpus.selectors.health import health_of
    from corpus.selectors.sources import failed_probe_of, source_by_slug, source_statuses
    from greysift.jobs.due import standings
    from greysift.jobs.running import running_crawl
    from greysift.jobs.sources import declaration_of, declare_sources

    note_broken_declarations()
    declared = [declaration.slug for declaration in declare_sources()]
    if name is not None and source_by_slug(name) is None:
        declaration_of(name)  # says that there is none, and which is nearest
    following = {
        standing.slug: standing
        for standing in standings(timezone.now())
        if name is None or standing.slug == name
    }
    rows = []
    for status_of in _as_listed(source_statuses(), declared):
        source = source_by_slug(status_of.slug)
        if source is None or (name is not None and name != source.slug):
            continue
        health = health_of(source, at=timezone.now())
        shown = health.last or status_of.last_run
        row = _row(status_of, health, figures_of(shown) if shown else None)
        row["is_declared"] = source.slug in declared
        failed = failed_probe_of(source)
        row["probe_failed_on"] = f"{failed.started_at:%Y-%m-%d}" if failed else None
        row["why_probe_failed"] = " ".join(failed.failures) if failed else None
        rows.append(row | _coming(following.get(status_of.slug), running_crawl(source)))
    if as_json:
        emit_json(rows)
        return
    cells = [[_named(row), row["health"], row["day"], row["got"], row["new"], row["gone"]] for row in rows]
    table("Health of sources", ["source", "health", "last crawl", "got", "new", "gone"], cells)
    if following:
        show_schedules(list(following.values()))
    for row in rows:
        if row["running_since"]:
            state = "is being crawled" if row["is_running"] else "has an unfinished crawl that nobody is at"
            later = "" if row["is_running"] else _put_off_words(row)
            say(f"{row['source']} {state}: {row['got_so_far']} records since {row['running_since']}{later}")
        if row["is_declared"] and row["health"] in {SourceHealth.FAILING, SourceHealth.SILENT}:
            say(f"{row['source']} is {row['health']}: {row['why']}")
        if row["is_declared"] and row["probe_failed_on"]:
            again = f"greysift sources probe {row['source']}"
            say(
                f"{row['source']}: its last probe failed on {row['probe_failed_on']}: {row['why_probe_failed']} `{again}` asks again"
            )


def _as_listed(statuses: "Sequence[SourceStatus]", declared: Sequence[str]) -> "list[SourceStatus]":
    """Return the sources in the order in which they are declared; those that no declaration names come last."""
    place = {slug: n for n, slug in enumerate(declared)}
    return sorted(statuses, key=lambda status_of: place.get(status_of.slug, len(place)))


def _named(row: Mapping[str, object]) -> str:
    return str(row["source"]) if row["is_declared"] else f"{row['source']} (not declared)"


def _row(status_of: "SourceStatus", health: "Health", figures: "RunFigures | None") -> dict[str, object]:
    """Return a source's line, as machines read it."""
    run = status_of.last_run
    return {
        "source": status_of.slug,
        "health": health.state,
        "why": health.words,
        "records": status_of.records,
        "day": f"{health.last.started_at:%Y-%m-%d}" if health.last else None,
        "last_run": run.started_at.isoformat(timespec="seconds") if run else None,
        "status": run.status if run else None,
        "got": figures.got[RECORDS] if figures else None,
        "expected": figures.expected_records if figures else None,
        "new": figures.new if figures else None,
        "gone": figures.gone if figures else None,
        "figures": figures.as_json() if figures else None,
        "failures": run.failures if run else [],
    }


def _coming(standing: "Standing | None", running: "Running | None") -> dict[str, object]:
    """Return a source's schedule and its unfinished crawl, as machines read them."""
    from greysift.jobs.due import next_words

    due = standing.next_at if standing else None
    put_off = running.put_off if running else None
    return {
        "next": next_words(standing) if standing else None,
        "next_crawl": due.isoformat(timespec="seconds") if due else None,
        "is_running": running is not None and running.is_alive,
        "running_since": running.run.started_at.isoformat(timespec="seconds") if running else None,
        "got_so_far": running.got if running else None,
        "put_off_times": put_off.times if put_off else 0,
        "put_off_until": put_off.until.isoformat(timespec="seconds") if put_off else None,
        "put_off_why": put_off.why if put_off else None,
    }


def _put_off_words(row: Mapping[str, object]) -> str:
    if not row["put_off_times"]:
        return ""
    times = "once" if row["put_off_times"] == 1 else f"{row['put_off_times']} times"
    return f"; put off {times}, now until {row['put_off_until']}: {row['put_off_why']}"


@group.command()
def accept(
    run: Annotated[str, typer.Argument(help="The crawl: its identity, the beginning of it, or its source.")],
    *,
    why: Annotated[str, typer.Option(help="Why the source holds less than it did, or than it says.")],
    by: Annotated[str, typer.Option(help="Whose word this is: the account of an owner of a review.")],
    shortfall: Annotated[
        bool,
        typer.Option(
            "--shortfall", help="So much is missing for good: accept it in later crawls too, and no more."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Let a crawl that failed for a sharp drop, or for a shortfall that lasts, count as complete."""
    said(why)
    open_corpus()
    from django.utils import timezone

    from greysift.jobs.acceptance import accept_run

    accepted, candidates = accept_run(run, why=why.strip(), by=by, at=timezone.now(), is_shortfall=shortfall)
    if as_json:
        emit_json({"run": accepted.uid, "status": accepted.status, "new_candidates": candidates})
        return
    if shortfall:
        say(
            f"Later crawls that lack no more than this count as complete too: {shortfall_words(accepted.missing)}."
        )
    say(
        f"Run {str(accepted.uid)[:8]} of {accepted.source.slug} counts as {accepted.status} from now on; later crawls are "
        f"measured by it. New candidates in reviews: {candidates}."
    )


@group.command()
def probe(name: Annotated[str, typer.Argument(help="A declared source.")], *, as_json: Json = False) -> None:
    """Ask a source's hosts what they offer, keep the answers with their date, and propose the kind of source.

    Nothing else is changed. Its robots.txt is obeyed. Exit status 1 when a host could not be asked or
    forbids all that was asked for.
    """
    open_corpus()
    from greysift.jobs.probe import probe_source
    from harvester.spiders.probing.findings import was_refused

    with spinner(f"Asking {name} what it offers"):
        outcome = probe_source(name)
    report, run = outcome.report, outcome.run
    if as_json:
        emit_json(
            {
                "source": name,
                "run": run.uid,
                "status": run.status,
                "failures": run.failures,
                "declared_kind": outcome.declaration.kind,
                **(report.as_plain() if report is not None else {}),
            }
        )
    elif report is not None:
        show_report(outcome.declaration, report)
    for failure in run.failures:
        complain(failure)
    if run.failures or (report is not None and was_refused(report.findings)):
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="sources")
