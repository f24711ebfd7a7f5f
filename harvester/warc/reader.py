"""Reading WARC files back: captures, bodies, and whose run a file is."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from corpus.vocabulary.harvest import CaptureFact
from harvester.warc.members import Member, TornTailError, WarcError, iter_members, member_at
from harvester.warc.places import Place
from harvester.warc.records import (
    Headers,
    ParsedRecord,
    kept_headers,
    parse_fields,
    parse_record,
    split_http_block,
)

PROBE = "probe"
"""How a recording says in its warcinfo that it is that of a probe."""
OPEN_SUFFIX = ".open"
_PLAIN = frozenset({"conversion", "resource"})
"""Records whose block is the document itself, with no HTTP about it."""
CAPTURES = _PLAIN | {"response", "revisit"}
_MAX_REVISITS = 16


@dataclass(frozen=True, slots=True)
class Captured:
    """A capture in a WARC file; ``kind`` is its WARC record type.

    ``refers_to`` is (record id, file name, offset) of the record that holds the body, for a revisit.
    """

    fact: CaptureFact
    kind: str
    refers_to: tuple[str, str, int | None] | None = None


@dataclass(frozen=True, slots=True)
class FailureNote:
    """A request that brought no response: why, whether another day may do better, and whether no other try was made."""

    url: str
    reason: str
    is_transient: bool
    is_given_up: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """That a crawl was ended before it was through: why, how far it had come, and what it had tallied by then.

    ``records`` are the digests of the keys of the records that it had got. Without a reason it says that a crawl of which
    this was said has come to its end all the same.
    """

    why: str
    records: bytes
    tallies: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the server said: status, headers and decoded body; a 304 is shown as the answer it confirms."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """Whose run a WARC file is.

    ``uid`` comes from its warcinfo, else from its SHA-256. The rest is as the writing run said it.
    """

    uid: UUID
    source: str | None = None
    strategy: Mapping[str, object] = field(default_factory=dict)
    declaration: Mapping[str, object] | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    begun_at: datetime | None = None
    is_probe: bool = False


def existing(path: Path) -> Path:
    """Return ``path``, or the name it has while its run is still writing it."""
    unfinished = path.with_name(path.name + OPEN_SUFFIX)
    return unfinished if not path.exists() and unfinished.exists() else path


def run_files(directory: Path, run_uid: UUID) -> list[Path]:
    """Return the files of one run in order, the one still being written included."""
    return sorted(
        [*directory.glob(f"{run_uid}-*.warc.gz"), *directory.glob(f"{run_uid}-*.warc.gz{OPEN_SUFFIX}")]
    )


def read_entries(path: Path) -> Iterator[Captured | FailureNote | Stopped]:
    """Yield what a file holds, in order.

    Raises
    ------
    TornTailError
        At the end of a finished file that was cut short. A file still being written just ends.
    WarcError
        When the file is missing or damaged.
    """
    path = existing(path)
    for member, record in _records(path):
        if record.type in CAPTURES:
            if record.type in _PLAIN or "application/http" in record.headers.get("content-type", ""):
                yield captured(path, member, record)
        elif record.type == "metadata":
            fields = parse_fields(record.block)
            if "greysift-stopped" in fields:
                yield _stopped_of(fields["greysift-stopped"], where=f"{path.name} at byte {member.offset}")
            if "greysift-not-fetched" in fields:
                yield FailureNote(
                    url=record.headers.get("warc-target-uri", ""),
                    reason=fields["greysift-not-fetched"],
                    is_transient=fields.get("greysift-transient") == "yes",
                    is_given_up=fields.get("greysift-given-up") == "yes",
                )


def bodies_elsewhere(path: Path) -> frozenset[str]:
    """Return the names of the other files in which bodies of a file's revisits lie; errors as :func:`read_entries`."""
    named = (
        e.refers_to[1] for e in read_entries(path) if isinstance(e, Captured) and e.refers_to is not None
    )
    return frozenset(Path(name).name for name in named) - {path.name.removesuffix(OPEN_SUFFIX), path.name}


def read_captures(path: Path) -> Iterator[CaptureFact]:
    """Yield the captures of a file in order; errors as :func:`read_entries`."""
    return (entry.fact for entry in read_entries(path) if isinstance(entry, Captured))


def read_body(path: Path, offset: int) -> bytes:
    """Return the decoded body of the capture at ``offset`` bytes, following a revisit within the folder.

    Raises
    ------
    WarcError
        When there is no such capture, or the record that holds its body is not in the folder.
    """
    return read_exchange(path, offset).body


def read_exchange(path: Path, offset: int) -> Exchange:
    """Return status, headers and decoded body of the capture at ``offset`` bytes; errors as :func:`read_body`."""
    return read_capture(path, offset)[1]


def read_capture(path: Path, offset: int) -> tuple[CaptureFact, Exchange]:
    """Return the capture at ``offset`` bytes and what it holds; errors as :func:`read_body`."""
    first, holder, body = _resolved(path, offset)
    if first == holder or first.status != 304:
        return first, Exchange(status=first.status, headers=first.headers, body=body)
    fresh = {name.lower() for name, _ in first.headers}
    confirmed = (pair for pair in holder.headers if pair[0].lower() not in fresh)
    return first, Exchange(status=holder.status, headers=(*confirmed, *first.headers), body=body)


def holder_of(place: Place, *, directory: Path) -> CaptureFact:
    """Return the capture whose record holds a capture's body: itself, or the one that a revisit refers to."""
    return _resolved(directory / place.warc_file, place.warc_offset)[1]


