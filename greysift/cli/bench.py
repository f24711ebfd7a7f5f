"""``greysift bench``: quality and speed, measured beside a peer in the same run."""

from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.console import Console

from corpus.vocabulary.protocols import SearchFacet
from greysift.cli.later import refuse
from greysift.cli.output import complain, console, emit_json, read_text, write_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from greysift.bench.ranking.curves import Curves

group = typer.Typer(no_args_is_help=True, help="Quality and speed, measured beside a peer in the same run.")
STILL_TO_COME = ("tags", "web", "search")


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
    _show(result, render_eligibility, json_out=json_out)


@group.command()
def ranking(
    data: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="A folder of labelled sets: CSV with record_id, title, abstract, label_included.",
            exists=True,
            file_okay=False,
        ),
    ],
    *,
    seeds: Annotated[int, typer.Option(help="How many starts of each set.", min=1)] = 5,
    growth: Annotated[
        float, typer.Option(help="Rank anew after this share more votes; 0: after each vote.", min=0, max=1)
    ] = 0.05,
    asreview: Annotated[
        Path | None,
        typer.Option(
            metavar="PYTHON",
            help="Beside ASReview, of the environment of this interpreter (`make asreview`).",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    ranker: Annotated[list[str] | None, typer.Option(help="Only this one; may be given again.")] = None,
    curves: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Draw recall curves there, as SVG.", dir_okay=False)
    ] = None,
    json_out: Annotated[
        str | None, typer.Option("--json", metavar="OUT", help="A file, or - for here.")
    ] = None,
) -> None:
    """Replay screening on labelled sets: what a ranker that learns from each vote would have saved.

    What the figures are: docs/reference/measures.md.
    """
    from greysift.bench.ranking.curves import draw_curves
    from greysift.bench.ranking.rankers import own_rankers
    from greysift.bench.ranking.render import render_ranking
    from greysift.bench.ranking.run import RankingPlan, bench_ranking

    unknown = sorted(set(ranker or ()) - set(own_rankers(growth=growth)))
    if unknown:
        known = ", ".join(own_rankers(growth=growth))
        raise typer.BadParameter(f"no ranker {', '.join(unknown)}; there are {known}")
    plan = RankingPlan(seeds=seeds, growth=growth, asreview=asreview, only=tuple(ranker or ()))
    result = bench_ranking(data, plan=plan, tell=_tell)
    if curves:
        write_text(curves, draw_curves(cast("Curves", result["curves"])))
    _show(result, render_ranking, json_out=json_out)


@group.command()
def crawl(
    data: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DATA]",
            help="A folder whose files are served and harvested; without it, files are made for the occasion.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    *,
    documents: Annotated[int | None, typer.Option(help="How many files to make (20000).", min=1)] = None,
    size: Annotated[int | None, typer.Option(help="Their size in bytes (16384).", min=200)] = None,
    pairs: Annotated[int, typer.Option(help="How many turns of both.", min=1)] = 3,
    json_out: Annotated[
        str | None, typer.Option("--json", metavar="OUT", help="A file, or - for here.")
    ] = None,
) -> None:
    """Harvest a local site without politeness, in turn with a bare Scrapy spider that keeps nothing.

    Captures, WARC and database included; what counts is the ratio of the rates, to Scrapy as it comes and to Scrapy
    spared what it does for nothing. The database is a new SQLite
    file, or, with GREYSIFT_DATABASE_URL set, a new database on that server that is dropped again.
    """
    from tempfile import TemporaryDirectory

    from greysift.bench.crawl import bench_crawl, render_crawl
    from greysift.bench.static_site import make_files

    if data is not None and (documents or size):
        raise typer.BadParameter("--documents and --size are for files that are made; DATA has its own")

    with TemporaryDirectory(prefix="greysift-bench-") as made:
        if data is None:
            make_files(Path(made), documents=documents or 20_000, size=size or 16_384)
        result = bench_crawl(data or Path(made), pairs=pairs, tell=_tell)
    _show(result, render_crawl, json_out=json_out)


@group.command()
def extraction(
    data: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="A folder of PDFs with their truth (NAME.pdf with NAME.txt or NAME-str.xml), or of such folders.",
            exists=True,
            file_okay=False,
        ),
    ],
    *,
    most: Annotated[int | None, typer.Option(help="Only so many documents of each folder.", min=1)] = None,
    pictures: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT", help="Draw 20 pages with their sentences there, for looking at.", file_okay=False
        ),
    ] = None,
    json_out: Annotated[
        str | None, typer.Option("--json", metavar="OUT", help="A file, or - for here.")
    ] = None,
) -> None:
    """Read PDFs with known text or tables, beside pdfplumber, pypdfium2, pypdf and pdftotext.

    What the measures are: docs/reference/measures.md. PDFs without truth are timed alone; it says what is taken as what.
    """
    try:
        from greysift.bench.extraction.render import render_extraction
        from greysift.bench.extraction.run import bench_extraction
    except ModuleNotFoundError as error:
        complain(f"This benchmark needs {error.name}: install the libraries of requirements/dev.lock.")
        raise typer.Exit(1) from error
    result = bench_extraction(data, most=most, pictures=pictures, tell=_tell)
    _show(result, render_extraction, json_out=json_out)


