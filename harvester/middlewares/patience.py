"""Waiting as a host asks: Retry-After, Crawl-delay, and longer each time it fails."""

import asyncio
import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from harvester.book import UNSETTLED
from harvester.middlewares.causes import NETWORK_ERRORS
from harvester.middlewares.hosts import session_of
from harvester.middlewares.recorded import RECORDED

if TYPE_CHECKING:
    from harvester.session import CrawlSession

logger = logging.getLogger(__name__)


class PatienceMiddleware:
    """Tries again after a pause in which the whole host is left alone.

    The pause is what Retry-After says, else the source's delay doubled with each try. A host that asks for a longer
    one than the declaration's patience, or whose robots.txt cannot be read, ends the crawl: it is for another day.
    """

    def __init__(self, crawler: Crawler, *, session: "CrawlSession") -> None:
        self._crawler, self._session = crawler, session
        self._politeness = session.job.declaration.politeness
        self._not_before: dict[str, float] = {}
        crawler.signals.connect(self._apply_crawl_delay, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(crawler, session=session_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Wait until the host may be asked again."""
        host = urlsplit(request.url).netloc
        if self._session.stop_reason is not None:
            raise self._session.stop(self._session.stop_reason)
        pause = self._not_before.get(host, 0) - monotonic()
        if pause > 0:
            await asyncio.sleep(pause)
            await self.process_request(request)  # meanwhile the host may have asked for more

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Try again when the host is busy or broken."""
        if response.status not in UNSETTLED:
            return response
        if RECORDED not in response.flags:
            self._hold(request, asked=_retry_after(response))
        again = self._retry(request, reason=f"status {response.status}")
        if again is None and _is_robots(request):
            raise self._no_robots(request, why=f"status {response.status}")
        return again or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Try again when the connection failed."""
        if not isinstance(exception, NETWORK_ERRORS):
            return None
        self._hold(request, asked=None)
        again = self._retry(request, reason=type(exception).__name__)
        if again is None and _is_robots(request):
            raise self._no_robots(request, why=type(exception).__name__)
        return again

    def _retry(self, request: Request, *, reason: str) -> Request | None:
        spider = self._crawler.spider
        return get_retry_request(request, spider=spider, reason=reason) if spider is not None else None

    def _hold(self, request: Request, *, asked: float | None) -> None:
        host = urlsplit(request.url).netloc
        tries = int(request.meta.get("retry_times", 0)) + 1
        if asked is not None and asked > self._politeness.patience_seconds:
            raise self._session.stop(
                f"{host} asks to be left alone for {asked:.0f} s, longer than this source's patience: harvest later."
            )
        pause = asked if asked is not None else self._politeness.delay_seconds * 2**tries
        pause = min(pause, self._politeness.patience_seconds)
        self._not_before[host] = max(self._not_before.get(host, 0), monotonic() + pause)
        logger.info("host=%s is left alone for %.1f s", host, pause)

    def _no_robots(self, request: Request, *, why: str) -> Exception:
        return self._session.stop(
            f"{request.url} could not be read ({why}): without it the host is not asked."
        )

    def _apply_crawl_delay(self, robotparser: RobotParser, request: Request) -> None:
        """Slow down to what robots.txt asks; Scrapy reads it and leaves it at that."""
        asked = robotparser.crawl_delay("Greysift")
        if asked is None or asked <= self._politeness.delay_seconds:
            return
        parts = urlsplit(request.url)
        if asked > self._politeness.patience_seconds:
            self._session.stop(
                f"robots.txt of {parts.netloc} asks for {asked:.0f} s between requests, longer than this source's patience."
            )
            return
        downloader, host = self._crawler.engine.downloader, parts.hostname or ""
        downloader.per_slot_settings.setdefault(host, {})["delay"] = asked
        if host in downloader.slots:
            downloader.slots[host].delay = asked


def _is_robots(request: Request) -> bool:
    return urlsplit(request.url).path == "/robots.txt"


def _retry_after(response: Response) -> float | None:
    """Return the seconds that Retry-After asks for, given as a number or as a date."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
