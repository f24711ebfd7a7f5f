"""Writing WARC files: whole gzip members, synced many at a time before anyone is told of them."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from uuid import NAMESPACE_URL, UUID, uuid5

from corpus.vocabulary.harvest import CaptureFact
from harvester.digests import Digests
from harvester.warc.lock import RunLock
from harvester.warc.open_file import OpenFile
from harvester.warc.places import Place, Places
from harvester.warc.reader import (
    OPEN_SUFFIX,
    PROBE,
    Captured,
    FailureNote,
    Stopped,
    holder_of,
    read_entries,
    run_files,
)
from harvester.warc.records import (
    FIELDS,
    HTTP_REQUEST,
    HTTP_RESPONSE,
    IDENTICAL_PAYLOAD,
    SERVER_NOT_MODIFIED,
    Headers,
    build_member,
    fields_block,
    http_block,
    kept_headers,
    new_id,
    status_line,
    warc_date,
)

ROTATE_AT = 1 << 30


@dataclass(frozen=True, slots=True)
class ReceivedResponse:
    """One answer as it came, its body decoded; ``request_headers`` are those that were sent."""

    url: str
    status: int
    headers: Headers
    body: bytes
    request_line: str
    request_headers: Headers
    fetched_at: datetime


class WarcWriter:
    """The WARC files of one run.

    A file is called ``<run uid>-00000.warc.gz.open`` while it grows and loses the suffix when it is finished. Opening
    the same run again cuts a torn tail back to the last whole member and goes on. A body is stored once: a second
    one with the same hash becomes a revisit record.

    Parameters
    ----------
    directory
        Where the files lie; made if missing.
    run_uid
        Whose files they are.
    source, strategy, declaration, is_probe, versions
        Written into each file's warcinfo record, so that a file tells what it is without a database.
    begun_at
        When the run was begun, before anything was asked; written there too.
    rotate_at
        Size in bytes above which the next file is begun.
    tell
        Called with what earlier attempts at the run wrote, in its order.

    Raises
    ------
    BusyError
        When another live process writes this run.
    WarcError
        When a file of this run is damaged other than at its end.
    """

    def __init__(
        self,
        directory: Path,
        *,
        run_uid: UUID,
        source: str,
        strategy: Mapping[str, object],
        declaration: Mapping[str, object] | None = None,
        is_probe: bool = False,
        versions: Mapping[str, str],
        begun_at: datetime | None = None,
        rotate_at: int = ROTATE_AT,
        tell: Callable[[Captured | FailureNote | Stopped], None] = lambda _: None,
    ) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory, self._run_uid, self._rotate_at = directory, run_uid, rotate_at
        self._info = {
            "software": f"Greysift/{versions.get('greysift', '?')}",
            "format": "WARC File Format 1.1",
            "robots": "obey",
            "greysift-run": str(run_uid),
            "greysift-source": source,
            "greysift-strategy": json.dumps(strategy, sort_keys=True),
            "greysift-declaration": json.dumps(declaration, sort_keys=True),
            "greysift-versions": json.dumps(versions, sort_keys=True),
        }
        if begun_at is not None:
            self._info["greysift-begun"] = begun_at.isoformat()
        if is_probe:
            self._info["greysift-channel"] = PROBE
        self._lock = RunLock(directory / f"{run_uid}.lock")
        self._file: OpenFile | None = None
        self._originals, self._originals_at = Digests(), Places()
        try:
            self._recover(tell)
        except BaseException:
            self._lock.release(forget=False)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.close(is_complete=kind is None)

    def append(self, received: ReceivedResponse, *, confirms: CaptureFact | None = None) -> CaptureFact:
        """Write one request and its response; readers see them, :meth:`sync` makes them last.

        Parameters
        ----------
        received
            The answer.
        confirms
            The earlier capture that a 304 confirms, or that may hold the same body. Its file is in the same folder.
        """
        digest, size = hashlib.sha256(received.body).digest(), len(received.body)
        sha256 = digest.hex()
        headers = kept_headers(received.headers, length=None if received.status == 304 else size)
        original, profile = None, IDENTICAL_PAYLOAD
        if received.status == 304 and confirms is not None:
            original, profile = holder_of(Place.of(confirms), directory=self._directory), SERVER_NOT_MODIFIED
            sha256, size = original.body_sha256, original.body_size
        elif size:
            known = self._original(digest)
            if known is None and confirms is not None and confirms.body_sha256 == sha256:
                known = Place.of(confirms)
            original = known and holder_of(known, directory=self._directory)
        record_id = new_id()
        date = warc_date(received.fetched_at)
        common = [("WARC-Target-URI", received.url), ("WARC-Date", date)]
        request = build_member(
            "request",
            headers=[
                ("WARC-Record-ID", f"<{new_id()}>"),
                ("WARC-Concurrent-To", f"<{record_id}>"),
                *common,
                ("Content-Type", HTTP_REQUEST),
            ],
            block=http_block(received.request_line, headers=received.request_headers),
        )
        fields = [
            ("WARC-Record-ID", f"<{record_id}>"),
            *common,
            ("WARC-Payload-Digest", f"sha256:{sha256}"),
            ("Content-Type", HTTP_RESPONSE),
        ]
        if original is not None:
            fields += [
                ("WARC-Profile", profile),
                ("WARC-Refers-To", f"<{original.record_id}>"),
                ("WARC-Refers-To-Target-URI", original.url),
                ("WARC-Refers-To-Date", warc_date(original.fetched_at)),
                ("WARC-Refers-To-File-Offset", str(original.warc_offset)),
                ("Greysift-Payload-Length", str(size)),
            ]
            if (
                original.warc_file != self._current().final_name
            ):  # unnamed, it outlives a change of the file's name
                fields.append(("WARC-Refers-To-Filename", original.warc_file))
        response = build_member(
            "response" if original is None else "revisit",
            headers=fields,
            block=http_block(status_line(received.status), headers=headers),
            body=b"" if original is not None else received.body,
        )
        file_name, offset = self._write(request, response)
        fact = CaptureFact(
            record_id=record_id,
            url=received.url,
            status=received.status,
            headers=headers,
            body_sha256=sha256,
            body_size=size,
            fetched_at=received.fetched_at,
            warc_file=file_name,
            warc_offset=offset,
        )
        if original is None:
            self._note_original(digest, fact)
        return fact

    def append_conversion(self, body: bytes, *, of: CaptureFact, url: str, media_type: str) -> CaptureFact:
        """Write a document that was taken out of another capture (a page's text out of JSON).

        Its identity follows from the capture's, so that doing it again changes nothing.
        """
        return self._append_plain(
            "conversion",
            body,
            record_id=self.conversion_id(of, media_type=media_type),
            refers_to=[("WARC-Refers-To", f"<{of.record_id}>")],
            url=url,
            media_type=media_type,
            at=of.fetched_at,
        )

    def append_resource(self, body: bytes, *, url: str, media_type: str, at: datetime) -> CaptureFact:
        """Write a document that no server was asked for: it was handed over.

        Its identity follows from the run's and its own bytes, so that doing it again changes nothing.
        """
        name = f"{self._run_uid} resource {hashlib.sha256(body).hexdigest()}"
        record_id = uuid5(NAMESPACE_URL, name).urn
        return self._append_plain(
            "resource", body, record_id=record_id, refers_to=[], url=url, media_type=media_type, at=at
        )

    def _append_plain(
        self,
        kind: str,
        body: bytes,
        *,
        record_id: str,
        refers_to: list[tuple[str, str]],
        url: str,
        media_type: str,
        at: datetime,
    ) -> CaptureFact:
        """Write a record whose block is the document itself."""
        sha256 = hashlib.sha256(body).hexdigest()
        member = build_member(
            kind,
            headers=[
                ("WARC-Record-ID", f"<{record_id}>"),
                *refers_to,
                ("WARC-Target-URI", url),
                ("WARC-Date", warc_date(at)),
                ("WARC-Payload-Digest", f"sha256:{sha256}"),
                ("Content-Type", media_type),
            ],
            block=body,
        )
        file_name, offset = self._write(member)
        return CaptureFact(
            record_id=record_id,
            url=url,
            status=200,
            headers=(("Content-Type", media_type),),
            body_sha256=sha256,
            body_size=len(body),
            fetched_at=at,
            warc_file=file_name,
            warc_offset=offset,
        )

    @staticmethod
    def conversion_id(of: CaptureFact, *, media_type: str) -> str:
        """Return the identity that a document taken out of a capture has."""
        return uuid5(NAMESPACE_URL, f"{of.record_id} as {media_type}").urn

    def append_failure(self, note: FailureNote, *, at: datetime) -> None:
        """Write that a request brought no response, so that a replay meets the same failure."""
        fields = {
            "greysift-not-fetched": note.reason,
            "greysift-transient": "yes" if note.is_transient else "no",
            "greysift-given-up": "yes" if note.is_given_up else "no",
        }
        headers = [
            ("WARC-Record-ID", f"<{new_id()}>"),
            ("WARC-Target-URI", note.url),
            ("WARC-Date", warc_date(at)),
            ("Content-Type", FIELDS),
        ]
        self._write(build_member("metadata", headers=headers, block=fields_block(fields)))

    def append_stopped(self, stopped: Stopped, *, at: datetime) -> None:
        """Write that the crawl was ended before it was through, and how far it had come: no replay could tell it else."""
        told = {"why": stopped.why, "records": stopped.records.hex(), "tallies": stopped.tallies}
        fields = {"greysift-stopped": json.dumps(told, sort_keys=True)}
        headers = [
            ("WARC-Record-ID", f"<{new_id()}>"),
            ("WARC-Target-URI", f"urn:uuid:{self._run_uid}"),
            ("WARC-Date", warc_date(at)),
            ("Content-Type", FIELDS),
        ]
        self._write(build_member("metadata", headers=headers, block=fields_block(fields)))

    def sync(self) -> None:
        """Bring everything written before this call onto the disk; another thread may write meanwhile.

        Nobody is told of a capture before this has been done.
        """
        if (file := self._file) is not None:
            file.sync()

    def close(self, *, is_complete: bool) -> None:
        """Close; a complete run's file gets its final name, any other stays open for the next attempt."""
        if self._file is not None:
            self._file.close(is_finished=is_complete)
            self._file = None
        self._lock.release(forget=is_complete)

    def _recover(self, tell: Callable[[Captured | FailureNote | Stopped], None]) -> None:
        for path in run_files(self._directory, self._run_uid):
            if path.name.endswith(OPEN_SUFFIX):
                self._file = OpenFile.resume(path)
            for entry in read_entries(path):
                if isinstance(entry, Captured) and entry.kind == "response":
                    self._note_original(bytes.fromhex(entry.fact.body_sha256), entry.fact)
                tell(entry)

    def _original(self, digest: bytes) -> Place | None:
        """Return where a body lies, by its SHA-256."""
        number = self._originals.get(digest)
        return None if number is None else self._originals_at[number]

    def _note_original(self, digest: bytes, fact: CaptureFact) -> None:
        if digest not in self._originals:
            self._originals[digest] = self._originals_at.add(Place.of(fact))

    def _current(self) -> OpenFile:
        """Return the file that is written to next."""
        if self._file is not None and self._file.size >= self._rotate_at:
            self._file.close(is_finished=True)
            self._file = None
        if self._file is None:
            number = len(run_files(self._directory, self._run_uid))
            name = f"{self._run_uid}-{number:05}.warc.gz{OPEN_SUFFIX}"
            self._file = OpenFile.begin(self._directory / name)
        return self._file

    def _write(self, *members: bytes) -> tuple[str, int]:
        """Append members; return the file's final name and where the last member begins."""
        file = self._current()
        if not file.size:
            members = (self._warcinfo(file), *members)
        file.append(b"".join(members))
        return file.final_name, file.size - len(members[-1])

    def _warcinfo(self, file: OpenFile) -> bytes:
        headers = [
            ("WARC-Record-ID", f"<{new_id()}>"),
            ("WARC-Filename", file.final_name),
            ("WARC-Date", warc_date(datetime.now(UTC))),
            ("Content-Type", FIELDS),
        ]
        return build_member("warcinfo", headers=headers, block=fields_block(self._info))
