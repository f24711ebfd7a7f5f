"""WordPress sites without an open interface, by whatever way in is left; the real one is asked in tests/integration/wordpress."""

from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.web_server import WebServer, WebSite, pdf, xml
from tests.fakes.web_sites import report, urlset

NARROW = 'types = ["posts"]\nterms = "care"\nafter = 2020-05-31\n'


def feed(*entries: tuple[str, str]) -> str:
    items = "".join(
        f"<item><title>Called {path}</title><link>HOST{path}</link><pubDate>{moment}</pubDate></item>"
        for path, moment in entries
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


@pytest.fixture
def site():
    site = WebSite(robots="Sitemap: HOST/long-gone.xml\nSitemap: HOST/gone-too.xml\n")
    for name in ("old", "late", "undated"):
        site.pages[f"/{name}/"] = report(name, f"/{name}.pdf")
        site.pages[f"/{name}.pdf"] = pdf(name)
    return site


SITEMAP = xml(
    urlset(("/old/", "2020-05-30T23:00:00+00:00"), ("/late/", "2020-05-31T23:30:00+00:00"), "/undated/")
)
FEED = xml(feed(("/old/", "Sat, 30 May 2020 10:00:00 +0000"), ("/late/", "Mon, 01 Jun 2020 10:00:00 +0000")))


def crawl(folder, site, filters=""):
    with WebServer(site) as server:
        outcome = crawl_process.run(
            folder,
            declaration=server.declaration("wordpress", f'[entry]\nsite = "HOST"\n[filters]\n{filters}'),
            run_uid=uuid4(),
            warc_dir=folder / "warc",
        )
    return outcome, {url.removeprefix(server.url) for url in outcome.records}, " ".join(outcome.result.notes)


def test_sitemaps_that_robots_txt_names_and_that_are_not_there_leave_the_customary_ones(site, tmp_path):
    site.pages["/wp-sitemap.xml"], site.pages["/feed/"] = SITEMAP, FEED

    outcome, found, notes = crawl(tmp_path, site)

    assert outcome.result.failures == []
    assert outcome.result.run_otherwise == "by sitemaps"
    assert found == {"/old/", "/late/", "/undated/"}
    assert "/long-gone.xml" in notes
    assert "/wp-sitemap.xml was read instead" in notes


def test_with_no_sitemap_that_can_be_read_there_is_still_the_feed(site, tmp_path):
    site.pages["/feed/"] = FEED

    outcome, found, notes = crawl(tmp_path, site)

    assert outcome.result.failures == []
    assert outcome.result.run_otherwise == "by feed"
    assert found == {"/old/", "/late/"}
    assert "cannot be proved" in notes


def test_one_sitemap_of_several_that_is_missing_is_a_failure_all_the_same(site, tmp_path):
    site.pages["/gone-too.xml"] = SITEMAP

    outcome, found, _ = crawl(tmp_path, site)

    assert len(found) == 3
    assert "/long-gone.xml: not found" in outcome.result.failures[0]


@pytest.mark.parametrize("way", ["/wp-sitemap.xml", "/feed/"])
def test_a_day_is_held_to_as_far_as_it_is_told_and_what_cannot_be_is_said(way, site, tmp_path):
    site.pages[way] = SITEMAP if "sitemap" in way else FEED

    outcome, found, notes = crawl(tmp_path, site, NARROW)

    assert outcome.result.failures == []
    assert found == ({"/late/", "/undated/"} if "sitemap" in way else {"/late/"})
    assert "not applied: types, terms. The run holds entries" in notes
    assert "before 2020-05-31 was left out" in notes
    assert sum(number for name, number in outcome.result.counts.items() if "2020-05-31" in name) == 1
