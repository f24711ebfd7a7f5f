"""A host's file of reservations against text mining: asked for once, kept with every capture that it covers."""

import asyncio
import logging
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from corpus.vocabulary.harvest import CaptureFact
from harvester.middlewares.causes import NO_RESPONSE, note_of
from harvester.middlewares.hosts import session_of
from harvester.middlewares.recorded import HOPS
from harvester.middlewares.robots import UNGOVERNED
from harvester.permissions import RESERVATIONS_PATH

if TYPE_CHECKING:
    from harvester.session import CrawlSession

logger = logging.getLogger(__name__)

_ASKS = "asks_reservations"
LARGEST = 1 << 20  # bytes


class ReservationsMiddleware:
    """Asks each host for ``tdmrep.json`` before anything else, under its robots.txt. Most have none, which is no failure."""

    def __init__(self, crawler: Crawler, *, session: "CrawlSession") -> None:
        self._crawler, self._session = crawler, session
        self._asked: dict[str, asyncio.Future[None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(crawler, session=session_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Wait until the host's file is known."""
        if request.meta.get(UNGOVERNED) or request.meta.get(_ASKS):
            return
        parts = urlsplit(request.url)
        if parts.netloc not in self._asked:
            self._asked[parts.netloc] = asyncio.ensure_future(self._ask(parts.scheme, parts.netloc))
        await asyncio.shield(self._asked[parts.netloc])

    async def _ask(self, scheme: str, netloc: str) -> None:
        hops: list[CaptureFact] = []
        asked = Request(
            f"{scheme}://{netloc}{RESERVATIONS_PATH}",
            priority=1000,
            meta={_ASKS: True, HOPS: hops, "download_maxsize": LARGEST},
            callback=NO_CALLBACK,
        )
        try:
            response = await self._crawler.engine.download_async(asked)
        except NO_RESPONSE as error:
            logger.info("%s was not read: %s", asked.url, note_of(error, url=asked.url).reason)
            return
        if hops:
            self._session.permissions.note_reservations(netloc, hops[-1], response.body)
