"""A person's word on a run, in a file of its own beside the run's: it comes after the crawl, and its files are finished."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from corpus.vocabulary.harvest import AcceptedAs
from harvester.warc.lock import sync_directory
from harvester.warc.members import WarcError, iter_members
from harvester.warc.reader import run_files
from harvester.warc.records import FIELDS, build_member, fields_block, parse_fields, parse_record, warc_date

_FIELD = "greysift-accepted"


def write_acceptance(directory: Path, *, run_uid: UUID, accepted: AcceptedAs) -> Path | None:
    """Write a word beside a run's files, whole or not at all, and in the place of an earlier one.

    Returns
    -------
    Path or None
        The file; ``None`` where the run has no recording here.
    """
    path = directory / _name(run_uid)
    recorded = [other for other in run_files(directory, run_uid) if other != path]
    if not recorded:
        return None
    told = {
        "why": accepted.why,
        "by": accepted.by,
        "at": accepted.at.isoformat(),
        "drop": accepted.is_drop,
        "shortfall": accepted.is_shortfall,
    }
    word = build_member(
        "metadata",
        headers=[
            ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
            ("WARC-Target-URI", f"urn:uuid:{run_uid}"),
            ("WARC-Date", warc_date(accepted.at)),
            ("Content-Type", FIELDS),
        ],
        block=fields_block({_FIELD: json.dumps(told, sort_keys=True)}),
    )
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as file:
        file.write(_warcinfo_of(recorded[0], name=path.name) + word)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_directory(directory)
    return path


def acceptance_of(directory: Path, run_uid: UUID) -> AcceptedAs | None:
    """Return the word that stands beside a run's files.

    Raises
    ------
    WarcError
        When it makes no sense.
    """
    path = directory / _name(run_uid)
    if not path.exists():
        return None
    with path.open("rb") as stream:
        for member in iter_members(stream, name=path.name):
            record = parse_record(member.data, where=f"{path.name} at byte {member.offset}")
            said = parse_fields(record.block).get(_FIELD) if record.type == "metadata" else None
            if said is not None:
                return _read(said, name=path.name)
    return None


def _name(run_uid: UUID) -> str:
    return f"{run_uid}-accepted.warc.gz"


def _warcinfo_of(path: Path, *, name: str) -> bytes:
    """Return what a run's file says of the run, for another file of it."""
    with path.open("rb") as stream:
        first = parse_record(next(iter_members(stream, name=path.name)).data, where=path.name)
    headers = [
        ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
        ("WARC-Filename", name),
        ("WARC-Date", warc_date(datetime.now(UTC))),
        ("Content-Type", FIELDS),
    ]
    return build_member("warcinfo", headers=headers, block=first.block)


def _read(said: str, *, name: str) -> AcceptedAs:
    try:
        match json.loads(said):
            case {
                "why": str(why),
                "by": str(by),
                "at": str(at),
                "drop": bool(is_drop),
                "shortfall": bool(is_shortfall),
            }:
                return AcceptedAs(why, by, datetime.fromisoformat(at), is_drop, is_shortfall)
    except ValueError as error:
        raise WarcError(f"{name}: what it says of a person's word makes no sense ({error}).") from error
    raise WarcError(f"{name}: what it says of a person's word makes no sense.")
