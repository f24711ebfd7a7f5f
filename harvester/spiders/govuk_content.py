"""GOV.UK's content items: what they say of a publication, its attachments and its withdrawal."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harvester.reasons import NotRetrieved, with_detail
from harvester.spiders.documents import SoughtDocument
from harvester.spiders.plain_text import plain_text, text_or_none

_SAID = (
    "content_id",
    "base_path",
    "locale",
    "document_type",
    "schema_name",
    "first_published_at",
    "public_updated_at",
    "updated_at",
    "withdrawn_notice",
    "redirects",
)
_SAID_DETAILS = (
    "attachments",
    "change_history",
    "first_public_at",
    "national_applicability",
    "explanation",
    "alternative_path",
)
_NAMED_LINKS = (
    "organisations",
    "primary_publishing_organisation",
    "document_collections",
    "people",
    "topical_events",
)
_SEARCH_NOISE = {"index", "es_score", "_id", "elasticsearch_type", "document_type"}


def absence(item: Mapping[str, Any]) -> str | None:
    """Return why a content item is no publication, ``None`` when it is one."""
    match item.get("schema_name"):
        case "gone":
            return NotRetrieved.GONE
        case "redirect":
            return with_detail(NotRetrieved.MOVED, new_address(item) or "no destination given")
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that hangs on a publication. ``id`` and ``media_type`` may be unknown (empty)."""

    id: str
    kind: str
    title: str
    url: str
    media_type: str

    def at(self, url: str) -> SoughtDocument:
        """Return it as a document to be sought, at its full address."""
        return SoughtDocument(url=url, title=self.title, media_type=self.media_type, id=self.id)


def content_key(said: Mapping[str, Any]) -> str | None:
    """Return the source's own identity: the content id, with the language where it is not English.

    Translations share one content id, and each is a record of its own.
    """
    content_id, locale = said.get("content_id"), said.get("locale") or "en"
    if not isinstance(content_id, str) or not content_id:
        return None
    return content_id if locale == "en" else f"{content_id}:{locale}"


def attachments_of(item: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """Return the attachments, in the source's order; entries that are none are passed over."""
    entries = _mapping(item.get("details")).get("attachments")
    return tuple(
        Attachment(
            id=text_or_none(entry.get("id")) or "",
            kind=text_or_none(entry.get("attachment_type")) or "",
            title=text_or_none(entry.get("title")) or "",
            url=text_or_none(entry.get("url")) or "",
            media_type=text_or_none(entry.get("content_type")) or "",
        )
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict)
    )


def publisher_of(item: Mapping[str, Any], result: Mapping[str, Any]) -> str | None:
    """Return the publishing organisations, the primary one first; from the search where the item names none."""
    links = _mapping(item.get("links"))
    entries = [*_list(links.get("primary_publishing_organisation")), *_list(links.get("organisations"))]
    titles = [title for entry in entries if (title := text_or_none(_mapping(entry).get("title")))]
    if not titles:
        entries = _list(result.get("organisations"))
        titles = [title for entry in entries if (title := text_or_none(_mapping(entry).get("title")))]
    return "; ".join(dict.fromkeys(titles)) or None


def published_on(item: Mapping[str, Any], result: Mapping[str, Any]) -> str | None:
    """Return the day of first publication, as the source's own zone has it.

    ``details.first_public_at`` comes first: it keeps the original date of what was published elsewhere before.
    """
    candidates = (
        _mapping(item.get("details")).get("first_public_at"),
        item.get("first_published_at"),
        result.get("first_published_at"),
        item.get("public_updated_at"),
        result.get("public_timestamp"),
    )
    return next((moment[:10] for moment in candidates if isinstance(moment, str) and len(moment) >= 10), None)


def withdrawn_reason(item: Mapping[str, Any]) -> str | None:
    """Return why a publication was withdrawn; ``None`` when it was not (its notice is missing or ``{}``)."""
    notice = item.get("withdrawn_notice")
    if not isinstance(notice, dict) or not notice:
        return None
    return plain_text(notice.get("explanation")) or "withdrawn without explanation"


def gone_reason(item: Mapping[str, Any]) -> str:
    """Return why a page is gone."""
    return plain_text(_mapping(item.get("details")).get("explanation")) or "gone without explanation"


def new_address(item: Mapping[str, Any]) -> str | None:
    """Return where a redirect or gone item points: the rule for its own path, else the first."""
    entries = [_mapping(entry) for entry in _list(item.get("redirects"))]
    own = [entry for entry in entries if entry.get("path") == item.get("base_path")]
    destination = next((text_or_none(entry.get("destination")) for entry in own or entries), None)
    return destination or text_or_none(_mapping(item.get("details")).get("alternative_path"))


def said_of(item: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, object]:
    """Return what the source said, in its own words, less what changes without meaning."""
    details, links = _mapping(item.get("details")), _mapping(item.get("links"))
    said: dict[str, object] = {name: item[name] for name in _SAID if item.get(name) is not None}
    said |= {name: details[name] for name in _SAID_DETAILS if details.get(name)}
    for name in _NAMED_LINKS:
        if entries := [_mapping(entry) for entry in _list(links.get(name))]:
            said[name] = [
                {key: entry.get(key) for key in ("title", "base_path", "content_id")} for entry in entries
            ]
    said["search"] = {name: value for name, value in result.items() if name not in _SEARCH_NOISE}
    return said


def page_of(item: Mapping[str, Any]) -> bytes | None:
    """Return an HTML publication's text as a page of its own; ``None`` when it has none."""
    body = text_or_none(_mapping(item.get("details")).get("body"))
    if body is None:
        return None
    title = html.escape(text_or_none(item.get("title")) or "")
    language = html.escape(text_or_none(item.get("locale")) or "en")
    page = (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )
    return page.encode("utf-8", errors="replace")


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
