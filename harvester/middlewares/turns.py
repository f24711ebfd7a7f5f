"""One request at a time to a host, at its pace, within the hours of the source, whoever else asks it."""

import asyncio
import logging
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from corpus.vocabulary.errors import BusyError, TurnsError
from corpus.vocabulary.turns import HOLD, LONGEST, Ending
from harvester.book import UNSETTLED
from harvester.middlewares.causes import NETWORK_ERRORS, NotFetchedError
from harvester.middlewares.hosts import session_of
from harvester.middlewares.recorded import ANEW, RECORDED, bare_url
from harvester.middlewares.retry_after import retry_after
from harvester.middlewares.robots import may_wait
from harvester.reasons import CrawlStoppedError, NotRetrieved, with_detail
from harvester.turns import host_of

if TYPE_CHECKING:
    from harvester.session import CrawlSession

logger = logging.getLogger(__name__)

AGENT = "Greysift"
ROBOTS = "/robots.txt"


@dataclass(slots=True)
class _Held:
    host: str
    line: asyncio.Lock
    answered: float | None = None


class TurnsMiddleware:
    """Takes a turn for each request that goes to the network, and gives it back when the answer came or none did.

    It stands below every middleware that answers from a recording, nearest the network. A source of this machine that
    declares no delay is asked without turns, unless its robots.txt asks for one.
    """

    def __init__(self, crawler: Crawler, *, session: "CrawlSession") -> None:
        self._crawler, self._session = crawler, session
        self._politeness = session.job.declaration.politeness
        self._turns = session.job.turns
        self._paces: dict[str, float] = {}
        self._not_before: dict[str, float] = {}
        self._lines: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._held: dict[Request, _Held] = {}
        self._renewal: asyncio.Task[None] | None = None
        crawler.signals.connect(self._note_answer, signal=signals.headers_received)
        crawler.signals.connect(self._note_crawl_delay, signal=signals.robots_parsed)
        crawler.signals.connect(self._give_all_back, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(crawler, session=session_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Wait for the host's turn, and take it."""
        host = host_of(request.url)
        if _is_robots(request):
            # the pace that it asks for must be known before the turn ends, and this stands below all decoding
            request.headers["Accept-Encoding"] = "identity"
        elif not self._pace(host):
            await self._wait_as_asked(request, host)
            return
        line = self._lines[host]
        await line.acquire()
        try:
            await self._take(request, host)
        except BaseException:
            line.release()
            raise
        self._held[request] = _Held(host, line)
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._renew())

    async def process_response(self, request: Request, response: Response) -> Response:
        """Give the turn back, with what the host said of its trouble and of the pace that it wants."""
        if RECORDED in response.flags:
            return response
        host = host_of(request.url)
        if response.status == 200 and _is_robots(request):
            self._slow_down(host, ProtegoRobotParser.from_crawler(self._crawler, response.body))
        is_setback = response.status in UNSETTLED
        await self._end(request, is_setback=is_setback, pause=retry_after(response))
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Give the turn back: no answer came."""
        await self._end(request, is_setback=isinstance(exception, NETWORK_ERRORS), pause=None)

    def _pace(self, host: str) -> float:
        return max(self._politeness.delay_seconds, self._paces.get(host, 0.0))

    def _check(self) -> None:
        """Raise when nothing more is to be asked, for good or for now."""
        self._session.check()
        now = self._session.job.clock()
        opens = self._politeness.opening(now)
        if opens > now:
            raise self._session.put_off(f"it may be asked within {self._politeness.hours} alone", until=opens)

    async def _take(self, request: Request, host: str) -> None:
        while True:
            self._check()
            try:
                wait = await self._turns.take(host, pace=self._pace(host))
            except BusyError as busy:
                raise self._session.interrupt(busy) from busy
            except TurnsError as error:  # without a turn nobody is asked
                raise self._keeper_failed(error) from error
            if wait is None:
                return
            if wait.until is not None:
                self._check_patience(request, host, wait.seconds)
            await asyncio.sleep(wait.seconds)

    async def _wait_as_asked(self, request: Request, host: str) -> None:
        """Wait for a host that takes no turns, as long as it asked to be left alone."""
        while True:
            self._check()
            pause = self._not_before.get(host, 0.0) - monotonic()
            if pause <= 0:
                return
            self._check_patience(request, host, pause)
            await asyncio.sleep(pause)

    def _check_patience(self, request: Request, host: str, seconds: float) -> None:
        """Put the crawl off for a longer wait than the source's patience; a pace that is slower is no reason."""
        if seconds > max(self._politeness.patience_seconds, self._pace(host)):
            if request.meta.get(ANEW) and not may_wait(self._session.job):  # no recorded try of it counts
                reason = with_detail(
                    NotRetrieved.HOST_CLOSED, f"it is to be left alone for {seconds:.0f} s more"
                )
                raise NotFetchedError.because(reason, url=bare_url(request), is_transient=True)
            until = self._session.job.clock() + timedelta(seconds=seconds)
            raise self._session.put_off(
                f"{host} is to be left alone for {seconds:.0f} s, as it asked or since it keeps failing",
                until=until,
            )

    async def _end(self, request: Request, *, is_setback: bool, pause: float | None) -> None:
        held = self._held.pop(request, None)
        if held is None:
            if pause:
                host = host_of(request.url)
                pause = min(pause, LONGEST.total_seconds())
                self._not_before[host] = max(self._not_before.get(host, 0.0), monotonic() + pause)
            return
        ending = Ending(
            answered_ago=0.0 if held.answered is None else monotonic() - held.answered,
            pace=self._pace(held.host),
            pause=pause,
            is_setback=is_setback,
        )
        try:
            await self._turns.give_back(held.host, ending)
        except TurnsError as error:
            raise self._keeper_failed(error) from error
        finally:
            held.line.release()

    def _keeper_failed(self, error: TurnsError) -> CrawlStoppedError:
        logger.error("turns cannot be kept", exc_info=error)
        return self._session.stop(f"Turns at the hosts could not be kept ({error}).")

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(HOLD.total_seconds() / 3)
            try:
                await self._turns.renew([held.host for held in self._held.values()])
            except TurnsError:  # the next try may do better; a hold outlives two
                logger.exception("turns could not be renewed")

    def _note_answer(self, request: Request) -> None:
        if (held := self._held.get(request)) is not None:
            held.answered = monotonic()

    def _note_crawl_delay(self, robotparser: RobotParser, request: Request) -> None:
        """Slow down as robots.txt asks, wherever it was redirected to; Scrapy reads it and leaves it at that."""
        self._slow_down(host_of(request.url), robotparser)

    def _slow_down(self, host: str, robots: RobotParser) -> None:
        asked = robots.crawl_delay(AGENT)
        if asked is None or not asked > self._pace(host):  # what is no number is greater than none
            return
        if asked <= self._politeness.patience_seconds:  # else RobotsMiddleware lets nobody ask
            self._paces[host] = float(asked)

    async def _give_all_back(self) -> None:
        """Leave no host held by a crawl that is over, cancelled requests included."""
        if self._renewal is not None:
            self._renewal.cancel()
            with suppress(asyncio.CancelledError):
                await self._renewal
        for request in list(self._held):
            await self._end(request, is_setback=False, pause=None)


def _is_robots(request: Request) -> bool:
    return urlsplit(request.url).path == ROBOTS
