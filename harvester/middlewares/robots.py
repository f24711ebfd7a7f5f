"""robots.txt: read once for each host and obeyed; a host whose rules cannot be read is not asked."""

import asyncio
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from corpus.vocabulary.harvest import CaptureFact
from harvester.middlewares.causes import NO_RESPONSE, NotFetchedError, note_of
from harvester.middlewares.hosts import session_of
from harvester.middlewares.recorded import HOPS
from harvester.reasons import NotRetrieved

if TYPE_CHECKING:
    from harvester.session import CrawlSession

AGENT = "Greysift"
UNGOVERNED = "dont_obey_robotstxt"
"""Request meta: robots.txt itself, which no rule governs."""
LARGEST = 1 << 20  # bytes; more than twice of what every crawler has to read


class RobotsMiddleware:
    """Refuses what robots.txt forbids, and notes which capture of it governs a host.

    Scrapy's own takes a robots.txt that is too large, broken, or led elsewhere for none at all. Here the crawl ends:
    without the rules the host is not asked. An answer that there is none (4xx) is one.
    """

    def __init__(self, crawler: Crawler, *, session: "CrawlSession") -> None:
        self._crawler, self._session = crawler, session
        self._rules: dict[str, asyncio.Future[RobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(crawler, session=session_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Refuse, or let pass."""
        if request.meta.get(UNGOVERNED):
            return
        rules = await self._rules_of(request)
        if not rules.allowed(request.url, AGENT):
            raise NotFetchedError.because(NotRetrieved.ROBOTS, url=request.url)

    async def _rules_of(self, request: Request) -> RobotParser:
        netloc = urlsplit(request.url).netloc
        if (known := self._rules.get(netloc)) is not None:
            return await asyncio.shield(known)
        reading = self._rules[netloc] = asyncio.ensure_future(self._read(request, netloc))
        return await asyncio.shield(reading)

    async def _read(self, request: Request, netloc: str) -> RobotParser:
        hops: list[CaptureFact] = []
        asked = Request(
            f"{urlsplit(request.url).scheme}://{netloc}/robots.txt",
            priority=1000,
            meta={UNGOVERNED: True, HOPS: hops, "download_maxsize": LARGEST},
            callback=NO_CALLBACK,
        )
        body = b""
        try:
            response = await self._crawler.engine.download_async(asked)
        except NO_RESPONSE as error:
            reason = note_of(error, url=asked.url).reason
            if reason != NotRetrieved.NOT_RECORDED:  # recordings of others may lack it; nobody is asked then
                raise self._session.stop(
                    f"{asked.url} could not be read ({reason}): without it the host is not asked."
                ) from error
        else:
            body = response.body if response.status == 200 else b""
            if hops:
                self._session.permissions.note_robots(netloc, hops[-1])
        rules = ProtegoRobotParser.from_crawler(self._crawler, body)
        await self._crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=request
        )
        return rules
