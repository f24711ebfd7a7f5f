"""All commands, gathered."""

from pathlib import Path
from typing import Annotated

import typer

from greysift.cli import (
    bench,
    demo,
    doctor,
    export,
    extract,
    handover,
    harvest,
    later,
    models,
    people,
    protocol,
    schedule,
    serve,
    sources,
    workspace,
)
from greysift.cli.corpus_access import check_workspace, choose_workspace

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def greysift(
    workspace_dir: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="The workspace folder; else the one you are in.")
    ] = None,
) -> None:
    """Harvest grey literature, rank it for screening, keep the evidence.

    Exit status: 0 done, 1 failed, 2 wrong usage, 3 not available yet, 4 put off: the same command later goes on.
    """
    if workspace_dir is not None:
        check_workspace(workspace_dir)
        choose_workspace(workspace_dir)


for part in (
    workspace,
    protocol,
    sources,
    harvest,
    handover,
    schedule,
    export,
    extract,
    models,
    people,
    serve,
    demo,
    doctor,
    bench,
    later,
):
    part.add_to(app)
