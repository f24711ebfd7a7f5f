"""Gzip members of a WARC file: where each begins, where it ends, whether the last one is whole."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.vocabulary.errors import GreysiftError

_CHUNK = 1 << 16
_GZIP = 31  # zlib's window bits for "gzip header and trailer expected"
_FEW = 1 << 11  # bytes: what fits into a window of 2 KiB
_MANY = 1 << 13
_PIECE = 1 << 8
_DISTINCT = 140  # different bytes in a piece; where they are as good as random 162, give or take 5
MAX_RECORD_BYTES = 1 << 30


class WarcError(GreysiftError):
    """A WARC file cannot be read or written as it should; the text names the file and the place."""


class TornTailError(WarcError):
    """The file ends inside a record; everything before ``offset`` is whole."""

    def __init__(self, message: str, *, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member, decompressed: its place in the file (bytes) and what it holds."""

    offset: int
    end: int
    data: bytes


def iter_members(stream: BinaryIO, *, name: str, start: int = 0) -> Iterator[Member]:
    """Yield the whole members of a file in order.

    Parameters
    ----------
    stream
        The file, open for reading.
    name
        What messages call it.
    start
        Offset in bytes of the member to begin with.

    Raises
    ------
    TornTailError
        After the last whole member, when the file ends inside the next.
    WarcError
        When bytes that should begin or continue a member do not, or one is larger than is sane.
    """
    stream.seek(start)
    offset, pending = start, b""
    while True:
        inflate = zlib.decompressobj(wbits=_GZIP)
        parts: list[bytes] = []
        read = size = 0
        while not inflate.eof:
            pending = pending or stream.read(_CHUNK)
            if not pending:
                if not read:
                    return
                raise TornTailError(f"{name} ends inside the record at byte {offset}.", offset=offset)
            read += len(pending)
            try:
                parts.append(inflate.decompress(pending, MAX_RECORD_BYTES - size + 1))
            except zlib.error as error:
                if _only_zeros(stream, start=offset):  # what some file systems leave after a power cut
                    message = f"{name} ends in empty blocks from byte {offset}."
                    raise TornTailError(message, offset=offset) from error
                message = f"{name} is damaged in the record at byte {offset}: {error}."
                raise WarcError(message) from error
            size += len(parts[-1])
            if size > MAX_RECORD_BYTES:
                raise WarcError(
                    f"{name}: the record at byte {offset} is larger than {MAX_RECORD_BYTES} bytes."
                )
            pending = inflate.unused_data
        end = offset + read - len(pending)
        yield Member(offset=offset, end=end, data=b"".join(parts))
        offset = end


def member_at(path: Path, offset: int) -> Member:
    """Return the one member that begins at ``offset`` bytes.

    Raises
    ------
    WarcError
        When the file is missing, or no whole member begins there.
    """
    try:
        with path.open("rb") as stream:
            member = next(iter_members(stream, name=path.name, start=offset), None)
    except OSError as error:
        raise WarcError(f"{path.name} cannot be read: {error.strerror}.") from error
    if member is None:
        raise WarcError(f"{path.name} has no record at byte {offset}.")
    return member


def compress(*parts: bytes) -> bytes:
    """Return what some parts make together as one gzip member, without a time stamp: the same bytes each time.

    What is compressed already, as most of a PDF is, is stored as it stands; the longest part tells.
    """
    size, longest = sum(map(len, parts)), max(parts, key=len)
    if size <= _FEW:
        # To set up the large window takes ten times as long as to compress a few lines.
        deflate = zlib.compressobj(wbits=27, memLevel=4)
    elif size >= _MANY and not any(_shrinks(longest, at=len(longest) * part // 4) for part in (1, 2, 3)):
        deflate = zlib.compressobj(level=0, wbits=25, memLevel=1)
    else:
        deflate = zlib.compressobj(wbits=_GZIP)
    return b"".join((*map(deflate.compress, parts), deflate.flush()))


def _shrinks(data: bytes, *, at: int) -> bool:
    """Whether a piece of some data is worth compressing: what is compressed already has most bytes in few hundreds."""
    return len(set(data[at : at + _PIECE])) < _DISTINCT


def _only_zeros(stream: BinaryIO, *, start: int) -> bool:
    stream.seek(start)
    return not any(chunk.strip(b"\0") for chunk in iter(lambda: stream.read(_CHUNK), b""))
