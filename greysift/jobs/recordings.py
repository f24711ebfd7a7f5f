"""Recorded crawls, in and out: whole WARC files, and with them whatever files their revisits need."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from corpus.selectors.recordings import places_in, run_of_file, runs_to_export, warc_files_of
from corpus.selectors.sources import run_by_uid, source_by_slug
from corpus.vocabulary.errors import SourceError, WorkspaceError
from greysift.jobs.bodies import OPEN_SUFFIX, warc_dir
from harvester.job import versions
from harvester.warc import FileSurvey, WarcError, bodies_elsewhere, run_files, run_of, survey

if TYPE_CHECKING:
    from corpus.models import SearchRun

MANIFEST = "manifest.json"


@dataclass(slots=True)
class Exported:
    """What an export came to: the manifest's lines on files, what was left out and why, what is wrong."""

    files: list[dict[str, object]] = field(default_factory=list)
    left_out: list[dict[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def export_warc(
    folder: Path,
    *,
    sources: Collection[str] = (),
    uids: Collection[str] = (),
    as_links: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Export the finished WARC files of some runs, and whatever files their revisits need.

    Parameters
    ----------
    folder
        Where to; made if missing. A file that is there already and is the same stays.
    sources, uids
        Whose; all runs when neither is named.
    as_links
        Make hard links instead of copies: no space is used, but who changes them changes the corpus's own.
    progress
        Called with (files done, files in all).

    Raises
    ------
    SourceError
        When a source or run is unknown, or there is nothing to export.
    WorkspaceError
        When the folder cannot be written, or holds another file of the same name.
    """
    done = Exported()
    waiting = dict.fromkeys(name for run in _runs(sources, uids) for name in _names_of(run, done))
    if not waiting and not done.left_out:
        raise SourceError("there is nothing to export: no run has recorded anything yet")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        asked, needed_by = set(waiting), dict[str, list[str]]()
        number = 0
        while number < len(waiting):
            name = list(waiting)[number]
            number += 1
            for other in _export(name, folder, done, as_links=as_links):
                needed_by.setdefault(other, []).append(name)
                waiting.setdefault(other)
            if progress is not None:
                progress(number, len(waiting))
        for file in done.files:
            name = str(file["name"])
            file["brought_for"] = [] if name in asked else needed_by[name]
        _write_manifest(folder, done)
    except OSError as error:
        raise WorkspaceError(f"{folder} cannot be written: {error.strerror}") from error
    return done


def keep_recording(path: Path, *, uid: UUID) -> Path:
    """Copy a recording into the installation, with the files beside it that it needs; return the copy of ``path``.

    Raises as :func:`check_bodies`.
    """
    folder = warc_dir()
    check_bodies(path, uid=uid)
    folder.mkdir(parents=True, exist_ok=True)
    if path.name.startswith(str(uid)):
        parts = {part: folder / part.name for part in run_files(path.parent, uid)}
        copy = folder / path.name
    else:
        copy = folder / f"{uid}-00000.warc.gz"
        parts = {path: copy}
    for part in parts:
        for name in bodies_elsewhere(part):
            if (beside := path.parent / name).exists():
                _copy(beside, folder / name)
    for part, target in parts.items():
        _copy(part, target)
    return copy


def check_bodies(path: Path, *, uid: UUID) -> None:
    """Look whether all files are there in which bodies of a recording lie, beside it or in the installation.

    Raises
    ------
    SourceError
        When some are not; it names them.
    """
    parts = run_files(path.parent, uid) if path.name.startswith(str(uid)) else [path]
    wanted = {name for part in parts for name in bodies_elsewhere(part)}
    folders = (path.parent, warc_dir())
    missing = sorted(name for name in wanted if not any((folder / name).exists() for folder in folders))
    if missing:
        raise SourceError(
            f"{path.name} confirms files whose bodies lie in recordings that are not here: {', '.join(missing)}; "
            "put them beside it, then replay it again"
        )


def _runs(sources: Collection[str], uids: Collection[str]) -> "list[SearchRun]":
    for slug in sources:
        if source_by_slug(slug) is None:
            raise SourceError(f"no source {slug!r} is known here; `greysift sources list` names them")
    for uid in uids:
        try:
            UUID(uid)
        except ValueError:
            raise SourceError(f"{uid!r} is no run's identity") from None
    runs = runs_to_export(sources=sources, uids=uids)
    if missing := {str(UUID(uid)) for uid in uids} - {str(run.uid) for run in runs}:
        raise SourceError(f"no such run: {', '.join(sorted(missing))}")
    return runs


def _names_of(run: "SearchRun", done: Exported) -> Iterator[str]:
    """Yield a run's finished files; note those that are still written."""
    here = {path.name for path in run_files(warc_dir(), run.uid)}
    for name in sorted({*warc_files_of(run), *(n.removesuffix(OPEN_SUFFIX) for n in here)}):
        if name + OPEN_SUFFIX in here:
            done.left_out.append({"name": name, "why": "its run is not finished; harvest, then export again"})
        else:
            yield name


def _export(name: str, folder: Path, done: Exported, *, as_links: bool) -> frozenset[str]:
    """Export one file; return the others in which bodies of its revisits lie."""
    origin = warc_dir() / name
    try:
        found = survey(origin)
    except WarcError as error:
        done.problems.append(str(error))
        return frozenset()
    done.problems += _misplaced(name, found)
    sha256 = _put(origin, folder / name, as_link=as_links)
    run = run_of_file(name) or run_by_uid(str(run_of(origin).uid))  # a file may hold no capture
    done.files.append(
        {
            "name": name,
            "bytes": origin.stat().st_size,
            "sha256": sha256,
            "run": str(run.uid) if run else None,
            "source": run.source.slug if run else None,
            "channel": run.channel if run else None,
            "status": run.status if run else None,
            "started_at": run.started_at.isoformat() if run else None,
            "records": dict(found.records),
            "captures": len(found.captures),
            "bodies_in": sorted(found.bodies_in),
        }
    )
    return found.bodies_in


def _misplaced(name: str, found: FileSurvey) -> Iterator[str]:
    """Say which rows point to a record that is not where they say."""
    for record_id, place in places_in(name).items():
        fact = found.captures.get(record_id)
        if fact is None or (fact.warc_offset, fact.body_sha256) != (place.offset, place.body_sha256):
            yield f"{name}: the capture {record_id} is not at byte {place.offset}, where the corpus has it."


def _put(origin: Path, target: Path, *, as_link: bool) -> str:
    """Copy or link a file; return its SHA-256."""
    with origin.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if target.exists():
        pass  # checked below, like everything that was put there
    elif as_link:
        os.link(origin, target)
    else:
        _copy(origin, target)
    with target.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise WorkspaceError(f"{target} is there already and is another file: export to an empty folder")
    return sha256


def _copy(origin: Path, target: Path) -> None:
    """Copy a file, whole or not at all; one that is there stays."""
    if target.exists():
        return
    with (
        tempfile.NamedTemporaryFile(dir=target.parent, prefix=".copy-", delete=False) as draft,
        origin.open("rb") as file,
    ):
        shutil.copyfileobj(file, draft)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).chmod(0o644)
    Path(draft.name).replace(target)


def _write_manifest(folder: Path, done: Exported) -> None:
    said = {
        "exported_at": timezone.now().isoformat(),
        "versions": versions(),
        "files": done.files,
        "left_out": done.left_out,
        "problems": done.problems,
    }
    draft = folder / f".{MANIFEST}.draft"
    draft.write_text(json.dumps(said, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    draft.replace(folder / MANIFEST)
