"""What Scrapy imports only when a crawl begins: imported once for all the crawls of the tests."""

import importlib

for name in (
    "harvester.middlewares.capture",
    "harvester.middlewares.patience",
    "harvester.middlewares.turns",
    "harvester.pipelines.store",
    "protego",
    "scrapy.core.downloader.contextfactory",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.scheduler",
    "scrapy.downloadermiddlewares.robotstxt",
    "scrapy.extensions.corestats",
    "scrapy.extensions.logcount",
    "scrapy.extensions.logstats",
    "scrapy.extensions.memusage",
    "scrapy.pqueues",
    "scrapy.squeues",
    "scrapy.utils.versions",
):
    importlib.import_module(name)
