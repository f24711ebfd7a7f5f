"""``greysift export``."""

from pathlib import Path
from typing import Annotated

import typer

from greysift.cli.corpus_access import open_corpus
from greysift.cli.later import refuse
from greysift.cli.output import complain, emit_json, progress, say, warn

RECORDINGS = "warc"


def export(
    kind: Annotated[str, typer.Argument(metavar="FORMAT", help="warc; others are not available yet.")] = "",
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Where to.", file_okay=False)
    ] = None,
    *,
    source: Annotated[list[str] | None, typer.Option(help="A source; else all.")] = None,
    run: Annotated[list[str] | None, typer.Option(help="A run's identity; else all.")] = None,
    as_links: Annotated[
        bool, typer.Option("--link", help="Hard links instead of copies, on the same disk.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Export recorded crawls as WARC files with a manifest (records and decisions: not available yet).

    Files are whole and finished; every digest is checked on the way. A file that holds bodies which later crawls only
    refer to comes along.
    """
    if kind != RECORDINGS:
        refuse("export")
    if folder is None:
        raise typer.BadParameter("name the folder to export to: greysift export warc FOLDER")
    open_corpus()
    from greysift.jobs.recordings import MANIFEST, export_warc

    with progress() as bar:
        task = bar.add_task("Exporting", total=None)
        done = export_warc(
            folder,
            sources=source or [],
            uids=run or [],
            as_links=as_links,
            progress=lambda number, total: bar.update(task, completed=number, total=total),
        )
    if as_json:
        emit_json(
            {"folder": str(folder), "files": done.files, "left_out": done.left_out, "problems": done.problems}
        )
    else:
        captures = sum(int(str(file["captures"])) for file in done.files)
        say(f"Exported {len(done.files)} WARC files with {captures} captures to {folder}; see {MANIFEST}.")
        for left in done.left_out:
            warn(f"{left['name']} was left out: {left['why']}.")
    for problem in done.problems:
        complain(problem)
    if done.problems:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export")(export)