def run_of(path: Path) -> RecordedRun:
    """Return whose run a file is.

    Raises
    ------
    WarcError
        When the file is missing or its first record is damaged.
    """
    path = existing(path)
    _, record = next(_records(path), (None, None))
    fields = parse_fields(record.block) if record is not None and record.type == "warcinfo" else {}
    if "greysift-run" in fields:
        try:
            return RecordedRun(
                uid=UUID(fields["greysift-run"]),
                source=fields.get("greysift-source"),
                strategy=json.loads(fields.get("greysift-strategy", "{}")),
                declaration=json.loads(fields.get("greysift-declaration", "null")),
                versions=json.loads(fields.get("greysift-versions", "{}")),
                begun_at=datetime.fromisoformat(begun) if (begun := fields.get("greysift-begun")) else None,
                is_probe=fields.get("greysift-channel") == PROBE,
            )
        except ValueError as error:
            raise WarcError(f"{path.name}: what it says of its run makes no sense ({error}).") from error
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return RecordedRun(uid=uuid5(NAMESPACE_URL, f"urn:sha256:{digest}"))


def _records(path: Path) -> Iterator[tuple[Member, ParsedRecord]]:
    try:
        with path.open("rb") as stream:
            for member in iter_members(stream, name=path.name):
                yield member, parse_record(member.data, where=f"{path.name} at byte {member.offset}")
    except TornTailError:
        if not path.name.endswith(OPEN_SUFFIX):
            raise
    except OSError as error:
        raise WarcError(f"{path.name} cannot be read: {error.strerror}.") from error


def _resolved(path: Path, offset: int) -> tuple[CaptureFact, CaptureFact, bytes]:
    """Return the capture at a place, the one that holds its body, and the body."""
    path = existing(path)
    first, record = _capture_at(path, offset)
    holder = first
    for _ in range(_MAX_REVISITS):
        if holder.kind != "revisit":
            break
        wanted = (holder.refers_to or ("",))[0]
        path, offset = _place_of_original(path, holder)
        holder, record = _capture_at(path, offset)
        if holder.fact.record_id != wanted:
            raise WarcError(
                f"{path.name}: the record at byte {offset} is not {wanted}, which a revisit refers to."
            )
    else:
        raise WarcError(f"{path.name}: the revisits from byte {offset} lead nowhere.")
    if first.fact.body_sha256 != holder.fact.body_sha256:
        raise WarcError(
            f"{path.name}: the record at byte {offset} does not hold the body that a revisit refers to."
        )
    return first.fact, holder.fact, record.body


def _capture_at(path: Path, offset: int) -> tuple[Captured, ParsedRecord]:
    member = member_at(path, offset)
    record = parse_record(member.data, where=f"{path.name} at byte {offset}")
    if record.type not in CAPTURES:
        raise WarcError(f"{path.name}: the record at byte {offset} is no capture but a {record.type}.")
    return captured(path, member, record), record


def _stopped_of(said: str, *, where: str) -> Stopped:
    try:
        told = json.loads(said)
        return Stopped(told["why"], bytes.fromhex(told["records"]), told["tallies"])
    except (KeyError, TypeError, ValueError) as error:
        raise WarcError(f"{where}: what it says of the crawl's end makes no sense ({error}).") from error


def captured(path: Path, member: Member, record: ParsedRecord) -> Captured:
    """Return the capture that a record of a file is."""
    try:
        return _capture_of(path, member, record)
    except (KeyError, ValueError) as error:
        raise WarcError(
            f"{path.name} at byte {member.offset}: a field is missing or wrong ({error})."
        ) from error


def _capture_of(path: Path, member: Member, record: ParsedRecord) -> Captured:
    headers = record.headers
    sha256, size = hashlib.sha256(record.body).hexdigest(), len(record.body)
    refers_to = None
    http_headers: tuple[tuple[str, str], ...]
    if record.type == "revisit":
        sha256 = headers.get("warc-payload-digest", "").removeprefix("sha256:")
        size = int(headers.get("greysift-payload-length", "0"))
        at = headers.get("warc-refers-to-file-offset")
        file_name = headers.get("warc-refers-to-filename", path.name)
        refers_to = (_bare(headers.get("warc-refers-to", "")), file_name, None if at is None else int(at))
    if record.type in _PLAIN:
        status, http_headers = 200, (("Content-Type", headers.get("content-type", "")),)
    else:
        status, pairs = _status_and_headers(path, member, record)
        http_headers = kept_headers(pairs, length=None if status == 304 else size)
    fact = CaptureFact(
        record_id=_bare(headers["warc-record-id"]),
        url=_bare(headers["warc-target-uri"]),
        status=status,
        headers=http_headers,
        body_sha256=sha256,
        body_size=size,
        fetched_at=datetime.fromisoformat(headers["warc-date"]),
        warc_file=path.name.removesuffix(OPEN_SUFFIX),
        warc_offset=member.offset,
    )
    return Captured(fact=fact, kind=record.type, refers_to=refers_to)


def _status_and_headers(path: Path, member: Member, record: ParsedRecord) -> tuple[int, Headers]:
    start_line, pairs = split_http_block(record.block)
    words = start_line.split()
    if len(words) < 2 or not words[1].isdigit():
        raise WarcError(f"{path.name} at byte {member.offset}: {start_line!r} is no HTTP answer.")
    return int(words[1]), pairs


def _place_of_original(path: Path, revisit: Captured) -> tuple[Path, int]:
    record_id, file_name, offset = revisit.refers_to or ("", path.name, None)
    target = existing(path.with_name(Path(file_name).name))
    if offset is not None:
        return target, offset
    for entry in read_entries(target):
        if isinstance(entry, Captured) and entry.fact.record_id == record_id:
            return target, entry.fact.warc_offset
    raise WarcError(f"{path.name}: the record {record_id} that a revisit refers to is not in {target.name}.")


def _bare(identifier: str) -> str:
    return identifier.removeprefix("<").removesuffix(">")
