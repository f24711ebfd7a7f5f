"""``greysift doctor``: what is missing, and how to get it."""

import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Annotated

import typer

from greysift.cli.output import emit_json, say, table
from greysift.workspace import find_workspace


def _check_python() -> tuple[bool, str]:
    return sys.version_info[:2] == (3, 11), f"{sys.version.split()[0]} (3.11 is needed)"


def _check_sqlite() -> tuple[bool, str]:
    return sqlite3.sqlite_version_info >= (3, 37), f"{sqlite3.sqlite_version} (3.37 or newer is needed)"


def _check_chromium() -> tuple[bool, str]:
    path = Path("/usr/bin/chromium")
    return path.exists(), str(path) if path.exists() else "for the browser tests: apt-get install chromium"


def _check_postgresql() -> tuple[bool, str]:
    servers = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = servers[-1] if servers else shutil.which("initdb")
    return bool(found), str(found or "for teams, and the tests on it: apt-get install postgresql")


def _check_tesseract() -> tuple[bool, str]:
    from harvester.extraction.recognition import tesseract

    version = tesseract.version()
    if version is None:
        return False, "for scanned pages: apt-get install tesseract-ocr"
    languages = tesseract.languages()
    more = "" if len(languages) > 1 else "; for scans in Welsh also: apt-get install tesseract-ocr-cym"
    return True, f"{version}, reads {', '.join(languages)}{more}"


def _check_model() -> tuple[bool, str]:
    from classifier.registry import list_versions, load_artefact
    from corpus.vocabulary.errors import GreysiftError
    from greysift.jobs.registry import model_roots

    try:
        versions = [v.version for v in list_versions(model_roots(), task="eligibility")]
        for version in versions:
            load_artefact(version, task="eligibility", roots=model_roots())
    except GreysiftError as error:
        return False, f"{error} – get the folder `models` again (git checkout -- models)"
    if not versions:
        return (
            False,
            f"none in {model_roots()[0]} – get the folder `models` of the project, or set GREYSIFT_MODELS_DIR",
        )
    return True, ", ".join(versions)


def _check_database() -> tuple[bool, str]:
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    if connection.vendor == "sqlite" and not Path(settings.DATA_DIR).exists():
        return (
            True,
            "none yet: there is no workspace here; `greysift init DIR --protocol care-leavers` makes one",
        )
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        return False, f"{error} – see GREYSIFT_DATABASE_URL"
    state = f"{len(pending)} migrations to apply (any command applies them)" if pending else "up to date"
    return True, f"{connection.vendor}, {state}"


def _check_documents() -> tuple[bool, str]:
    from django.conf import settings
    from django.db import connection
    from django.db.utils import DatabaseError

    from corpus.selectors.extraction import extraction_counts, extraction_failures

    if connection.vendor == "sqlite" and not Path(settings.DATA_DIR).exists():
        return True, "none yet"
    try:
        read, failed = extraction_counts().get("done", 0), extraction_failures()
    except DatabaseError:  # the check of the database says what is the matter
        return True, "not counted: the database is not ready"
    aside = f", {len(failed)} set aside, e.g. {failed[-1][0][:12]}: {failed[-1][1]}" if failed else ""
    how = (
        " – `greysift extract` lists them, `greysift extract --again all` tries them again" if failed else ""
    )
    return not failed, f"{read} read{aside}{how}"


def _check_storage() -> tuple[bool, str]:
    from django.conf import settings

    folder = Path(settings.DATA_DIR)
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    free = shutil.disk_usage(existing).free / 1024**3
    return free > 1, f"{folder}, {free:.0f} GiB free"


NEEDED = {
    "Python": _check_python,
    "SQLite": _check_sqlite,
    "storage": _check_storage,
    "database": _check_database,
    "model": _check_model,
}
OPTIONAL = {
    "documents": _check_documents,
    "tesseract": _check_tesseract,
    "chromium": _check_chromium,
    "PostgreSQL server": _check_postgresql,
}


def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Say what is missing here and how to get it. Exit status 1 when something needed is missing."""
    import os

    if "GREYSIFT_DATA_DIR" not in os.environ and find_workspace(Path.cwd()) is None:
        os.environ.setdefault("GREYSIFT_SECRET_KEY", "for this look only")  # so that nothing is written here
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greysift.settings")
    import django

    django.setup()
    rows = [
        (name, is_needed, *check())
        for checks, is_needed in ((NEEDED, True), (OPTIONAL, False))
        for name, check in checks.items()
    ]
    is_well = all(is_found for _, is_needed, is_found, _ in rows if is_needed)
    if as_json:
        emit_json(
            {"well": is_well, "checks": {n: {"needed": d, "found": f, "say": s} for n, d, f, s in rows}}
        )
    else:
        words = {
            (True, True): "well",
            (True, False): "MISSING",
            (False, True): "well",
            (False, False): "optional",
        }
        table("What Greysift needs", ["part", "state", "found"], [(n, words[d, f], s) for n, d, f, s in rows])
        say("All that is needed is here." if is_well else "Something needed is missing; see the table.")
    if not is_well:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)
