"""robots.txt: read once for each host and obeyed; a host whose rules cannot be read is not asked."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from harvester.book import UNSETTLED, is_robots
from harvester.middlewares.causes import NO_RESPONSE, NotFetchedError, in_words, note_of
from harvester.middlewares.hosts import session_of
from harvester.middlewares.recorded import ANEW, HOPS, bare_url
from harvester.reasons import NotRetrieved, with_detail

if TYPE_CHECKING:
    from harvester.job import CrawlJob
    from harvester.session import CrawlSession

AGENT = "Greysift"
UNGOVERNED = "dont_obey_robotstxt"
"""Request meta: robots.txt itself, which no rule governs."""
LARGEST = 1 << 20  # bytes; more than twice of what every crawler has to read
ASKED_AGAIN_AFTER = timedelta(minutes=15)
"""A pause for a host that is too busy to give its rules and asks for none."""
OPEN_FOR = timedelta(days=7)
"""A run may wait so long for rules, from when it was begun: one that stayed open for ever would never be seen to fail."""


@dataclass(frozen=True, slots=True)
class HostRules:
    """A host's rules; ``closed`` is why it is not to be asked at all, in a sentence and in a few words.

    ``is_busy`` says that another time its rules may be had.
    """

    robots: RobotParser
    closed: tuple[str, str] | None = None
    is_busy: bool = False

    def refusal(self, request: Request) -> NotFetchedError | None:
        """Return why a request is not to be made."""
        url = bare_url(request)
        if self.closed is not None:
            reason = with_detail(NotRetrieved.HOST_CLOSED, self.closed[1])
            return NotFetchedError.because(reason, url=url, is_transient=True)
        if not self.robots.allowed(request.url, AGENT):
            return NotFetchedError.because(NotRetrieved.ROBOTS, url=url)
        return None


class RobotsMiddleware:
    """Refuses what robots.txt forbids.

    Scrapy's own takes a robots.txt that is too large, broken, or led elsewhere for none at all. Here the crawl ends
    when the first host's cannot be read: without the rules it is not asked. If that befalls a host that is asked later,
    the crawl has failed too, and goes on elsewhere: ended at once, it would leave what chance had brought by then, and
    no replay could say the same. An answer that there is none (4xx) is one.
    """

    def __init__(self, crawler: Crawler, *, session: "CrawlSession") -> None:
        self._crawler, self._session = crawler, session
        self._rules: dict[str, asyncio.Future[HostRules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(crawler, session=session_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Refuse, or let pass."""
        if request.meta.get(UNGOVERNED):
            return
        rules = await self._rules_of(request)
        if (refused := rules.refusal(request)) is not None:
            raise refused

    async def _read(self, request: Request, *, is_first: bool) -> HostRules:
        rules = await read_rules(self._crawler, self._session, request)
        if rules.closed is not None:
            if is_first:
                raise self._session.stop(rules.closed[0])
            self._session.fail(rules.closed[0])
        for place in self._session.book.later_rules(robots_of(request)):
            fact, said = self._session.read(place)
            await self._session.hand_over_capture(fact, said=said)
        return rules

    async def _rules_of(self, request: Request) -> HostRules:
        netloc = urlsplit(request.url).netloc
        if (known := self._rules.get(netloc)) is not None:
            return await asyncio.shield(known)
        is_first = not self._rules
        reading = self._rules[netloc] = asyncio.ensure_future(self._read(request, is_first=is_first))
        return await asyncio.shield(reading)


class RobotsAnewMiddleware:
    """Asks a host for its robots.txt again before a crawl that is taken up asks it for anything else.

    It stands below what answers from the recording, so that nobody is asked for what is recorded. What either the
    first or the newest robots.txt forbids is not asked, and nothing is when the newest cannot be read. Each refusal is
    written down, for replays. A host that is merely busy puts the crawl off: it has come this far, and may go on.
    """

    def __init__(self, crawler: Crawler, *, session: "CrawlSession") -> None:
        self._crawler, self._session = crawler, session
        self._rules: dict[str, asyncio.Future[HostRules]] = {}

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
            self._rules[url] = asyncio.ensure_future(
                read_rules(self._crawler, self._session, request, is_anew=True)
            )
        rules = await asyncio.shield(self._rules[url])
        if rules.closed is not None and rules.is_busy and may_wait(self._session.job):
            until = self._session.job.clock() + ASKED_AGAIN_AFTER
            raise self._session.put_off(rules.closed[0].removesuffix("."), until=until)
        if (refused := rules.refusal(request)) is not None:
            self._session.note_no_answer(replace(refused.note, is_given_up=True))
            raise refused


def may_wait(job: "CrawlJob") -> bool:
    """Return whether a run is young enough to be put off for a host's rules."""
    return job.begun_at is None or job.clock() - job.begun_at < OPEN_FOR


def robots_of(request: Request) -> str:
    """Return the address of the rules that govern a request."""
    parts = urlsplit(request.url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


async def read_rules(
    crawler: Crawler, session: "CrawlSession", request: Request, *, is_anew: bool = False
) -> HostRules:
    """Return the rules that govern a request; ``is_anew`` asks the host whatever is recorded."""
    asked = Request(
        robots_of(request),
        priority=1000,
        meta={UNGOVERNED: True, HOPS: [], "download_maxsize": LARGEST, ANEW: is_anew},
        callback=NO_CALLBACK,
    )
    body, why, is_busy = b"", None, False
    try:
        response = await crawler.engine.download_async(asked)
    except NO_RESPONSE as error:
        note = note_of(error, url=asked.url)
        if note.reason != NotRetrieved.NOT_RECORDED:  # recordings of others may lack it; nobody is asked then
            why = in_words(error) if note.reason == NotRetrieved.NO_ANSWER else note.reason
    else:
        if response.status in UNSETTLED or response.status >= 500:
            why, is_busy = f"status {response.status}", response.status in UNSETTLED
        body = response.body if response.status == 200 else b""
    rules = ProtegoRobotParser.from_crawler(crawler, body)
    if why is not None:
        sentence = f"{asked.url} could not be read ({why}): without it the host is not asked."
        return HostRules(rules, (sentence, f"its robots.txt could not be read: {why}"), is_busy=is_busy)
    delay = rules.crawl_delay(AGENT)
    if delay is not None and delay > session.job.declaration.politeness.patience_seconds:
        netloc = urlsplit(request.url).netloc
        sentence = f"robots.txt of {netloc} asks for {delay:.0f} s between requests, longer than this source's patience."
        return HostRules(rules, (sentence, f"its robots.txt asks for {delay:.0f} s between requests"))
    await crawler.signals.send_catch_log_async(
        signal=signals.robots_parsed, robotparser=rules, request=request
    )
    return HostRules(rules)
