"""robots.txt: read once for each host and obeyed; a host whose rules cannot be read is not asked."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from corpus.vocabulary.harvest import CaptureFact
from harvester.book import UNSETTLED, is_robots
from harvester.middlewares.causes import NO_RESPONSE, NotFetchedError, note_of
from harvester.middlewares.hosts import session_of
from harvester.middlewares.recorded import ANEW, HOPS, bare_url
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

    async def _read(self, request: Request, netloc: str) -> RobotParser:
        rules, first = await read_rules(self._crawler, self._session, request)
        if first is not None:
            self._session.permissions.note_robots(netloc, first)
        for place in self._session.book.later_rules(robots_of(request)):
            fact, said = self._session.read(place)
            await self._session.hand_over_capture(fact, said=said)
            if fact.status not in UNSETTLED:
                self._session.permissions.note_robots(netloc, fact)
        return rules

    async def _rules_of(self, request: Request) -> RobotParser:
        netloc = urlsplit(request.url).netloc
        if (known := self._rules.get(netloc)) is not None:
            return await asyncio.shield(known)
        reading = self._rules[netloc] = asyncio.ensure_future(self._read(request, netloc))
        return await asyncio.shield(reading)


class RobotsAnewMiddleware:
    """Asks a host for its robots.txt again before a crawl that is taken up asks it for anything else.

    It stands below what answers from the recording, so that nobody is asked for what is recorded. What either the
    first or the newest robots.txt forbids is not asked; a refusal by the newest is written down, for replays.
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
        if request.meta.get(UNGOVERNED) or is_robots(bare_url(request)):
            return
        url = robots_of(request)
        if url not in self._rules:
            if self._session.book.has_just_received(url):
                return
            self._rules[url] = asyncio.ensure_future(self._ask(request))
        rules = await asyncio.shield(self._rules[url])
        if not rules.allowed(request.url, AGENT):
            refused = NotFetchedError.because(NotRetrieved.ROBOTS, url=bare_url(request))
            if self._session.writer is not None:
                self._session.writer.append_failure(refused.note, at=datetime.now(UTC))
            raise refused

    async def _ask(self, request: Request) -> RobotParser:
        rules, newest = await read_rules(self._crawler, self._session, request, is_anew=True)
        if newest is not None:
            self._session.permissions.note_robots(urlsplit(request.url).netloc, newest)
        return rules


def robots_of(request: Request) -> str:
    """Return the address of the rules that govern a request."""
    parts = urlsplit(request.url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


async def read_rules(
    crawler: Crawler, session: "CrawlSession", request: Request, *, is_anew: bool = False
) -> tuple[RobotParser, CaptureFact | None]:
    """Return the rules that govern a request, and the capture that holds them."""
    hops: list[CaptureFact] = []
    asked = Request(
        robots_of(request),
        priority=1000,
        meta={UNGOVERNED: True, HOPS: hops, "download_maxsize": LARGEST, ANEW: is_anew},
        callback=NO_CALLBACK,
    )
    body = b""
    try:
        response = await crawler.engine.download_async(asked)
    except NO_RESPONSE as error:
        reason = note_of(error, url=asked.url).reason
        if reason != NotRetrieved.NOT_RECORDED:  # recordings of others may lack it; nobody is asked then
            raise session.stop(
                f"{asked.url} could not be read ({reason}): without it the host is not asked."
            ) from error
    else:
        body = response.body if response.status == 200 else b""
    rules = ProtegoRobotParser.from_crawler(crawler, body)
    await crawler.signals.send_catch_log_async(
        signal=signals.robots_parsed, robotparser=rules, request=request
    )
    # of several answers on the way, a replay can tell that of the address itself only where it was asked anew
    own = [fact for fact in hops if fact.url == asked.url and fact.status not in UNSETTLED]
    governing = own[-1:] if is_anew else hops[-1:]
    return rules, governing[0] if governing else None
