"""What became of a document that a source attaches or a page links."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.vocabulary.harvest import FoundDocument, RetrievalStatus
from harvester.media_types import PDF, WEB_PAGE, file_name, must_begin, type_found, type_named, type_said
from harvester.reasons import NotRetrieved, with_detail
from harvester.spiders.base import Fetched
from harvester.spiders.pages import Link

_TEXT_OF_FILE = re.compile(r"\b(?:pdf|docx?|odt|rtf|download)\b", re.IGNORECASE)
_PATH_OF_FILE = re.compile(
    r"/(?:downloads?|file|attachment|getfile)(?:/|$)|[?&](?:download|attachment|file)(?:_?id)?=",
    re.IGNORECASE,
)
_PICTURE_OR_SOUND = re.compile(r"\.(?:avif|gif|ico|jpe?g|mp3|mp4|png|svg|webm|webp)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SoughtDocument:
    """A document as a source speaks of it. All but the URL may be unknown (empty); ``id`` is the source's own."""

    url: str
    title: str = ""
    media_type: str = ""
    id: str = ""

    @property
    def key(self) -> str:
        """What identifies the document within its record."""
        return self.id or self.url or self.title


def may_be_document(link: Link) -> bool:
    """Whether a link looks as if it led to a document: by its ending, its words, or what the page says of it.

    Sites that hide the ending (``/file/12/download``, ``/media/ab12cd34/file``) still write "PDF" or "Download".
    """
    if _PICTURE_OR_SOUND.search(urlsplit(link.url).path):
        return False
    return (
        type_named(link.url) is not None
        or link.is_download
        or _PATH_OF_FILE.search(link.url) is not None
        or _TEXT_OF_FILE.search(link.text) is not None
    )


def is_page(fetched: Fetched) -> bool:
    """Whether an answer is a web page, by its header or, where that says nothing, by its bytes."""
    said = type_said(fetched.media_type)
    return said == WEB_PAGE or (not said and type_found(fetched.body, said=()) == WEB_PAGE)


def settled(sought: SoughtDocument, fetched: Fetched, *, media_types: Collection[str]) -> FoundDocument:
    """Return what became of a file that was asked for: judged by what is said of it and by its own bytes.

    Parameters
    ----------
    sought
        The document.
    fetched
        The answer.
    media_types
        The types worth keeping; a file that turns out to be of another is not retrieved.
    """
    if fetched.reason is not None:
        return not_retrieved(sought, reason=fetched.reason, fetched=fetched)
    if not fetched.body:
        return not_retrieved(sought, reason=NotRetrieved.EMPTY, fetched=fetched)
    said = _types_said(sought, fetched)
    found = type_found(fetched.body, said=said)
    if (reason := _mismatch(said, found, fetched.body)) is not None:
        return not_retrieved(sought, reason=reason, fetched=fetched)
    media_type = found or next(iter(said), fetched.media_type)
    if media_type not in media_types:
        reason = with_detail(NotRetrieved.KIND, media_type or "unknown")
        return not_retrieved(sought, reason=reason, fetched=fetched)
    return FoundDocument(
        key=sought.key,
        url=sought.url,
        title=sought.title,
        media_type=media_type,
        status=RetrievalStatus.RETRIEVED,
        captures=fetched.capture_ids,
    )


def not_retrieved(sought: SoughtDocument, *, reason: str, fetched: Fetched | None = None) -> FoundDocument:
    """Return a document that was not got, and why; ``fetched`` is the attempt, where there was one."""
    return FoundDocument(
        key=sought.key,
        url=sought.url,
        title=sought.title,
        media_type=sought.media_type,
        status=RetrievalStatus.NOT_RETRIEVED,
        reason=str(reason),
        captures=fetched.capture_ids if fetched is not None else (),
    )


def _types_said(sought: SoughtDocument, fetched: Fetched) -> list[str]:
    """Return what source, header and names say the file is, most trusted first, each once."""
    name = file_name(fetched.headers.get("content-disposition", ""))
    said = (sought.media_type, type_said(fetched.media_type), type_named(name, fetched.url, sought.url) or "")
    return list(dict.fromkeys(filter(None, said)))


def _mismatch(said: list[str], found: str | None, body: bytes) -> str | None:
    """Return why a file is not what it is said to be; ``None`` when it is, or nobody said anything."""
    if found == PDF:
        return None
    if found == WEB_PAGE or (found is None and WEB_PAGE in said):
        return NotRetrieved.WEB_PAGE if any(kind != WEB_PAGE for kind in said) else None
    if PDF in said:
        return NotRetrieved.WEB_PAGE if body.lstrip().startswith(b"<") else NotRetrieved.NOT_A_PDF
    if found is None and any(map(must_begin, said)):
        return with_detail(NotRetrieved.OTHER_FILE, said[0])
    return None
