"""The text of WARC records: building and taking apart, for the kinds that we write.

Bodies are kept *decoded*: Content-Encoding is undone before a record is written and the headers say so
(``X-Orig-Content-Encoding`` keeps what was sent, ``Content-Length`` counts the decoded bytes). One hash then
serves as payload digest, as the capture's ``body_sha256`` and as the key under which a body is stored once, even
when a server compresses the same file differently each time; and no reader needs a decoder for foreign bytes.
"""

import http.client
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from warcio.recordloader import ArcWarcRecordLoader

from harvester.warc.members import WarcError, compress

VERSION = "WARC/1.1"
SERVER_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

HTTP_RESPONSE = "application/http; msgtype=response"
HTTP_REQUEST = "application/http; msgtype=request"
FIELDS = "application/warc-fields"

Headers = Sequence[tuple[str, str]]

_BLANKS = " \t"  # around a header; the other blanks of Unicode are bytes of its value


@dataclass(frozen=True, slots=True)
class ParsedRecord:
    """A WARC record taken apart: ``headers`` by lower-case name, ``block`` as stored, ``body`` decoded."""

    type: str
    headers: Mapping[str, str]
    block: bytes
    body: bytes


def new_id() -> str:
    """Return a random UUID (version 4) as a URN: what ``uuid4().urn`` is, without an object on the way."""
    digits = os.urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def build_member(kind: str, *, headers: Iterable[tuple[str, str]], block: bytes, body: bytes = b"") -> bytes:
    """Return one WARC record as one gzip member; ``body`` follows the block, and is not copied on the way."""
    fields = [("WARC-Type", kind), *headers, ("Content-Length", str(len(block) + len(body)))]
    lines = [VERSION, *(f"{name}: {value}" for name, value in fields), "", ""]
    return compress("\r\n".join(lines).encode() + block, body, b"\r\n\r\n")


def parse_record(data: bytes, *, where: str) -> ParsedRecord:
    """Take a decompressed member apart.

    Raises
    ------
    WarcError
        When it is not a WARC record; ``where`` is named.
    """
    try:
        raw = ArcWarcRecordLoader().parse_record_stream(BytesIO(data), no_record_parse=True)
        block: bytes = raw.raw_stream.read()
        parsed = ArcWarcRecordLoader().parse_record_stream(BytesIO(data))
        body: bytes = parsed.content_stream().read()
    except Exception as error:  # the parser raises its own, EOFError and ValueError on foreign bytes
        raise WarcError(f"{where} is not a WARC record: {error}.") from error
    headers = {str(name).lower(): str(value) for name, value in raw.rec_headers.headers}
    return ParsedRecord(type=str(raw.rec_type), headers=headers, block=block, body=body)


def http_block(start_line: str, *, headers: Headers) -> bytes:
    """Return an HTTP message up to its body; header text is Latin-1, the one encoding that loses nothing."""
    lines = [start_line, *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def split_http_block(block: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return start line and headers of an HTTP message."""
    head, _, _ = block.partition(b"\r\n\r\n")
    start_line, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if ":" in line)
    return start_line, tuple((name.strip(_BLANKS), value.strip(_BLANKS)) for name, _, value in pairs)


def kept_headers(headers: Iterable[tuple[str, str]], *, length: int | None) -> tuple[tuple[str, str], ...]:
    """Return a response's headers as they are stored beside a decoded body of ``length`` bytes."""
    kept = []
    for name, value in headers:
        match name.lower():
            case "content-encoding":
                kept.append(("X-Orig-Content-Encoding", _one_line(value)))
            case "transfer-encoding" | "content-length":
                continue
            case _:
                kept.append((_one_line(name), _one_line(value)))
    return tuple(kept) if length is None else (*kept, ("Content-Length", str(length)))


def status_line(status: int) -> str:
    """Return the first line of a response."""
    return f"HTTP/1.1 {status} {http.client.responses.get(status, '')}".rstrip()


def fields_block(fields: Mapping[str, str]) -> bytes:
    """Return ``application/warc-fields``: one ``name: value`` for each line."""
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields.items()).encode()


def parse_fields(block: bytes) -> dict[str, str]:
    """Return the fields of an ``application/warc-fields`` block."""
    pairs = (line.partition(":") for line in block.decode(errors="replace").splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}


def warc_date(at: datetime) -> str:
    """Return a moment as WARC-Date, in UTC with microseconds (WARC 1.1 allows them)."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _one_line(text: str) -> str:
    if "\n" not in text and "\r" not in text:
        return text.strip(_BLANKS)
    return " ".join(text.replace("\r", "\n").split("\n")).strip(_BLANKS)
