"""Commands whose names are fixed and whose work is still to come. None of them pretends."""

import typer

from greysift.cli.output import complain

NOT_AVAILABLE = 3

COMING = {
    "search": "Run a Boolean and proximity strategy over the corpus.",
    "dedupe": "Propose report families for people to confirm.",
    "tag": "Suggest domains, barriers and facilitators.",
    "worker": "Background jobs.",
    "prisma": "PRISMA flow diagram.",
    "report": "Search log, tables, methods text.",
    "backup": "Back the installation up.",
    "restore": "Restore a backup.",
    "replay": "Rebuild a ranking from its decision log.",
    "erase": "Remove a report, capture or person.",
}


def refuse(name: str) -> None:
    """Say that a command is not available yet, and exit with the status that says so."""
    complain(f"`greysift {name}` is not available yet")
    raise typer.Exit(NOT_AVAILABLE)


def add_to(app: typer.Typer) -> None:
    """Add every command that is still to come."""
    for name, purpose in COMING.items():
        _add(app, name, purpose)


def _add(app: typer.Typer, name: str, purpose: str) -> None:
    settings = {"ignore_unknown_options": True, "allow_extra_args": True}

    @app.command(name, help=f"{purpose} (Not available yet.)", context_settings=settings)
    def command(context: typer.Context) -> None:
        refuse(name)
