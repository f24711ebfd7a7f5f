"""A WordPress site whose REST interface is closed: read by its sitemaps, else by its feed, page for page."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace

from corpus.vocabulary.harvest import FoundRecord
from harvester.declarations import WordpressDeclaration
from harvester.spiders.base import SourceSpider
from harvester.spiders.landing import LandingPages, Listed
from harvester.spiders.listings import Listing, records_of
from harvester.spiders.sitemaps import Sitemaps
from harvester.spiders.wordpress_entries import key_of
from harvester.spiders.wordpress_feed import Feed, number_in

_LISTS_OF_LISTS = (
    "/wp-sitemap-taxonomies-*",
    "/wp-sitemap-users-*",
    "/author-sitemap*",
    "/category-sitemap*",
    "/post_tag-sitemap*",
)
"""Sitemaps, of WordPress and of its usual plugins, that list no entries but pages which list entries."""

Spider = SourceSpider[WordpressDeclaration]


class EntryPages(LandingPages):
    """Reads entries' pages; an entry's identity is its number, as where the REST interface is open."""

    def __init__(self, spider: Spider) -> None:
        super().__init__(spider)
        self._entries = spider

    async def record_of(self, entry: Listed) -> FoundRecord:
        """Fetch an entry's page and everything it links."""
        if entry.key is None and self._entries.is_ours(entry.url):
            fetched = await self._entries.fetch(entry.url)  # the run keeps the answer: it is asked once
            number = number_in(short_address(fetched.headers.get("link", "")))
            entry = replace(entry, key=key_of(number)) if number is not None else entry
        return await super().record_of(entry)


async def records_by_pages(spider: Spider) -> AsyncIterator[FoundRecord]:
    """Yield a record for each page that the sitemaps, or else the feed, list; say what that leaves open."""
    list_all = await _way_in(spider)
    for sentence in _unapplied(spider.declaration):
        spider.session.note(sentence)
    async for record in records_of(spider, list_all, EntryPages(spider)):
        yield record


async def _way_in(spider: Spider) -> Callable[[Listing], Awaitable[None]]:
    session, declaration = spider.session, spider.declaration
    home = f"{declaration.entry.site}/"  # no entry, but the newest of them
    exclude = (*declaration.filters.exclude, *_LISTS_OF_LISTS, home)
    filters = declaration.filters.model_copy(update={"exclude": exclude})
    sitemaps = Sitemaps(
        spider,
        site=declaration.entry.site,
        declared=(),
        filters=filters,
        are_fallback=True,
        changed_since=declaration.filters.after,
    )
    if await sitemaps.exist():
        session.run_otherwise("by sitemaps")
        session.note(
            "The site's REST interface is closed to readers; the search was run over its sitemaps. These list no files: "
            "a file that no page links is not found."
        )
        return sitemaps.list_all
    feed = Feed(spider)
    if await feed.exists():
        session.run_otherwise("by feed")
        session.note(
            "The site's REST interface is closed to readers and it has no sitemap that can be read; the search was run over its feed. A "
            "feed does not say how many entries there are, and may end before the oldest: that nothing is missing "
            "cannot be proved."
        )
        return feed.list_all
    raise session.stop(
        "The site's REST interface is closed to readers, and it has neither sitemap nor feed: declare it as of another kind."
    )


def _unapplied(declaration: WordpressDeclaration) -> Iterator[str]:
    """Say which filters only the interface can apply, and how far a day can be held to."""
    filters = declaration.filters
    without = [name for name in ("types", "terms", "categories") if getattr(filters, name)]
    if without:
        yield (
            "Sitemaps and feeds cannot be searched as the interface can: filters that the declaration has and that were "
            f"not applied: {', '.join(without)}. The run holds entries that they would have left out."
        )
    if filters.after is not None:
        yield (
            f"filters.after was applied as far as the days given allow: what was last changed, or in a feed published, "
            f"before {filters.after} was left out. What was published before it and changed since, or is listed without "
            "a day, is among what was read."
        )


def short_address(header: str) -> str:
    """Return the short address that a page announces."""
    for part in header.split(","):
        address, _, rel = part.partition(";")
        if "shortlink" in rel:
            return address.strip().removeprefix("<").removesuffix(">")
    return ""
