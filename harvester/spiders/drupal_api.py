"""Drupal's JSON:API: its index, its collections page by page, its nodes with their files.

As drupal.org documents it and the core module does it (``EntityResource``): at most 50 a page, the next page only by
``links.next``, what a visitor may not see left out and named in ``meta.omitted``, a count only where a module adds it.
No site has yet been met live.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scrapy import Selector

from corpus.vocabulary.errors import SourceError
from harvester.declarations.drupal import ApiRules
from harvester.spiders.addresses import absolute
from harvester.spiders.landing import Listed
from harvester.spiders.pages import Link, iso_date, links_in, one_line

_SAID = ("drupal_internal__nid", "langcode", "created", "changed", "status")


@dataclass(frozen=True, slots=True)
class ApiPage:
    """A page of a collection: its nodes, the next page, how many there are in all, and what is not shown."""

    nodes: tuple[Listed, ...]
    next_url: str | None
    total: int | None
    omitted: tuple[str, ...]
    hidden_files: int


def read_index(said: object) -> dict[str, str] | None:
    """Return the collections by type (``node--report``), ``None`` when this is no index."""
    links = said.get("links") if isinstance(said, dict) else None
    if not isinstance(links, dict) or "jsonapi" not in said:  # type: ignore[operator] # links come from a dict alone
        return None
    return {name: href for name, link in links.items() if (href := _href(link)) is not None}


def read_collection(said: object, *, rules: ApiRules, site: str) -> ApiPage:
    """Take a page of a collection apart.

    Raises
    ------
    SourceError
        When it is none.
    """
    match said:
        case {"data": list(data), "links": dict(links)} if all(isinstance(node, dict) for node in data):
            pass
        case _:
            raise SourceError("The JSON:API gave an answer of an unknown shape: the source may have changed.")
    document = _mapping(said)
    included = {(_text(r, "type"), _text(r, "id")): r for r in _mappings(document.get("included"))}
    nodes = [_node(node, included=included, rules=rules, site=site) for node in data]
    meta = _mapping(document.get("meta"))
    count, omitted = meta.get("count"), _mapping(_mapping(meta.get("omitted")).get("links"))
    return ApiPage(
        nodes=tuple(node for node, _ in nodes),
        next_url=absolute(_href(links.get("next")) or "", base=site),
        total=int(count) if isinstance(count, int | str) and str(count).isdecimal() else None,
        omitted=tuple(_href(link) or name for name, link in omitted.items() if name != "help"),
        hidden_files=sum(hidden for _, hidden in nodes),
    )


def refusal(said: object) -> str:
    """Return what an error document says, in its own words."""
    errors = _mappings(_mapping(said).get("errors"))
    return "; ".join(filter(None, (_text(error, "detail") or _text(error, "title") for error in errors)))


def _node(
    node: Mapping[str, Any],
    *,
    included: Mapping[tuple[str, str], Mapping[str, Any]],
    rules: ApiRules,
    site: str,
) -> tuple[Listed, int]:
    attributes, uuid = _mapping(node.get("attributes")), _text(node, "id")
    alias = (
        _text(_mapping(attributes.get("path")), "alias")
        or f"/node/{attributes.get('drupal_internal__nid', uuid)}"
    )
    url = absolute(alias, base=f"{site}/") or site
    body = _mapping(attributes.get("body"))
    files: list[Link] = []
    hidden = 0
    for path in rules.documents:
        for file in _along(node, path.split("."), included):
            link = _file_link(file, base=url)
            files += [link] if link is not None else []
            hidden += link is None
    text = Selector(text=_text(body, "processed") or "<p></p>", type="html")
    said = {name: attributes[name] for name in _SAID if attributes.get(name) is not None}
    entry = Listed(
        url,
        title=one_line(_text(attributes, "title")) or None,
        summary=_plain(attributes.get(rules.summary) if rules.summary else body.get("summary")),
        published=iso_date(_date_text(attributes.get(rules.published))),
        document_type=_text(node, "type").removeprefix("node--") or None,
        said={"uuid": uuid, **said},
        links=(*files, *links_in(text.xpath("//a[@href]"), base=url)),
        unread_parts=("files",) if hidden else (),
    )
    return entry, hidden


def _along(
    resource: Mapping[str, Any], path: list[str], included: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Iterator[Mapping[str, Any] | None]:
    """Yield the resources at the end of a way through relationships, ``None`` for each that is not shown."""
    if not path:
        yield resource
        return
    data = _mapping(_mapping(resource.get("relationships")).get(path[0])).get("data")
    for reference in _mappings(data if isinstance(data, list) else [data]):
        target = included.get((_text(reference, "type"), _text(reference, "id")))
        if target is None:
            yield None
        else:
            yield from _along(target, path[1:], included)


def _file_link(file: Mapping[str, Any] | None, *, base: str) -> Link | None:
    attributes = _mapping((file or {}).get("attributes"))
    url = absolute(_text(_mapping(attributes.get("uri")), "url"), base=base)
    return Link(url, _text(attributes, "filename"), is_download=True) if url is not None else None


def _date_text(value: object) -> str:
    """Return the text of a date field, a range's beginning too."""
    return str(_mapping(value).get("value") or "") if isinstance(value, dict) else str(value or "")


def _plain(value: object) -> str | None:
    """Return the text of a field, formatted or plain."""
    markup = _text(value, "processed") or _text(value, "value") if isinstance(value, dict) else value
    if not isinstance(markup, str) or not markup.strip():
        return None
    return one_line(" ".join(Selector(text=markup, type="html").xpath("//text()").getall())) or None


def _href(link: object) -> str | None:
    """Return where a link points: an object since JSON:API 1.0 of Drupal, plain text before."""
    href = link.get("href") if isinstance(link, dict) else link
    return href if isinstance(href, str) and href else None


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
