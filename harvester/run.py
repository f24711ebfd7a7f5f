"""Run one crawl to its end. One process, one crawl: the reactor cannot be started twice."""

import ctypes
import gc
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import RunResult
from harvester.job import CrawlJob
from harvester.network.addresses import Reach
from harvester.network.resolver import REACH
from harvester.session import CrawlSession
from harvester.spiders.base import SourceSpider
from harvester.spiders.drupal import DrupalSpider
from harvester.spiders.govuk import GovukSpider
from harvester.spiders.listing import ListingSpider
from harvester.spiders.oaipmh import OaipmhSpider
from harvester.spiders.openalex import OpenalexSpider
from harvester.spiders.probing.spider import ProbeSpider
from harvester.spiders.sitemap import SitemapSpider
from harvester.spiders.wordpress import WordpressSpider

__all__ = ["CrawlJob", "crawl"]

_MMAP_THRESHOLD = -3  # its number in GNU's malloc.h
_LARGE = 128 * 1024  # bytes; what GNU's begins with
_ALLOCATED = 10_000  # objects more than were freed, before the collector looks: a batch of rows is as many

_SPIDERS: dict[str, type[SourceSpider[Any]]] = {
    "drupal": DrupalSpider,
    "govuk": GovukSpider,
    "listing": ListingSpider,
    "oaipmh": OaipmhSpider,
    "openalex": OpenalexSpider,
    "sitemap": SitemapSpider,
    "wordpress": WordpressSpider,
}


def crawl(job: CrawlJob) -> RunResult:
    """Crawl, or replay a recording, and hand everything to the job's sink.

    Killed at any moment, the same job takes the run up again: what was received is served from its WARC, and the sink
    is told again of what it may have missed.

    Raises
    ------
    BusyError
        When another process is at work on the same run, or has taken it over.
    KeyboardInterrupt
        When the crawl was interrupted; the same job takes it up again.
    NotNowError
        When the source is not to be asked now; the same job takes the crawl up later.
    SourceError
        When the source is of no known kind, or nobody says who harvests.
    WarcError
        When the recording, or the run's own WARC, is damaged.
    """
    spider = _SPIDERS.get(job.declaration.kind) if job.take_probe is None else ProbeSpider
    if spider is None:
        raise SourceError(f"{job.declaration.slug}: kind: no spider for {job.declaration.kind!r}.")
    settings = settings_of(job)
    session = CrawlSession(job)
    finish_reason: str | None = None
    handlers = {
        number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)
    }
    try:
        process = CrawlerProcess(settings)
        logging.getLogger("scrapy").setLevel(settings["LOG_LEVEL"])  # Scrapy sets DEBUG: every record in full
        logging.getLogger("twisted").setLevel(
            "WARNING"
        )  # a line for each passing answer, and servers send floods
        crawler = process.create_crawler(spider)
        process.crawl(crawler, session=session)
        _give_large_bodies_back()
        with _collector_at_ease():
            process.start()
        finish_reason = crawler.stats.get_value("finish_reason")
        _note_errors(session, crawler.stats.get_stats())
    finally:
        # Scrapy and its reactor keep the signals they took; whoever called must stop at Ctrl-C again.
        signal.set_wakeup_fd(-1)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        session.close(finish_reason=finish_reason)
    if session.interruption is not None:
        raise session.interruption
    if finish_reason == "shutdown":
        raise KeyboardInterrupt
    return session.result(finish_reason=finish_reason or "it never began")


def _give_large_bodies_back() -> None:
    """Let the C library return the memory of a large body when it is done with; else its heap grows by holes.

    It does so by itself until the first of them is freed, and then raises the size from which on it does. Other C
    libraries than GNU's have no such setting.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


@contextmanager
def _collector_at_ease() -> Iterator[None]:
    """Spare the collector of garbage what was there before the crawl, which it would look through again and again."""
    gc.collect()
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATED, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def settings_of(job: CrawlJob) -> Settings:
    """Return the settings of a crawl: the house's, with what the source's declaration says."""
    settings = Settings()
    settings.setmodule("harvester.settings")
    declaration = job.declaration
    slots = {
        urlsplit(f"//{host}").hostname: {"concurrency": declaration.politeness.connections, "delay": 0.0}
        for host in declaration.hosts
    }
    settings.set("USER_AGENT", job.user_agent, priority="cmdline")
    settings.set("CONCURRENT_REQUESTS", max(4, declaration.politeness.connections), priority="cmdline")
    # as many connections are kept open for the next request
    settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", declaration.politeness.connections, priority="cmdline")
    settings.set("DOWNLOAD_SLOTS", slots, priority="cmdline")
    settings.set("DOWNLOAD_MAXSIZE", declaration.limits.megabytes * 1024**2, priority="cmdline")
    settings.set("DOWNLOAD_TIMEOUT", declaration.limits.answer_seconds, priority="cmdline")
    if declaration.is_loopback:
        settings.set(REACH, Reach.LOOPBACK, priority="cmdline")
        settings.set("HTTPPROXY_ENABLED", value=False, priority="cmdline")  # it has a loopback of its own
    return settings


def _note_errors(session: CrawlSession, stats: dict[str, object]) -> None:
    """Make failures of what Scrapy only counts."""
    errors = sorted(
        name for name in stats if name.startswith("spider_exceptions/") and not name.endswith("/count")
    )
    for name in errors:
        kind = name.partition("/")[2]
        if kind != "CloseSpider":
            session.fail(f"The spider met an error of its own ({kind}, {stats[name]} times): see the log.")
