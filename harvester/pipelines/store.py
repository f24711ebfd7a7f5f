"""Storing: items go to the session's sink, and one sink is the corpus. Nothing else here calls its services."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Self
from uuid import UUID

from asgiref.sync import sync_to_async
from scrapy.crawler import Crawler

from corpus.vocabulary.harvest import CaptureFact, FoundRecord
from harvester.reasons import CrawlStoppedError

if TYPE_CHECKING:
    from harvester.session import CrawlSession


class StorePipeline:
    """Hands each record over. Off in the settings; a crawl job switches it on."""

    def __init__(self, session: "CrawlSession") -> None:
        self._session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(crawler.spider.session)  # type: ignore[union-attr] # a SourceSpider is set before any pipeline is made

    async def close_spider(self) -> None:
        """Let everything be stored before the crawl ends, an interrupted one too."""
        with suppress(CrawlStoppedError):  # noted already
            await self._session.flush()

    async def process_item(self, item: FoundRecord) -> FoundRecord:
        """Hand over a record and pass it on; an error is noted in the session, since Scrapy only logs it."""
        await self._session.hand_over_record(item)
        return item


class CorpusSink:
    """The sink that stores in the corpus. Django must have been set up.

    Every call runs in one and the same thread, hence on one connection to the database.
    """

    def __init__(self, run_uid: UUID) -> None:
        from corpus.services import harvest  # noqa: PLC0415 - needs Django; spiders and dry runs do not

        self._run_uid = run_uid
        self._store_found = sync_to_async(harvest.store_found, thread_sensitive=True)

    async def store(self, found: Sequence[CaptureFact | FoundRecord]) -> None:
        """Store captures and records in one transaction."""
        await self._store_found(self._run_uid, found)
