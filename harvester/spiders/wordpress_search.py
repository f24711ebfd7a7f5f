"""Which lists of a WordPress site a declaration asks for."""

from functools import partial
from typing import Any

from corpus.vocabulary.errors import SourceError
from harvester.book import UNSETTLED
from harvester.declarations import WordpressDeclaration
from harvester.declarations.wordpress import WordpressFilters
from harvester.media_types import WEB_PAGE
from harvester.reasons import NotRetrieved
from harvester.spiders.base import Fetched, SourceSpider
from harvester.spiders.wordpress_entries import ENTRY_FIELDS, FILE_FIELDS
from harvester.spiders.wordpress_lists import EntryList
from harvester.spiders.wordpress_rest import EntryType, RestRoot, announced_root, is_index, types_of

_AILING = {NotRetrieved.NO_ANSWER, NotRetrieved.CUT_SHORT}
Spider = SourceSpider[WordpressDeclaration]


async def open_root(spider: Spider) -> RestRoot | None:
    """Return where the site's REST interface lies; ``None`` when it is closed or there is none.

    A host that is merely ailing ends the crawl: another way in would find less and look complete.
    """
    site = spider.declaration.entry.site
    usual = RestRoot(f"{site}/wp-json/")
    if await _is_root(spider, usual):
        return usual
    announced = announced_root(await spider.fetch(f"{site}/"))
    others = dict.fromkeys((announced, f"{site}/?rest_route=/"))
    for root in (RestRoot(url) for url in others if url and url != usual.url and spider.is_ours(url)):
        if await _is_root(spider, root):
            return root
    return None


async def _is_root(spider: Spider, root: RestRoot) -> bool:
    fetched = await spider.fetch(root.route("", _fields="name,namespaces"))
    is_closed = fetched.reason is not None and fetched.reason.startswith(NotRetrieved.HOST_CLOSED)
    if fetched.status in UNSETTLED or fetched.reason in _AILING or is_closed:
        raise spider.session.stop(f"{fetched.url} gives no answer ({fetched.reason}): harvest again later.")
    return fetched.reason is None and is_index(fetched.json())


async def asked_types(spider: Spider, root: RestRoot) -> list[EntryType] | None:
    """Return the kinds of entry to read; ``None`` when the site does not say which there are.

    Raises
    ------
    SourceError
        When a declared type is not among them.
    """
    filters = spider.declaration.filters
    fetched = await spider.fetch(root.route("wp/v2/types"))
    shown = types_of(fetched.json()) if fetched.reason is None else None
    if shown is None:
        return None
    names = shown.keys() if filters.types is None else filters.types
    if unknown := [name for name in names if name not in shown]:
        raise SourceError(
            f"filters.types: the site shows no entries called {', '.join(unknown)}; it shows {', '.join(shown)}."
        )
    return [shown[name] for name in names if not filters.categories or "category" in shown[name].taxonomies]


async def search_of(spider: Spider, root: RestRoot) -> dict[str, str | int]:
    """Return the parameters that narrow the lists of entries.

    Raises
    ------
    SourceError
        When the site does not have a declared category.
    """
    filters = spider.declaration.filters
    search: dict[str, str | int] = {}
    if filters.terms is not None:
        search["search"] = filters.terms
    if filters.after is not None:
        search["after"] = f"{filters.after}T23:59:59"
    if filters.categories:
        search["categories"] = await _category_numbers(spider, root, filters)
    return search


async def _category_numbers(spider: Spider, root: RestRoot, filters: WordpressFilters) -> str:
    slugs = ",".join(filters.categories)
    fetched = await spider.fetch(
        root.route("wp/v2/categories", slug=slugs, per_page=100, _fields="id,slug,name")
    )
    numbers = _numbers_by_slug(fetched)
    if missing := [slug for slug in filters.categories if slug not in numbers]:
        raise SourceError(
            f"filters.categories: the site has no category {', '.join(missing)}: "
            "write the last part of the address of a category's page."
        )
    return ",".join(str(numbers[slug]) for slug in filters.categories)


def _numbers_by_slug(fetched: Fetched) -> dict[str, int]:
    said: Any = fetched.json() if fetched.reason is None else []
    return {
        entry["slug"]: entry["id"]
        for entry in (said if isinstance(said, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("slug"), str) and isinstance(entry.get("id"), int)
    }


async def entry_lists(spider: Spider, root: RestRoot) -> list[EntryList] | None:
    """Return the lists of entries to read; ``None`` when the site does not say which there are.

    Raises
    ------
    SourceError
        When the declaration asks for a type or category that the site does not have.
    """
    types = await asked_types(spider, root)
    if types is None:
        return None
    search = await search_of(spider, root)
    return [
        EntryList(
            partial(_turn, spider),
            root=root,
            route=kind.route,
            what=kind.rest_base,
            fields=ENTRY_FIELDS,
            search=search,
        )
        for kind in types
    ]


def file_lists(spider: Spider, root: RestRoot) -> list[EntryList]:
    """Return the lists of the media library to read, one for each type of file that is wanted."""
    return [
        EntryList(
            partial(_turn, spider),
            root=root,
            route="wp/v2/media",
            what=what_files(media_type),
            fields=FILE_FIELDS,
            search={"mime_type": media_type},
            may_hide=True,
        )
        for media_type in spider.declaration.filters.media_types
        if media_type != WEB_PAGE
    ]


def what_files(media_type: str) -> str:
    """Return what the library's files of a type are called in sentences and counts."""
    return f"files ({media_type})"


async def _turn(spider: Spider, url: str, *, again: bool) -> Fetched:
    """Ask for a page of a list."""
    spider.session.turn_page(url)
    return await spider.fetch(url, again=again)
