"""The peer of the crawl benchmark: a plain Scrapy spider that downloads a site and keeps nothing."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from corpus.vocabulary.errors import SourceError
from greysift.bench.measures import Stopwatch


class BareSpider(Spider):
    """Reads a sitemap and downloads what it lists."""

    name = "bare"

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:  # noqa: ANN401 - as Scrapy's
        """Ask for everything that the sitemap lists."""
        for place in re.findall(r"<loc>(.*?)</loc>", response.body.decode()):
            yield Request(unescape(place), callback=self.received)

    def received(self, response: Response) -> None:
        """Count a file and forget it."""
        self.crawler.stats.inc_value("bare/bytes", len(response.body))
        self.crawler.stats.inc_value("bare/documents")


def bare_crawl(sitemap: str, *, documents: int, connections: int, is_tuned: bool) -> tuple[float, float]:
    """Download all that a sitemap lists; return the seconds from start to end, and of processor time. Once in a process.

    Parameters
    ----------
    is_tuned
        Whether Scrapy is spared the work that its defaults do for nothing; else it runs as it comes.

    Raises
    ------
    SourceError
        When fewer documents came than are there.
    """
    # Scrapy starts so many workers for the items of each answer, a hundred unless told; here there are no items.
    tuning = {"CONCURRENT_ITEMS": 1} if is_tuned else {}
    process = CrawlerProcess(
        {
            **tuning,
            "CONCURRENT_REQUESTS": connections,
            "CONCURRENT_REQUESTS_PER_DOMAIN": connections,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    crawler = process.create_crawler(BareSpider)
    watch = Stopwatch()
    process.crawl(crawler, start_urls=[sitemap])
    process.start()
    spent = watch.read()
    came = crawler.stats.get_value("bare/documents", 0)
    if came != documents:
        raise SourceError(f"the bare spider got {came} of {documents} documents")
    return spent
