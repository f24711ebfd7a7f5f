"""What Scrapy writes into the log of each answer: nothing, since the recording holds them all."""

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter


class LogFormat(LogFormatter):
    """Scrapy's, which would make a line of every answer for a level that is never shown."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> None:  # type: ignore[override] # Scrapy bears it
        """Omit the line."""
