"""Kinds of files: the one table of media types, their endings, and how their bytes begin."""

import re
from collections.abc import Iterable
from email.message import Message
from urllib.parse import unquote, urlsplit

PDF = "application/pdf"
WEB_PAGE = "text/html"

_ZIP, _OLE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

_TABLE: tuple[tuple[str, str, bytes], ...] = (
    (PDF, ".pdf", b"%PDF-"),
    ("application/msword", ".doc", _OLE),
    (f"{_OFFICE}wordprocessingml.document", ".docx", _ZIP),
    (f"{_OPEN}text", ".odt", _ZIP),
    ("application/rtf", ".rtf", _RTF),
    ("application/epub+zip", ".epub", _ZIP),
    ("application/vnd.ms-powerpoint", ".ppt", _OLE),
    (f"{_OFFICE}presentationml.presentation", ".pptx", _ZIP),
    (f"{_OPEN}presentation", ".odp", _ZIP),
    ("application/vnd.ms-excel", ".xls", _OLE),
    (f"{_OFFICE}spreadsheetml.sheet", ".xlsx", _ZIP),
    (f"{_OPEN}spreadsheet", ".ods", _ZIP),
    ("text/csv", ".csv", b""),
    ("application/zip", ".zip", _ZIP),
)
"""Media type, ending of its files' names, first bytes (none where anything may come first)."""

REPORTS = tuple(media_type for media_type, _, _ in _TABLE[:5])
"""Types of files that are reports."""

_BY_ENDING = {ending: media_type for media_type, ending, _ in _TABLE}
_BEGINNING = {media_type: beginning for media_type, _, beginning in _TABLE}
_OTHER_NAMES = {
    "application/x-pdf": PDF,
    "text/rtf": "application/rtf",
    "application/xhtml+xml": WEB_PAGE,
    "application/x-zip-compressed": "application/zip",
}
_SAYS_NOTHING = {"", "application/octet-stream", "binary/octet-stream", "application/download", "text/plain"}
"""Types that servers give files of which they know nothing."""

_MEMBERS = (
    (b"word/document.xml", f"{_OFFICE}wordprocessingml.document"),
    (b"ppt/presentation.xml", f"{_OFFICE}presentationml.presentation"),
    (b"xl/workbook.xml", f"{_OFFICE}spreadsheetml.sheet"),
)
_PDF_WITHIN = 1024  # bytes; readers accept junk of this length before the header
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def type_named(*names: str) -> str | None:
    """Return the type that the first telling one of some names (of files, or URLs) ends in."""
    for name in names:
        path = unquote(urlsplit(name).path if "://" in name else name).lower().rstrip()
        ending = path[path.rfind(".") :] if "." in path else ""
        if ending in _BY_ENDING:
            return _BY_ENDING[ending]
    return None


def type_said(content_type: str) -> str:
    """Return the type that a header says, by its usual name; empty when it says nothing."""
    bare = content_type.partition(";")[0].strip().lower()
    return "" if bare in _SAYS_NOTHING else _OTHER_NAMES.get(bare, bare)


def type_found(body: bytes, *, said: Iterable[str]) -> str | None:
    """Return the type that bytes show, ``None`` when they show none.

    Parameters
    ----------
    body
        The file.
    said
        What header, name and source say, most trusted first: the first that the bytes bear out is taken, since many
        types begin alike.
    """
    if _BEGINNING[PDF] in body[:_PDF_WITHIN]:
        return PDF
    if _PAGE.match(body[:_PDF_WITHIN]):
        return WEB_PAGE
    if body.startswith(_ZIP) and (inside := _inside_zip(body)) is not None:
        return inside
    for media_type in said:
        if (beginning := _BEGINNING.get(media_type)) and body.startswith(beginning):
            return media_type
    if body.startswith(_RTF):
        return "application/rtf"
    return "application/zip" if body.startswith(_ZIP) else None


def must_begin(media_type: str) -> bytes:
    """Return how a file of this type begins; empty when it may begin anyhow."""
    return _BEGINNING.get(media_type, b"")


def file_name(content_disposition: str) -> str:
    """Return the file name that a Content-Disposition header gives; empty when it gives none."""
    if not content_disposition:
        return ""
    message = Message()
    message["Content-Disposition"] = " ".join(content_disposition.split())
    try:
        return message.get_filename() or ""
    except (LookupError, UnicodeError, ValueError):  # a charset that nobody knows
        return ""


def _inside_zip(body: bytes) -> str | None:
    """Return the kind of document that an archive is, by the names in it."""
    if body[30:38] == b"mimetype":  # Open Document and EPUB: the first member, stored plain
        longest_first = sorted(_BEGINNING, key=len, reverse=True)
        return next((kind for kind in longest_first if body.startswith(kind.encode(), 38)), None)
    return next((kind for name, kind in _MEMBERS if name in body), None)
