"""``greysift sources``."""

from typing import Annotated

import typer

from greysift.cli.corpus_access import open_corpus
from greysift.cli.output import complain, emit_json, spinner, table
from greysift.cli.probes import show_report

group = typer.Typer(no_args_is_help=True, help="Capability and health of each source.")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@group.command("list")
def list_sources(*, as_json: Json = False) -> None:
    """Show every declared source, and whether a person has confirmed its terms."""
    open_corpus()
    from corpus.selectors.sources import source_statuses
    from greysift.jobs.sources import declare_sources

    declared = declare_sources()
    confirmed = {s.slug: s.terms_confirmed_by for s in source_statuses()}
    if as_json:
        emit_json(
            [{"slug": d.slug, "kind": d.kind, "terms_confirmed_by": confirmed[d.slug]} for d in declared]
        )
        return
    table(
        "Declared sources",
        ["source", "kind", "organisation", "terms confirmed by"],
        [(d.slug, d.kind, d.organisation, confirmed[d.slug]) for d in declared],
    )


@group.command()
def status(*, as_json: Json = False) -> None:
    """Show each source's records and how its last run went."""
    open_corpus()
    from corpus.selectors.sources import source_statuses

    rows = [
        {
            "source": s.slug,
            "records": s.records,
            "last_run": s.last_run.started_at.isoformat(timespec="seconds") if s.last_run else None,
            "status": s.last_run.status if s.last_run else None,
            "got": s.last_run.got if s.last_run else None,
            "expected": s.last_run.expected if s.last_run else None,
            "failures": s.last_run.failures if s.last_run else [],
        }
        for s in source_statuses()
    ]
    if as_json:
        emit_json(rows)
        return
    heads = ["source", "records", "last_run", "status", "got", "expected", "failures"]
    table(
        "Health of sources",
        heads,
        [[*(r[h] for h in heads[:-1]), "\n".join(map(str, r["failures"]))] for r in rows],
    )


@group.command()
def probe(name: Annotated[str, typer.Argument(help="A declared source.")], *, as_json: Json = False) -> None:
    """Ask a source's hosts what they offer, keep the answers with their date, and propose the kind of source.

    Nothing else is changed. Its robots.txt is obeyed. Exit status 1 when a host could not be asked.
    """
    open_corpus()
    from greysift.jobs.probe import probe_source

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
    if run.failures:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="sources")
