from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from scrapy.crawler import Crawler

from corpus.vocabulary.errors import SourceError
from harvester import settings
from harvester.declarations import declaration_as_plain, parse_declaration, shipped_declarations
from harvester.job import CrawlJob
from harvester.run import _SPIDERS, settings_of

(DEPARTMENT,) = [d for d in shipped_declarations() if d.slug == "department-for-education"]


def job(**said) -> CrawlJob:
    return CrawlJob(declaration=DEPARTMENT, run_uid=uuid4(), warc_dir=Path("unused"), sink=None, **said)


def test_a_crawl_of_others_needs_someone_to_write_to():
    with pytest.raises(SourceError, match=r"politeness\.contact"):
        settings_of(job())


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        (" library@example.org ", "contact: mailto:library@example.org)"),
        ("https://example.org/crawls", "contact: https://example.org/crawls)"),
        ("The Library, library@xn--bcher-kva.example", "library@xn--bcher-kva.example)"),
    ],
)
def test_a_contact_is_told_as_it_was_given(contact, told):
    assert job(contact=contact).user_agent.endswith(told)


@pytest.mark.parametrize(
    ("contact", "why"),
    [
        ("x", "must hold an e-mail address"),
        ("me@here", "must hold an e-mail address"),
        ("ftp://example.org/", "must hold an e-mail address"),
        ("a@example.org\nb: c", "must be one line"),
        ("a@example.org\x7f", "must be one line"),
        ("a@bücher.example", "xn--"),
        (" ", "say who"),
        ("\t", "say who"),
    ],
)
def test_a_contact_by_which_nobody_can_be_reached_is_refused_before_anything_is_asked(contact, why):
    with pytest.raises(SourceError, match=why):
        settings_of(job(contact=contact))


def test_servers_are_told_who_asks_and_are_asked_slowly():
    made = settings_of(job(contact="library@example.org"))

    assert "library@example.org" in made["USER_AGENT"]
    assert made["USER_AGENT"].startswith("Greysift/")
    slot = {"concurrency": 1, "delay": 0.0}  # the pace is that of the turns
    assert made["DOWNLOAD_SLOTS"] == {"www.gov.uk": slot, "assets.publishing.service.gov.uk": slot}
    assert made["TWISTED_DNS_RESOLVER"] == "harvester.network.resolver.GuardedResolver"
    assert made["GREYSIFT_REACH"] == "public"


@pytest.mark.parametrize("spider", _SPIDERS.values(), ids=_SPIDERS)
def test_every_crawl_runs_with_scrapys_risks_off_and_turns_on(spider):
    crawler = Crawler(spider, settings_of(job(contact="library@example.org")))
    crawler.addons.load_settings(crawler.settings)  # as when a crawl begins; the spider's own are in already
    made = crawler.settings

    assert made.getbool("ROBOTSTXT_OBEY")
    assert not made.getbool("REMOTE_CONTROL_ENABLED")
    assert not made.getbool("TELNETCONSOLE_ENABLED")
    assert made.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert made.getint("DOWNLOAD_MAXSIZE") <= 256 * 1024 * 1024
    assert made.getbool("DOWNLOAD_FAIL_ON_DATALOSS")
    assert not made.getbool("COOKIES_ENABLED")
    assert not made.getbool("HTTPCACHE_ENABLED")
    assert made.get("JOBDIR") is None
    handlers = {**made.getdict("DOWNLOAD_HANDLERS_BASE"), **made.getdict("DOWNLOAD_HANDLERS")}
    assert {scheme for scheme, handler in handlers.items() if handler is not None} == {"http", "https"}
    middlewares = made.getdict("DOWNLOADER_MIDDLEWARES")
    placed = {name.rpartition(".")[2]: order for name, order in middlewares.items() if order is not None}
    assert (
        max(placed, key=placed.get) == "TurnsMiddleware"
    )  # nearest the network: what is recorded takes no turn


def test_as_many_connections_are_kept_open_as_may_be_used_at_once():
    politeness = DEPARTMENT.politeness.model_copy(update={"connections": 16})
    declaration = DEPARTMENT.model_copy(update={"politeness": politeness})

    made = settings_of(replace(job(contact="library@example.org"), declaration=declaration))

    # Scrapy's pool of connections goes by this, and not by the slots that the download goes by
    assert made.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 16
    assert {slot["concurrency"] for slot in made["DOWNLOAD_SLOTS"].values()} == {16}


def test_storing_is_off_until_a_job_asks():
    assert settings.ITEM_PIPELINES == {}


@pytest.mark.parametrize("kind", sorted(d.kind for d in shipped_declarations()))
def test_a_crawl_of_others_of_any_kind_needs_someone_to_write_to(kind):
    for declaration in shipped_declarations():
        if declaration.kind == kind and declaration.politeness.contact is None:
            with pytest.raises(SourceError, match=r"politeness\.contact"):
                settings_of(
                    CrawlJob(declaration=declaration, run_uid=uuid4(), warc_dir=Path("unused"), sink=None)
                )


@pytest.mark.parametrize(
    "host", ["127.0.0.1.example.org", "localhost.example.org", "127.0.0.1@example.org", "10.0.0.1"]
)
def test_nothing_but_this_machine_passes_for_it(host):
    plain = {
        **declaration_as_plain(DEPARTMENT),
        "hosts": [host],
        "entry": dict.fromkeys(("search", "content", "site", "assets"), f"http://{host}"),
    }
    try:
        declaration = parse_declaration(plain, name="sly")
    except SourceError:
        return  # it is no address at all, or a private one
    assert not declaration.is_loopback
