"""Trying again when a host was busy or broken; the pause before it is the host's, and kept by its turns."""

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from harvester.book import UNSETTLED
from harvester.middlewares.causes import NETWORK_ERRORS, note_of
from harvester.middlewares.hosts import session_of
from harvester.middlewares.recorded import bare_url

if TYPE_CHECKING:
    from harvester.session import CrawlSession


class PatienceMiddleware:
    """Asks again, a few times, what gave no settled answer.

    Every answer counts as a try, recorded ones of earlier attempts too. How long is waited before the next try, and
    whether the crawl is put off instead, is for the host's turns to say: an address that puts a crawl off each time it
    is asked is given up like any other, and the run goes on without it.
    """

    def __init__(self, crawler: Crawler, *, session: "CrawlSession") -> None:
        self._crawler, self._session = crawler, session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(crawler, session=session_of(crawler))

    def process_request(self, request: Request) -> None:
        """Ask nothing more, recorded or not, once the crawl is to end."""
        self._session.check()

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Try again when the host is busy or broken."""
        if response.status not in UNSETTLED:
            return response
        return self._retry(request, reason=f"status {response.status}") or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Try again when the connection failed."""
        if not isinstance(exception, NETWORK_ERRORS):
            return None
        again = self._retry(request, reason=type(exception).__name__)
        if again is None:
            note = replace(note_of(exception, url=bare_url(request)), is_given_up=True)
            self._session.note_no_answer(note)
        return again

    def _retry(self, request: Request, *, reason: str) -> Request | None:
        self._session.spend_request(is_new=False)
        spider = self._crawler.spider
        return get_retry_request(request, spider=spider, reason=reason) if spider is not None else None
