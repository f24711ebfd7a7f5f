"""Sites whose publications stand in a list with pages: each entry is read, landing page or document."""

from collections.abc import AsyncIterator

from corpus.vocabulary.harvest import FoundRecord
from harvester.declarations.listing import ListingDeclaration
from harvester.spiders.base import SourceSpider
from harvester.spiders.landing import LandingPages
from harvester.spiders.listings import records_of
from harvester.spiders.lists import Lists


class ListingSpider(SourceSpider[ListingDeclaration]):
    """Publications that a site lists, page by page."""

    name = "listing"

    async def records(self) -> AsyncIterator[FoundRecord]:
        """Yield a record for each entry of the lists."""
        declared = self.declaration
        lists = Lists(self, firsts=declared.entry.lists, rules=declared.list, filters=declared.filters)
        async for record in records_of(self, lists.list_all, LandingPages(self, rules=declared.page)):
            yield record
