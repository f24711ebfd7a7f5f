"""``greysift bench``: quality and speed, measured beside a peer in the same run."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.vocabulary.protocols import SearchFacet
from greysift.cli.later import refuse
from greysift.cli.output import console, emit_json, read_text, write_text

group = typer.Typer(no_args_is_help=True, help="Quality and speed, measured beside a peer in the same run.")
STILL_TO_COME = ("ranking", "extraction", "tags", "crawl", "web", "search")


def _facets(protocol: Path | None) -> tuple[SearchFacet, ...]:
    from corpus.protocol import parse_protocol, shipped_protocol

    if protocol is None:
        return parse_protocol(shipped_protocol("care-leavers")).facets
    return parse_protocol(read_text(protocol), name=str(protocol)).facets


@group.command()
def eligibility(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Labelled records, JSON lines.")],
    *,
    protocol: Annotated[
        Path | None,
        typer.Option(help="Whose search facets the baseline counts; else care-leavers.", exists=True),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Measure this version as it is; it may not have learnt from DATA.")
    ] = None,
    json_out: Annotated[
        str | None, typer.Option("--json", metavar="OUT", help="A file, or - for here.")
    ] = None,
) -> None:
    """Rank labelled records by cross-validation, beside counting keywords."""
    from classifier.registry import list_versions
    from greysift.bench.eligibility import bench_eligibility, render_eligibility
    from greysift.cli.corpus_access import model_folders

    roots = model_folders()
    if model is not None and model not in {v.version for v in list_versions(roots)}:
        raise typer.BadParameter(f"no model {model!r} in {', '.join(map(str, roots))}")
    result = bench_eligibility(data, facets=_facets(protocol), model_version=model, roots=roots)
    if json_out == "-":
        emit_json(result)
        return
    if json_out:
        import json

        write_text(Path(json_out), json.dumps(result, indent=2) + "\n")
    console.print(render_eligibility(result))


def _add_later(name: str) -> None:
    settings = {"ignore_unknown_options": True, "allow_extra_args": True}

    @group.command(name, help="(Not available yet.)", context_settings=settings)
    def command(context: typer.Context) -> None:
        refuse(f"bench {name}")


for _name in STILL_TO_COME:
    _add_later(_name)


def add_to(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="bench")
