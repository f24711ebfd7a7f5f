"""What WordPress says of an entry or a file of its library, in the harvester's terms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from scrapy import Selector

from harvester.media_types import type_named
from harvester.spiders.addresses import absolute, lasting, name_of
from harvester.spiders.documents import may_be_document
from harvester.spiders.pages import Link, iso_date, links_in, one_line
from harvester.spiders.plain_text import plain_text, text_or_none

ENTRY_FIELDS = "id,type,slug,link,date,date_gmt,modified_gmt,title,excerpt,content,categories,tags,acf,meta"
FILE_FIELDS = "id,type,link,date,date_gmt,modified_gmt,title,caption,mime_type,post,source_url"
_SAID = (
    "id",
    "type",
    "slug",
    "link",
    "date",
    "date_gmt",
    "modified_gmt",
    "categories",
    "tags",
    "mime_type",
    "post",
    "source_url",
)
_MOST_DEPTH = 8  # of fields that plugins add


@dataclass(frozen=True, slots=True)
class Entry:
    """A post, page or the like. ``links`` are those that may be documents, each address once."""

    id: int
    url: str | None
    title: str
    summary: str | None
    published: str | None
    kind: str | None
    links: tuple[Link, ...]
    said: Mapping[str, object]
    captures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file of the media library. ``parent`` is the entry it was added to, 0 for none; ``page`` is about it."""

    id: int
    url: str
    title: str
    media_type: str
    parent: int
    page: str | None
    summary: str | None
    published: str | None
    said: Mapping[str, object]
    captures: tuple[str, ...]


def key_of(number: int) -> str:
    """Return the identity of an entry or file: WordPress numbers all of them in one row, and never twice."""
    return f"wordpress:{number}"


def read_entry(said: Mapping[str, Any], *, site: str, captures: tuple[str, ...]) -> Entry:
    """Return an entry as its list gives it; its number is there."""
    number: int = said["id"]
    url = absolute(text_or_none(said.get("link")) or "", base=f"{site}/")
    content = _rendered(said.get("content"))
    return Entry(
        id=number,
        url=url,
        title=plain_text(_rendered(said.get("title"))) or text_or_none(said.get("slug")) or key_of(number),
        summary=_summary(_rendered(said.get("excerpt"))),
        published=iso_date(str(said.get("date") or "")),
        kind=text_or_none(said.get("type")),
        links=tuple(_documents(_links(content, said, base=url or f"{site}/"))),
        said=_kept(said),
        captures=captures,
    )


def read_file(said: Mapping[str, Any], *, site: str, captures: tuple[str, ...]) -> LibraryFile | None:
    """Return a file as the media library gives it; ``None`` when it has no address. Its number is there."""
    number: int = said["id"]
    parent = said.get("post")
    url = absolute(text_or_none(said.get("source_url")) or "", base=f"{site}/")
    if url is None:
        return None
    return LibraryFile(
        id=number,
        url=url,
        title=plain_text(_rendered(said.get("title"))) or name_of(url),
        media_type=text_or_none(said.get("mime_type")) or "",
        parent=parent if isinstance(parent, int) else 0,
        page=absolute(text_or_none(said.get("link")) or "", base=f"{site}/"),
        summary=_summary(_rendered(said.get("caption"))),
        published=iso_date(str(said.get("date") or "")),
        said=_kept(said),
        captures=captures,
    )


def same_file(url: str) -> tuple[str, str, str]:
    """Return what two addresses of one file have in common, however scheme, ``www.`` and quoting are written."""
    parts = urlsplit(lasting(url))
    return parts.netloc.lower().removeprefix("www."), unquote(parts.path), parts.query


def _kept(said: Mapping[str, Any]) -> dict[str, object]:
    kept: dict[str, object] = {name: said[name] for name in _SAID if said.get(name) is not None}
    title = said.get("title")
    if isinstance(title, dict):
        kept["title"] = title.get("rendered")
    content = said.get("content")
    if isinstance(content, dict) and content.get("protected"):
        kept["protected"] = True
    return kept


def _rendered(value: object) -> str:
    """Return the markup of a field: as an object it holds ``rendered``."""
    if isinstance(value, dict):
        value = value.get("rendered")
    return value if isinstance(value, str) else ""


def _summary(markup: str) -> str | None:
    """Return an excerpt's text without the link that leads on."""
    if not markup.strip():
        return None
    page = Selector(text=markup, type="html")
    texts = page.xpath(
        "//text()[not(ancestor::a[contains(@class, 'more')] or ancestor::style or ancestor::script)]"
    )
    return one_line(" ".join(texts.getall())) or None


def _links(content: str, said: Mapping[str, Any], *, base: str) -> Iterator[Link]:
    yield from _links_of_markup(content, base=base)
    for field in ("acf", "meta"):
        yield from _links_of_value(said.get(field), base=base, depth=0)


def _links_of_value(value: object, *, base: str, depth: int) -> Iterator[Link]:
    """Yield the documents that a field named by a plugin or theme points at, whatever its shape."""
    if depth > _MOST_DEPTH:
        return
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _links_of_value(part, base=base, depth=depth + 1)
    elif isinstance(value, str) and "<" in value:
        yield from _links_of_markup(value, base=base)
    elif isinstance(value, str) and value.startswith(("http://", "https://", "/")):
        url = absolute(value.strip(), base=base)
        if url is not None and type_named(url) is not None:
            yield Link(urldefrag(url).url, "")


def _links_of_markup(markup: str, *, base: str) -> Iterator[Link]:
    """Yield the links of a text, then the documents that it shows in a frame."""
    if not markup.strip():
        return
    text = Selector(text=markup.replace("\0", "\ufffd"), type="html")
    yield from links_in(text.xpath("//a[@href]"), base=base)
    for shown in text.xpath("//iframe/@src | //embed/@src | //object/@data").getall():
        yield from _links_of_value(shown, base=base, depth=0)


def _documents(links: Iterator[Link]) -> Iterator[Link]:
    met: set[str] = set()
    for link in links:
        if may_be_document(link) and link.url not in met:
            met.add(link.url)
            yield link