@group.command()
def structure(
    data: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="A folder with annotated reports, known by their bytes, or of such folders.",
            exists=True,
            file_okay=False,
        ),
    ],
    *,
    truth: Annotated[
        Path | None,
        typer.Option(help="The annotations; else benchmarks/annotations/reports.jsonl.", exists=True),
    ] = None,
    json_out: Annotated[
        str | None, typer.Option("--json", metavar="OUT", help="A file, or - for here.")
    ] = None,
) -> None:
    """Find headings, roles, tables and running lines of annotated reports; what is missed is named by page and box.

    What was marked, and how: docs/reference/annotated-reports.md. Reports are read without their own structure trees.
    """
    try:
        from greysift.bench.structure.render import render_structure
        from greysift.bench.structure.run import bench_structure
        from greysift.bench.structure.truth import SHIPPED
    except ModuleNotFoundError as error:
        complain(f"This benchmark needs {error.name}: install the libraries of requirements/dev.lock.")
        raise typer.Exit(1) from error
    result = bench_structure(data, truth=truth or SHIPPED, tell=_tell)
    _show(result, render_structure, json_out=json_out)


@group.command()
def executor(
    data: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with PDFs.", exists=True, file_okay=False)
    ],
    *,
    documents: Annotated[
        int, typer.Option(help="So many; files are taken again where they are too few.", min=4)
    ] = 200,
    json_out: Annotated[
        str | None, typer.Option("--json", metavar="OUT", help="A file, or - for here.")
    ] = None,
) -> None:
    """Read a batch with child processes and with a Dask cluster of this machine, and compare times and results.

    Each by one worker, by two, and by two of which one is killed half way.
    """
    try:
        from greysift.bench.executors.render import render_executors
        from greysift.bench.executors.run import bench_executors

        result = bench_executors(data, documents=documents, tell=_tell)
    except PackageNotFoundError as error:
        complain(f"This benchmark needs {error.name}: pip install 'greysift[dask]'.")
        raise typer.Exit(1) from error
    _show(result, render_executors, json_out=json_out)


@group.command()
def mutants(
    data: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="A folder of sound PDFs; the ten smallest are damaged.",
            exists=True,
            file_okay=False,
        ),
    ],
    *,
    most: Annotated[int, typer.Option(help="How many damaged copies.", min=1)] = 1000,
    seed: Annotated[int, typer.Option(help="Another number damages otherwise.")] = 1,
    json_out: Annotated[
        str | None, typer.Option("--json", metavar="OUT", help="A file, or - for here.")
    ] = None,
) -> None:
    """Read copies of real PDFs that were cut short or had bits turned: each must give a result or a reason.

    Exit status 1 where one crashes the reading program, takes longer or more memory than it may.
    """
    from greysift.bench.robustness.render import render_mutants
    from greysift.bench.robustness.run import bench_mutants

    result = bench_mutants(data, most=most, seed=seed, tell=_tell)
    _show(result, render_mutants, json_out=json_out)
    if not result["met"]:
        raise typer.Exit(1)


@group.command("odd-files")
def odd_files(
    data: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder of odd PDFs.", exists=True, file_okay=False)
    ],
    *,
    markdown: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write the table as a page there.", dir_okay=False)
    ] = None,
    json_out: Annotated[
        str | None, typer.Option("--json", metavar="OUT", help="A file, or - for here.")
    ] = None,
) -> None:
    """Read odd PDFs, and ask pdfium and pdfplumber by themselves what they read of each.

    Exit status 1 where one of them reads what we do not.
    """
    from corpus.vocabulary.documents import ExtractionLimits
    from greysift.bench.robustness.render import render_odd_files, to_page
    from greysift.bench.robustness.run import bench_odd_files

    result = bench_odd_files(data, limits=ExtractionLimits(), tell=_tell)
    if markdown:
        write_text(markdown, to_page(result))
    _show(result, render_odd_files, json_out=json_out)
    if not result["met"]:
        raise typer.Exit(1)


def _tell(step: str) -> None:
    Console(stderr=True).print(step, highlight=False)


def _show(
    result: Mapping[str, object],
    render: Callable[[Mapping[str, object]], "RenderableType"],
    *,
    json_out: str | None,
) -> None:
    """Print a result as a table, and as JSON where that is asked for."""
    if json_out == "-":
        emit_json(result)
        return
    if json_out:
        import json

        write_text(Path(json_out), json.dumps(result, indent=2) + "\n")
    console.print(render(result))


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
