"""Only the source's own hosts are ever asked, whoever redirects where."""

from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from harvester.middlewares.causes import NotFetchedError
from harvester.reasons import NotRetrieved, with_detail

if TYPE_CHECKING:
    from harvester.session import CrawlSession


_SHOWN = 200  # characters


class HostsMiddleware:
    """Refuses requests to any host or scheme that the declaration does not name, redirected ones included."""

    def __init__(self, session: "CrawlSession") -> None:
        declaration = session.job.declaration
        self._hosts = frozenset(declaration.hosts)
        self._schemes = declaration.schemes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(session_of(crawler))

    def process_request(self, request: Request) -> None:
        """Refuse, or let pass."""
        parts = urlsplit(request.url)
        if parts.netloc not in self._hosts:
            raise NotFetchedError.because(
                with_detail(NotRetrieved.HOST, _shown(parts.netloc)), url=request.url
            )
        if parts.scheme not in self._schemes:
            raise NotFetchedError.because(with_detail(NotRetrieved.ADDRESS, parts.scheme), url=request.url)
        # A redirect copies its request, and with it the queue of the host that sent it on.
        request.meta.pop("download_slot", None)


def _shown(netloc: str) -> str:
    """Return a host as a reason shows it: no name and password of anybody, no page full of it."""
    return netloc.rpartition("@")[2][:_SHOWN]


def session_of(crawler: Crawler) -> "CrawlSession":
    """Return the session of a crawl, which its spider holds."""
    session: CrawlSession = crawler.spider.session  # type: ignore[union-attr] # set before any middleware is made
    return session
