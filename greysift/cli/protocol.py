"""``greysift protocol``: protocol files in, out, and checked."""

import os
from pathlib import Path
from typing import Annotated

import typer

from corpus.vocabulary.errors import WorkspaceError
from greysift.cli.corpus_access import open_corpus
from greysift.cli.output import emit_json, read_text, said, say, warn
from greysift.workspace import PROTOCOL_FILE, data_dir, find_workspace

group = typer.Typer(no_args_is_help=True, help="Protocol files in, out, and checked.")
File = Annotated[Path | None, typer.Argument(help="A protocol file; else the workspace's review.toml.")]


def _read(file: Path | None) -> tuple[Path, str]:
    workspace = find_workspace(Path.cwd())
    path = file or (workspace / PROTOCOL_FILE if workspace else None)
    if path is None or not path.is_file():
        raise WorkspaceError(f"there is no protocol file {path or PROTOCOL_FILE} here; name one")
    return path, read_text(path)


def note_undeclared(document: str, sources: tuple[str, ...], *, name: str) -> list[str]:
    """Note the sources of a protocol that nobody has declared yet, each with its line."""
    from greysift.jobs.declared import undeclared

    notes = undeclared(document, sources, name=name, data_dir=data_dir(os.environ, Path.cwd()))
    for note in notes:
        warn(note)
    return notes


@group.command()
def check(
    file: File = None, *, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Say whether a protocol file is right; errors name key and line."""
    from corpus.protocol import parse_protocol

    path, document = _read(file)
    protocol = parse_protocol(document, name=str(path))
    notes = note_undeclared(document, protocol.sources, name=str(path))
    if as_json:
        emit_json({"file": str(path), "review": protocol.slug, "notes": notes})
        return
    say(
        f"{path} is right: review {protocol.slug}, {len(protocol.criteria)} criteria, {len(protocol.reasons)} reasons."
    )


@group.command("import")
def import_file(
    file: File = None,
    *,
    why: Annotated[str, typer.Option(help="Why it changed; kept with the version.", callback=said)],
) -> None:
    """Take a protocol file up as the review's newest version, and show what changed."""
    from corpus.protocol import parse_protocol

    path, document = _read(file)
    protocol = parse_protocol(document, name=str(path))
    note_undeclared(document, protocol.sources, name=str(path))
    open_corpus()
    from django.utils import timezone

    from greysift.jobs.protocols import take_up_protocol

    review, difference = take_up_protocol(document, at=timezone.now(), by=None, why=why, name=str(path))
    say(difference or f"Nothing changed in review {review.slug}.")


@group.command("export")
def export_file(review: Annotated[str | None, typer.Option(help="Which review.")] = None) -> None:
    """Print the newest version of a review's protocol."""
    open_corpus()
    from corpus.selectors.reviews import protocol_version, review_by_slug

    typer.echo(protocol_version(review_by_slug(review)).document, nl=False)


def add_to(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="protocol")
