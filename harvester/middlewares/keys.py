"""Keys that a source gives its users: sent to its entry points alone, and kept out of everything that is stored."""

from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from harvester.middlewares.hosts import session_of

if TYPE_CHECKING:
    from harvester.session import CrawlSession

HEADER = "Authorization"
WITHHELD = "withheld"
"""What a recording shows in place of the key."""


class KeysMiddleware:
    """Sends the job's key, as a bearer's, to the hosts of the entry points."""

    def __init__(self, session: "CrawlSession") -> None:
        self._key = session.job.key
        self._hosts = frozenset(
            urlsplit(address).netloc for _, address in session.job.declaration.addresses()
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(session_of(crawler))

    def process_request(self, request: Request) -> None:
        """Give the key, or see to it that a redirect takes none along."""
        request.headers.pop(HEADER, None)
        if self._key is not None and urlsplit(request.url).netloc in self._hosts:
            request.headers[HEADER] = f"Bearer {self._key}"
