"""Files that are not what they claim, and answers that swell."""

import gzip
import json
import zlib

from tests.fakes.hostile.inputs import PDF, Input, Reading, answer

_MB = 1024 * 1024
_SWELLS = "too large: swells when unpacked"
_BROKEN = "answer cannot be read: compression "


def _packed(what: str, reason: str | None, body: bytes, *codings: str, fails_run: bool = False) -> Input:
    headers = [f"Content-Encoding: {coding}" for coding in codings]
    return Input(what, reason, answer(body, headers=headers), fails_run=fails_run)


COMPRESSION = (
    _packed("gzip that swells to 300 MB", _SWELLS, gzip.compress(bytes(300 * _MB)), "gzip"),
    _packed("deflate that swells to 300 MB", _SWELLS, zlib.compress(bytes(300 * _MB)), "deflate"),
    _packed(
        "gzip within gzip, 10 GB in the end",
        _SWELLS,
        gzip.compress(gzip.compress(bytes(100 * _MB)) * 100),
        "gzip, gzip",
    ),
    _packed(
        "gzip four times over",
        "answer cannot be read: compressed 4 times over",
        PDF,
        *["gzip"] * 4,
        fails_run=True,
    ),
    _packed("gzip cut short", _BROKEN + "cut short", gzip.compress(PDF * 50)[:-20], "gzip", fails_run=True),
    _packed("plain bytes called gzip", _BROKEN + "broken", PDF, "gzip", fails_run=True),
    _packed(
        "brotli, which nobody asked for",
        _BROKEN + "br, which was not asked for",
        bytes(100),
        "br",
        fails_run=True,
    ),
    _packed("a coding that is none (utf-8)", None, PDF, "utf-8"),
)

FILES = (
    Input("a PDF of 0 bytes", "empty", answer(b"")),
    Input(
        "a web page called PDF",
        "web page instead of the file",
        answer(b"<!doctype html><title>Log in</title>"),
    ),
    Input(
        "a web page in place of a PDF",
        "web page instead of the file",
        answer(b"<html>Not here</html>", kind="text/html"),
        url="{here}{path}?a.pdf",
    ),
    Input("plain text called PDF", "not a PDF", answer(b"This report is no longer available.")),
    Input("a program called PDF", "not a PDF", answer(b"MZ\x90\0" + bytes(2000))),
    Input("a PDF behind 2,000 bytes of something else", "not a PDF", answer(bytes(2000) + PDF)),
    Input("a PDF without any Content-Type", None, answer(PDF, kind="")),
    Input("a Content-Type that makes no sense", None, answer(PDF, kind='application/pdf; ="\x01;;q')),
    Input(
        "a file name that climbs (../../etc/passwd)",
        None,
        answer(PDF, headers=['Content-Disposition: attachment; filename="../../etc/passwd"']),
    ),
)

_PAGE = b"<html><head><title>A page</title></head><body>"

TEXTS = (
    Input(
        "JSON nested 200,000 deep",
        "answer cannot be read",
        answer(b"[" * 200_000 + b"]" * 200_000, kind="application/json"),
        reading=Reading.JSON,
    ),
    Input(
        "JSON with a number of 100,000 digits",
        "answer cannot be read",
        answer(b"[" + b"9" * 100_000 + b"]", kind="application/json"),
        reading=Reading.JSON,
    ),
    Input(
        "JSON with NUL and half characters",
        None,
        answer(json.dumps({"title": "\0 \ud800"}).encode(), kind="application/json"),
        reading=Reading.JSON,
    ),
    Input(
        "a page nested 500,000 deep",
        None,
        answer(_PAGE + b"<div>" * 500_000, kind="text/html"),
        reading=Reading.PAGE,
    ),
    Input(
        "a page of 5 MB",
        "too large: web page",
        answer(_PAGE + b"<a href=/x>x</a>" * 320_000, kind="text/html"),
        reading=Reading.PAGE,
    ),
    Input(
        "a page in UTF-16 called UTF-8",
        None,
        answer("<html><title>A page</title>".encode("utf-16"), kind="text/html; charset=utf-8"),
        reading=Reading.PAGE,
    ),
    Input(
        "a page in a charset that nobody knows",
        None,
        answer(_PAGE + b"\xe9\x80\xff", kind="text/html; charset=klingon"),
        reading=Reading.PAGE,
    ),
    Input(
        "a page full of NUL bytes",
        None,
        answer(_PAGE + bytes(100_000), kind="text/html"),
        reading=Reading.PAGE,
    ),
    Input(
        "a page that says to go to 127.0.0.1 (meta refresh)",
        None,
        answer(
            b'<html><meta http-equiv="refresh" content="0;url=http://127.0.0.1:{canary}/"><title>A page</title>',
            length=None,
            kind="text/html",
        ),
        reading=Reading.PAGE,
    ),
)
