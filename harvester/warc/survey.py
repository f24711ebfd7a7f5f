"""What a finished WARC file holds, every digest in it checked."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.vocabulary.harvest import CaptureFact
from harvester.warc.members import WarcError, iter_members
from harvester.warc.places import Place
from harvester.warc.reader import Captured, captured, holder_of
from harvester.warc.records import ParsedRecord, parse_record

_CAPTURES = {"response", "revisit", "conversion"}


@dataclass(frozen=True, slots=True)
class FileSurvey:
    """A file's records by type, its captures by identity, and the other files in which bodies of its revisits lie."""

    records: Mapping[str, int]
    captures: Mapping[str, CaptureFact]
    bodies_in: frozenset[str]


def survey(path: Path) -> FileSurvey:
    """Read a whole file and check it: each body has its digest, each revisit's body is where it says.

    Raises
    ------
    WarcError
        When the file is damaged or cut short, a digest is wrong, or a revisit's body is not in the folder.
    """
    records: Counter[str] = Counter()
    captures: dict[str, CaptureFact] = {}
    bodies_in: set[str] = set()
    try:
        with path.open("rb") as stream:
            for member in iter_members(stream, name=path.name):
                record = parse_record(member.data, where=f"{path.name} at byte {member.offset}")
                records[record.type] += 1
                if record.type not in _CAPTURES:
                    continue
                found = captured(path, member, record)
                captures[found.fact.record_id] = found.fact
                _check_digest(path, found, record)
                if found.kind == "revisit":
                    bodies_in.add(holder_of(Place.of(found.fact), directory=path.parent).warc_file)
    except OSError as error:
        raise WarcError(f"{path.name} cannot be read: {error.strerror}.") from error
    return FileSurvey(dict(sorted(records.items())), captures, frozenset(bodies_in - {path.name}))


def _check_digest(path: Path, found: Captured, record: ParsedRecord) -> None:
    said = record.headers.get("warc-payload-digest", "").partition(":")
    if found.kind == "revisit" or said[0] != "sha256":
        return
    if hashlib.sha256(record.body).hexdigest() != said[2]:
        raise WarcError(
            f"{path.name}: the body of the record at byte {found.fact.warc_offset} has not the digest it should have."
        )
