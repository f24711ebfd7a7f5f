"""Sites that Drupal runs: by JSON:API where it is open, else by their sitemaps, else by lists.

JSON:API is off unless a site switches it on, and may be switched off again. A record's identity is its page's address
whichever way was gone, so that another way at the next crawl finds the same records.
"""

from collections.abc import AsyncIterator, Awaitable, Callable

from corpus.vocabulary.harvest import FoundRecord
from harvester.book import UNSETTLED
from harvester.declarations.drupal import DrupalDeclaration
from harvester.reasons import NotRetrieved
from harvester.spiders.base import SourceSpider
from harvester.spiders.drupal_api import read_index
from harvester.spiders.drupal_collections import Collections
from harvester.spiders.landing import LandingPages
from harvester.spiders.listings import Listing, records_of
from harvester.spiders.lists import Lists
from harvester.spiders.sitemaps import Sitemaps


class DrupalSpider(SourceSpider[DrupalDeclaration]):
    """Publications of a site that Drupal runs."""

    name = "drupal"

    async def records(self) -> AsyncIterator[FoundRecord]:
        """Yield a record for each publication; the run's figures say which way was gone."""
        way, list_all = await self._way()
        self.session.note(f"The site was read by its {way}.")
        pages = LandingPages(self, rules=self.declaration.page)
        async for record in records_of(self, list_all, pages):
            yield record

    async def _way(self) -> tuple[str, Callable[[Listing], Awaitable[None]]]:
        declared = self.declaration
        index = await self._index()
        if index is not None:
            return "JSON:API", Collections(self, index=index).list_all
        entry, filters = declared.entry, declared.filters
        self.session.note_unread_list("JSON:API")
        sitemaps = Sitemaps(self, site=entry.site, declared=entry.sitemaps, filters=filters)
        if await sitemaps.exist():
            return "sitemap", sitemaps.list_all
        self.session.note_unread_list("sitemap")
        if entry.lists and declared.list is not None:
            return "publication lists", Lists(
                self, firsts=entry.lists, rules=declared.list, filters=filters
            ).list_all
        raise self.session.stop(
            f"{declared.jsonapi} is closed, {entry.site} has no sitemap, and entry.lists names no list: there is no way in."
        )

    async def _index(self) -> dict[str, str] | None:
        """Return the JSON:API's collections, ``None`` where it is closed; one that is only busy ends the crawl."""
        url = self.declaration.jsonapi
        fetched = await self.fetch(url)
        is_refused = fetched.status is None and fetched.reason == NotRetrieved.ROBOTS
        if fetched.status in UNSETTLED or (fetched.status is None and not is_refused):
            raise self.session.stop(
                f"{url} gave no answer ({fetched.reason}), so nobody can say whether it is open."
            )
        return read_index(fetched.json()) if fetched.reason is None else None
