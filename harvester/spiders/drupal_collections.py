"""The collections of a Drupal site's JSON:API, followed to their ends."""

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from corpus.vocabulary.errors import SourceError
from harvester.declarations.drupal import DrupalDeclaration
from harvester.digests import Digests
from harvester.spiders.addresses import absolute
from harvester.spiders.base import SourceSpider
from harvester.spiders.drupal_api import ApiPage, read_collection, refusal
from harvester.spiders.listings import Listing


class Collections:
    """Lists the nodes of the declared bundles. What cannot be read is a failure of the run, in words."""

    def __init__(self, spider: SourceSpider[Any], *, index: dict[str, str]) -> None:
        self._spider, self._index = spider, index
        self._declared: DrupalDeclaration = spider.declaration

    async def list_all(self, listing: Listing) -> None:
        """List every node of the bundles."""
        for bundle in self._declared.filters.bundles:
            href = self._index.get(f"node--{bundle}")
            if href is None:
                there = ", ".join(
                    sorted(n.removeprefix("node--") for n in self._index if n.startswith("node--"))
                )
                listing.failures.append(
                    f"The JSON:API has no content type {bundle!r} (filters.bundles); there are: {there or 'none'}."
                )
                continue
            await self._walk(href, listing=listing, again=listing.is_again)

    async def _walk(self, href: str, *, listing: Listing, again: bool) -> None:
        query: dict[str, str | int] = {"page[limit]": 50, "sort": "drupal_internal__nid"}
        if self._declared.api.documents:
            query["include"] = ",".join(self._declared.api.documents)
        first = absolute(href, base=self._declared.jsonapi) or self._declared.jsonapi
        url: str | None = f"{first}?{urlencode(query, safe=',')}"
        met = Digests()
        visited: set[str] = set()
        total, omitted = None, list[str]()
        while url is not None:
            if url in visited:
                listing.failures.append(f"The JSON:API leads in a circle ({url}).")
                return
            visited.add(url)
            self._spider.session.turn_page(url)
            try:
                page = await self._page(url, again=again)
            except SourceError as error:
                listing.failures.append(str(error))
                return
            total, omitted = page.total if total is None else total, [*omitted, *page.omitted]
            self._take(page, met=met, listing=listing)
            url = page.next_url
        if omitted:
            listing.unread.add(_withheld(omitted, first=first))
        if total is not None:
            listing.hold_against(total, got=len(met) + len(omitted), name=f"The collection {first}")

    async def _page(self, url: str, *, again: bool) -> ApiPage:
        fetched = await self._spider.fetch(url, again=again)
        if fetched.reason is not None:
            said = refusal(fetched.json())
            raise SourceError(f"{url} was not answered: {fetched.reason}{f' ({said})' if said else ''}.")
        return read_collection(fetched.json(), rules=self._declared.api, site=self._declared.entry.site)

    def _take(self, page: ApiPage, *, met: Digests, listing: Listing) -> None:
        for node in page.nodes:
            if not met.add(node.url):
                continue
            listing.meet(node.url)
            if self._declared.filters.want(node.url):
                listing.enter(node)
            else:
                listing.leave_out("addresses excluded by pattern")
        for _ in page.omitted:
            listing.leave_out("entries that the JSON:API withholds")
        for _ in range(page.hidden_files):
            listing.leave_out("files that the JSON:API withholds")


def _withheld(entries: list[str], *, first: str) -> str:
    """Return a name for what a collection withholds: another one where it withholds other entries."""
    digest = sha256("\n".join(sorted(entries)).encode()).hexdigest()
    return f"{len(entries)} entries that {first} withholds ({digest[:16]})"
