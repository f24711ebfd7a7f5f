"""Sites found by their sitemaps: every address that is listed and wanted is read, page or document.

``lastmod`` is kept and trusted in nothing: sites restamp pages that stand as they were, and leave it as it was when a
file is replaced in place. So every page is asked again at each crawl, and every file on the condition of its ETag or date.
"""

from collections.abc import AsyncIterator

from corpus.vocabulary.harvest import FoundRecord
from harvester.declarations.sitemap import SitemapDeclaration
from harvester.spiders.base import SourceSpider
from harvester.spiders.landing import LandingPages
from harvester.spiders.listings import records_of
from harvester.spiders.sitemaps import CUSTOMARY, Sitemaps


class SitemapSpider(SourceSpider[SitemapDeclaration]):
    """Pages and documents that a site's sitemaps list."""

    name = "sitemap"

    async def records(self) -> AsyncIterator[FoundRecord]:
        """Yield a record for each address that is listed and wanted."""
        entry = self.declaration.entry
        sitemaps = Sitemaps(self, site=entry.site, declared=entry.sitemaps, filters=self.declaration.filters)
        if not await sitemaps.exist():
            tried = ", ".join(CUSTOMARY)
            raise self.session.stop(
                f"{entry.site} has no sitemap: robots.txt names none, and there is none at {tried}."
            )
        async for record in records_of(
            self, sitemaps.list_all, LandingPages(self, rules=self.declaration.page)
        ):
            yield record
