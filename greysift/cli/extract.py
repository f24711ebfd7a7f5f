"""``greysift extract``: documents into text."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.vocabulary.documents import ExtractionLimits
from greysift.cli.corpus_access import open_corpus
from greysift.cli.output import emit_json, progress, say, table


def extract(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE.pdf]…", exists=True, dir_okay=False)
    ] = None,
    *,
    executor: Annotated[
        str | None,
        typer.Option(
            metavar="local|tcp://HOST:PORT",
            help="Who reads what is due: child processes here, or a Dask cluster. Else GREYSIFT_EXECUTOR, else local.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", help="So many documents at once here; else one for each processor.", min=1),
    ] = None,
    seconds: Annotated[float, typer.Option(help="Longest time for one document.")] = 120.0,
    recognise: Annotated[
        int,
        typer.Option(
            metavar="N", help="At most so many scanned pages of a document are read by tesseract.", min=0
        ),
    ] = 60,
    again: Annotated[
        str | None,
        typer.Option(
            metavar="all|DOCUMENT",
            help="Try again what was set aside or lacks recognition; or one document, by how its number begins.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON; of files, everything, a line each.")
    ] = False,
    page_images: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Draw the pages of the files there as PNG, with the boxes of blocks and sentences.",
            file_okay=False,
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(
            metavar="TITLE",
            help="Say of the files whether this, as on the page that offers them, is their title.",
        ),
    ] = None,
    boxes: Annotated[
        str,
        typer.Option(
            help="What --page-images draws: any of blocks, tables, sentences, words, commas between."
        ),
    ] = "blocks,tables,sentences",
) -> None:
    """Turn documents into text: all that are due in the corpus, or the files named.

    Files are printed as Markdown and not stored. One that cannot be read is named on standard error; the others are
    printed all the same, and the exit status is 1.
    """
    limits = ExtractionLimits(seconds=seconds, recognised_pages=recognise)
    if files:
        if executor or workers or again:
            raise typer.BadParameter("--executor, --workers and --again are for what is due: name no file")
        from greysift.cli.extract_files import show_files

        show_files(
            files, limits=limits, as_json=as_json, pictures=page_images, boxes=boxes.split(","), title=title
        )
        return
    if page_images:
        raise typer.BadParameter("--page-images draws the pages of files: name one")
    if title:
        raise typer.BadParameter("--title is compared with the titles of files: name one")
    open_corpus()
    if again is not None:
        from greysift.cli.extract_again import make_due

        make_due(again)
    from django.conf import settings

    from corpus.selectors.extraction import extraction_counts, extraction_failures
    from greysift.cli.extract_again import told_again
    from greysift.jobs.extract import extract_due
    from greysift.jobs.workers import open_workers

    with progress() as bar, open_workers(executor or settings.EXECUTOR, count=workers) as crew:
        task = bar.add_task("Reading", total=None)
        counts = extract_due(
            workers=crew,
            limits=limits,
            on_progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    if as_json:
        emit_json(
            {
                "read": counts.read,
                "failed": counts.failed,
                "again": counts.again,
                "carried": counts.carried,
                "totals": extraction_counts(),
            }
        )
        return
    say(f"Read {counts.read} documents now, {counts.failed} could not be read.")
    for sentence in told_again(counts.again, counts.carried):
        say(sentence)
    if failures := extraction_failures():
        table("Could not be read", ["document", "reason"], [(sha[:12], reason) for sha, reason in failures])


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("extract")(extract)
