"""Opening the corpus for a command."""

import os
from pathlib import Path

from corpus.vocabulary.errors import WorkspaceError
from greysift.cli.output import warn
from greysift.workspace import DATA_FOLDER, PROTOCOL_FILE, data_dir, find_workspace, models_dir


def check_workspace(folder: Path) -> None:
    """Refuse a folder that is no workspace, or that the environment contradicts.

    Raises
    ------
    WorkspaceError
        Saying which of the two it is.
    """
    if not (folder / PROTOCOL_FILE).is_file():
        raise WorkspaceError(f"{folder} is no workspace: it holds no {PROTOCOL_FILE}")
    if "GREYSIFT_DATA_DIR" in os.environ:
        raise WorkspaceError("both --workspace and GREYSIFT_DATA_DIR are given; leave one of them out")


def choose_workspace(folder: Path) -> None:
    """Say which workspace the command is about, before anything is read from it."""
    if "GREYSIFT_DATA_DIR" not in os.environ:
        os.environ["GREYSIFT_DATA_DIR"] = str(folder.resolve() / DATA_FOLDER)


def open_corpus(*, new: bool = False) -> None:
    """Set Django up for the chosen workspace and bring its tables up to date.

    Raises
    ------
    WorkspaceError
        When there is no workspace here and none is being made.
    """
    if not new and "GREYSIFT_DATA_DIR" not in os.environ and find_workspace(Path.cwd()) is None:
        raise WorkspaceError(
            "there is no review.toml here or above; make a workspace with "
            "`greysift init DIR --protocol care-leavers`, go into it, or name it with --workspace DIR"
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greysift.settings")
    import django

    django.setup()
    from django.core.management import call_command

    _make_data_dir()
    from django.db.utils import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise WorkspaceError(f"the database cannot be used: {error}; see GREYSIFT_DATABASE_URL") from error


def note_broken_declarations() -> None:
    """Note on standard error which declarations of sources cannot be read, and why; the others stand."""
    from greysift.jobs.sources import declared_now

    for why in declared_now().broken.values():
        warn(f"passed over: {why}")


def _make_data_dir() -> None:
    from django.conf import settings

    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)


def model_folders() -> tuple[Path, ...]:
    """Return where models are looked for, without opening the corpus."""
    return (models_dir(os.environ), data_dir(os.environ, Path.cwd()) / "models")
