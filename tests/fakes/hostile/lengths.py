"""Answers that never end, end too soon, or are no HTTP."""

from tests.fakes.hostile.inputs import PDF, Input, answer, dripping, endless

_CUT = "the answer broke off"
_SLOW = "no whole answer in time"
_HEADERS = "too large: headers"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n"
_OPEN = _HEAD + b"Connection: close\r\n\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_KB = 1024

LENGTHS = (
    Input("a body without end", "too large", endless(PDF + bytes(64 * _KB), before=_OPEN)),
    Input(
        "chunks without end", "too large", endless(b"10000\r\n" + bytes(0x10000) + b"\r\n", before=_CHUNKED)
    ),
    Input("a body that claims 10 TB", "too large", answer(PDF, length=10**13)),
    Input("fewer bytes than claimed", _CUT, answer(PDF, length=len(PDF) + 50), fails_run=True),
    Input("more bytes than claimed", None, answer(PDF + b"more" * 999, length=len(PDF))),
    Input(
        "two lengths that differ",
        "answer cannot be read: not HTTP",
        answer(PDF, headers=["Content-Length: 3"]),
        fails_run=True,
    ),
    Input(
        "a negative length",
        "answer cannot be read: not HTTP",
        answer(PDF, length=None, headers=["Content-Length: -5"]),
        fails_run=True,
    ),
    Input(
        "a length that is no number",
        "answer cannot be read: not HTTP",
        answer(PDF, length=None, headers=["Content-Length: many"]),
        fails_run=True,
    ),
    Input("chunks cut short", _CUT, _CHUNKED + b"ffff\r\n" + PDF, fails_run=True),
    Input(
        "chunks of a size that is no number",
        "the answer broke off",
        _CHUNKED + b"many\r\n" + PDF,
        fails_run=True,
    ),
    Input(
        "a transfer coding that nobody knows",
        "answer cannot be read: not HTTP",
        _HEAD + b"Transfer-Encoding: rot13\r\n\r\n" + PDF,
        fails_run=True,
    ),
)

HEADS = (
    Input("headers without end", _HEADERS, endless(b"X-Filler: " + b"a" * 1000 + b"\r\n", before=_HEAD)),
    Input(
        "Set-Cookie without end", _HEADERS, endless(b"Set-Cookie: a=" + b"b" * 200 + b"\r\n", before=_HEAD)
    ),
    Input("one header line without end", _HEADERS, endless(b"a" * 4000, before=_HEAD + b"X-Filler: ")),
    Input(
        "passing answers (100 Continue) without end", _HEADERS, endless(b"HTTP/1.1 100 Continue\r\n\r\n" * 50)
    ),
    Input(
        "passing answers (103), then a real one", None, b"HTTP/1.1 103 Early Hints\r\n\r\n" * 3 + answer(PDF)
    ),
    Input("header lines without a colon", None, answer(PDF, headers=["what is this", "X: y"])),
    Input(
        "header names and values of odd bytes",
        "answer cannot be read: not HTTP",
        answer(PDF, headers=["X-\x01\x02: \x03\xe9"]),
        fails_run=True,
    ),
    Input("1,000 cookies", None, answer(PDF, headers=[f"Set-Cookie: c{n}=v" for n in range(1000)])),
    Input(
        "a status line that is not HTTP",
        "answer cannot be read: not HTTP",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n" + PDF,
        fails_run=True,
    ),
    Input(
        "a status that is no number",
        "answer cannot be read: not HTTP",
        b"HTTP/1.1 OK fine\r\n\r\n" + PDF,
        fails_run=True,
    ),
    Input("status 999", "unexpected answer: 999", answer(PDF, status="999 Request denied")),
    Input(
        "status 206 though no range was asked for",
        "unexpected answer: 206",
        answer(PDF, status="206 Partial Content", headers=["Content-Range: bytes 0-9/99"]),
    ),
    Input(
        "status 304 though nothing was known before",
        "unexpected answer: 304",
        answer(status="304 Not Modified", length=None),
    ),
    Input("status 204 with a body", "unexpected answer: 204", answer(PDF, status="204 No Content")),
    Input(
        "status 101, another protocol",
        "no answer",
        answer(status="101 Switching Protocols", headers=["Upgrade: other"], length=None),
        fails_run=True,
    ),
    Input(
        "status 401 with a request for a password",
        "unexpected answer: 401",
        answer(b"who?", status="401 Unauthorized", headers=['WWW-Authenticate: Basic realm="x"']),
    ),
)

PACE = (
    Input("nothing at all, for ever", _SLOW, lambda: iter([60.0]), fails_run=True),
    Input(
        "a header line every 0.1 s, for ever",
        _SLOW,
        dripping(b"X-Slow: yes\r\n", before=_HEAD),
        fails_run=True,
    ),
    Input("a byte of the body every 0.1 s, for ever", _SLOW, dripping(b"%", before=_OPEN), fails_run=True),
    Input("the connection closed at once", "no answer", b"", fails_run=True),
    Input(
        "the connection reset in the middle",
        "the answer broke off",
        lambda: iter([_OPEN + PDF, -1.0]),
        fails_run=True,
    ),
)
