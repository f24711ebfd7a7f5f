"""``greysift demo``."""

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.vocabulary.errors import WorkspaceError
from greysift.cli.corpus_access import choose_workspace, open_corpus
from greysift.cli.models import row_heads
from greysift.cli.output import complain, counts_line, say, table
from greysift.cli.serve import serve_app

if TYPE_CHECKING:
    from greysift.demo.run import DemoOutcome


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The workspace to make.")] = Path(
        "demo-workspace"
    ),
    *,
    serve: Annotated[bool, typer.Option(help="Serve the web app at the end.")] = True,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the web app.")] = 8000,
    most: Annotated[int, typer.Option(min=1, help="How many candidates to print.")] = 15,
) -> None:
    """Show the whole way: 276 real records and a recorded crawl of specimen reports, ranked for screening."""
    if "GREYSIFT_DATA_DIR" in os.environ:
        raise WorkspaceError(
            "GREYSIFT_DATA_DIR is set, and the demo keeps apart from other data; unset it first"
        )
    from greysift.cli.workspace import write_protocol
    from greysift.demo.protocol import demo_protocol

    write_protocol(demo_protocol(), folder=folder)
    choose_workspace(folder)
    open_corpus(new=True)
    from greysift.demo.run import refuse_other_reviews, run_demo

    refuse_other_reviews()
    outcome = run_demo()
    _show(outcome, most=most)
    if outcome.failures:
        for failure in outcome.failures:
            complain(failure)
        raise typer.Exit(1)
    login = f"Log in at http://127.0.0.1:{port}/ as owner or reviewer, password {outcome.password}"
    if serve:
        say(login)
        serve_app(host="127.0.0.1", port=port, threads=8)
    else:
        say(f"The web app is not running; `{_command()} --workspace {folder} serve --port {port}` starts it.")
        say(login)


def _command() -> str:
    """Return how `greysift` is called here: by its path, unless it is on the search path."""
    beside = Path(sys.executable).with_name("greysift")
    if shutil.which("greysift") or not beside.exists():
        return "greysift"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


def _show(outcome: "DemoOutcome", *, most: int) -> None:
    table(
        f"Candidates of {outcome.review.slug}, best first",
        row_heads(),
        [r.cells() for r in outcome.ranked[:most]],
    )
    scored = outcome.scored
    say(f"Harvested: {counts_line(outcome.harvested)}")
    say(f"Extracted: {counts_line(outcome.extracted)}")
    say(f"Ranked:    {scored.candidates} candidates by model {scored.model.version}")
    say(
        f"{scored.out_of_fold} of them are the real records that the shipped model was made from: they are ranked out of "
        "fold, each by models that had not seen it or any copy of it. Titles that begin with “Specimen” are "
        "reports written to show how Greysift works."
    )


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)
