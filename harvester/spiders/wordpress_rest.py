"""WordPress's REST interface: where it lies, how its lists are asked, what their answers say.

Oddities (measured on WordPress 6.1.9 and 6.7, November 2026):
- a page past the end is answered 400;
- X-WP-Total of the media library counts files of entries that are not public, which no page then shows;
- answers have no validators, so a list is always sent whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from harvester.spiders.base import Fetched

PER_PAGE = 100  # the most that is given
_API_LINK = re.compile(r"<([^<>]+)>\s*;[^,<]*rel=\"?https://api\.w\.org/\"?")
_BASE = re.compile(r"[\w-]+", re.ASCII)
_FURNITURE = {
    "attachment",
    "custom_css",
    "customize_changeset",
    "elementor_library",
    "jetpack_migration",
    "nav_menu_item",
    "oembed_cache",
    "popup",
    "revision",
    "user_request",
}


@dataclass(frozen=True, slots=True)
class RestRoot:
    """Where the REST interface begins: ``…/wp-json/``, or ``…/?rest_route=/`` where addresses are plain."""

    url: str

    def route(self, path: str, **parameters: str | int) -> str:
        """Return the address of a route, its parameters in the given order."""
        query = urlencode(parameters, safe=",:/")
        if not query:
            return self.url + path
        return f"{self.url}{path}{'&' if '?' in self.url else '?'}{query}"


@dataclass(frozen=True, slots=True)
class EntryType:
    """A kind of entry: ``name`` is WordPress's own, ``route`` where its list lies, ``taxonomies`` what it is sorted by."""

    name: str
    rest_base: str
    route: str
    taxonomies: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list. ``total`` and ``pages`` are ``None`` where the site does not say."""

    entries: tuple[Mapping[str, Any], ...]
    total: int | None
    pages: int | None


def announced_root(fetched: Fetched) -> str | None:
    """Return the address of the REST interface that a page of the site announces in its headers."""
    found = _API_LINK.search(fetched.headers.get("link", ""))
    return found[1] if found else None


def is_index(said: object) -> bool:
    """Return whether an answer is that of a REST interface that serves entries."""
    match said:
        case {"namespaces": list(namespaces)}:
            return "wp/v2" in namespaces
    return False


def types_of(said: object) -> dict[str, EntryType] | None:
    """Return the kinds of entry that are for readers, by their list's name; ``None`` when it is no such answer.

    Menus, templates, blocks, styles and the like are left out: what WordPress itself names ``wp_…``, and well-known
    page builders' parts.
    """
    if not isinstance(said, dict):
        return None
    found: dict[str, EntryType] = {}
    for name, entry in said.items():
        match entry:
            case {"rest_base": str(base)} if _is_for_readers(name) and _BASE.fullmatch(base):
                namespace = entry.get("rest_namespace") or "wp/v2"
                taxonomies = entry.get("taxonomies")
                found[base] = EntryType(
                    name=name,
                    rest_base=base,
                    route=f"{namespace}/{base}",
                    taxonomies=frozenset(taxonomies if isinstance(taxonomies, list) else ()),
                )
    return found


def _is_for_readers(name: str) -> bool:
    return name not in _FURNITURE and not name.startswith("wp_")


def list_page(fetched: Fetched) -> ListPage | None:
    """Return what a page of a list holds; ``None`` when the answer is no list."""
    said = fetched.json()
    if not isinstance(said, list) or not all(isinstance(entry, dict) for entry in said):
        return None
    total, pages = (_number(fetched.headers.get(name)) for name in ("x-wp-total", "x-wp-totalpages"))
    return ListPage(entries=tuple(said), total=total, pages=pages)


def is_past_the_end(fetched: Fetched) -> bool:
    """Return whether a page was asked that the list does not have (any more)."""
    match fetched.json() if fetched.status == 400 else None:
        case {"code": str(code)}:
            return code.endswith("invalid_page_number")
    return False


def _number(value: str | None) -> int | None:
    return int(value) if value is not None and value.isascii() and value.isdigit() else None
