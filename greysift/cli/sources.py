"""``greysift sources``."""

from typing import Annotated

import typer

from greysift.cli.corpus_access import open_corpus
from greysift.cli.later import refuse
from greysift.cli.output import emit_json, table

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
def probe(name: Annotated[str, typer.Argument()] = "") -> None:
    """Ask a host what it offers (not available yet)."""
    refuse(f"sources probe {name}".strip())


def add_to(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="sources")
