"""Where a workspace keeps its things. Standard library only: the settings read it."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

PROTOCOL_FILE = "review.toml"
DATA_FOLDER = "var"


def find_workspace(start: Path) -> Path | None:
    """Return the nearest folder at or above ``start`` that holds a protocol file."""
    for folder in (start, *start.parents):
        if (folder / PROTOCOL_FILE).is_file():
            return folder
    return None


def data_dir(environ: Mapping[str, str], start: Path) -> Path:
    """Return where database, captures and blobs lie.

    ``GREYSIFT_DATA_DIR`` counts first, so that several reviews may share one corpus; then ``var`` of the
    workspace that ``start`` lies in; then ``var`` of ``start``.
    """
    if given := environ.get("GREYSIFT_DATA_DIR"):
        return Path(given).expanduser().resolve()
    return (find_workspace(start) or start) / DATA_FOLDER


def models_dir(environ: Mapping[str, str]) -> Path:
    """Return where the models lie that ship."""
    return Path(environ.get("GREYSIFT_MODELS_DIR") or Path(__file__).resolve().parent.parent / "models")


def secret_key(folder: Path) -> str:
    """Return the installation's secret, made at first use and readable by its owner only."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".secret-key-{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # whoever links first wins: two processes never disagree
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
