"""Content codings undone, within a limit: what a small answer can swell to is no reason to fall over."""

import zlib
from collections.abc import Iterable

from harvester.network.unfit import UnfitAnswerError
from harvester.reasons import NotRetrieved, with_detail

ACCEPTED = "gzip, deflate"
"""What servers are told. Every one of them knows these, and each further coding is a further parser of foreign bytes."""
MOST_CODINGS = 3
_GZIP, _ZLIB, _RAW = 31, 15, -15  # zlib's window bits
_WINDOWS = {
    "gzip": (_GZIP,),
    "x-gzip": (_GZIP,),
    "deflate": (_ZLIB, _RAW),
}  # some send deflate without its header
_NOT_UNDONE = {"br", "zstd", "compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip"}
_CHUNK = 1 << 18


def decoded(body: bytes, codings: Iterable[str], *, limit: int) -> bytes:
    """Return a body with its codings undone, the last one first.

    Parameters
    ----------
    body
        The answer as it came.
    codings
        The values of its Content-Encoding headers. Words that name no coding (``utf-8``, ``none``) are passed over, as
        browsers do.
    limit
        Bytes that a body may have at any stage.

    Raises
    ------
    UnfitAnswerError
        When it grows beyond the limit, is coded too often, broken, cut short, or coded as nobody asked for.
    """
    named = [word.strip().lower() for value in codings for word in value.split(",")]
    wanted = [word for word in named if word in _WINDOWS or word in _NOT_UNDONE]
    if len(wanted) > MOST_CODINGS:
        raise _unreadable(f"compressed {len(wanted)} times over")
    for coding in reversed(wanted):
        if coding in _NOT_UNDONE:
            raise _unreadable(f"compression {coding}, which was not asked for")
        body = inflated(body, coding, limit=limit) if body else body
    return body


def inflated(body: bytes, coding: str, *, limit: int) -> bytes:
    """Return what one coding (``gzip``, ``deflate``) holds; what follows its end is dropped. Errors as :func:`decoded`."""
    for window in _WINDOWS[coding]:
        try:
            return _inflate(body, window, limit=limit)
        except zlib.error:
            continue
    raise _unreadable("compression broken")


def _inflate(body: bytes, window: int, *, limit: int) -> bytes:
    whole = bytearray()
    while body:
        stream = zlib.decompressobj(wbits=window)
        pending = body
        while pending and not stream.eof:
            whole += stream.decompress(pending, _CHUNK)
            pending = stream.unconsumed_tail
            if len(whole) > limit:
                raise UnfitAnswerError(
                    with_detail(NotRetrieved.TOO_LARGE, "swells when unpacked"), is_transient=False
                )
        if not stream.eof:
            raise _unreadable("compression cut short")
        # gzip files may follow one another; anything else that follows is none of it
        body = stream.unused_data if window == _GZIP and stream.unused_data.startswith(b"\x1f\x8b") else b""
    return bytes(whole)


def _unreadable(detail: str) -> UnfitAnswerError:
    return UnfitAnswerError(with_detail(NotRetrieved.UNREADABLE, detail), is_transient=True)
