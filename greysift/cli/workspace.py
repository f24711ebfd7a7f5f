"""``greysift init``."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.vocabulary.errors import WorkspaceError
from greysift.cli.corpus_access import choose_workspace, open_corpus
from greysift.cli.output import emit_json, read_text, say
from greysift.cli.protocol import note_undeclared
from greysift.workspace import PROTOCOL_FILE


def write_protocol(document: str, *, folder: Path) -> Path:
    """Write a workspace's protocol file; one that says something else is never overwritten."""
    place = folder / PROTOCOL_FILE
    if place.exists() and read_text(place) != document:
        raise WorkspaceError(
            f"{place} exists and says something else; nothing was changed. "
            "Take it up with `greysift protocol import`, or choose another folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    place.write_text(document, encoding="utf-8")
    return place


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    *,
    protocol: Annotated[str, typer.Option(help="A protocol that ships (care-leavers) or a TOML file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make a workspace: review.toml, database, storage. A second time changes nothing."""
    from corpus.protocol import parse_protocol, shipped_protocol

    if Path(protocol).is_file():
        document, name = read_text(Path(protocol)), protocol
    else:
        document, name = shipped_protocol(protocol), PROTOCOL_FILE
    parsed = parse_protocol(document, name=name)
    place = write_protocol(document, folder=folder)
    choose_workspace(folder)
    note_undeclared(document, parsed.sources, name=name)
    open_corpus(new=True)
    from django.conf import settings
    from django.utils import timezone

    from greysift.jobs.protocols import refuse_another, take_up_protocol
    from greysift.jobs.sources import sources_dir

    sources_dir().mkdir(parents=True, exist_ok=True)
    refuse_another(document)
    review, _ = take_up_protocol(document, at=timezone.now(), by=None, why="workspace made", name=str(place))
    if as_json:
        emit_json({"review": review.slug, "folder": str(folder), "data": str(settings.DATA_DIR)})
        return
    say(f"Review “{review.title}” is ready in {folder} (its data lie in {settings.DATA_DIR}).")
    say(
        f"Next: go into {folder}, read {PROTOCOL_FILE}, then `greysift people add NAME --role owner` and `greysift serve`."
    )


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init")(init)
