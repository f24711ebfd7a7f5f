"""Every kind of source that reads pages says of which it read none, so that silence is no word about what these linked."""

from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.web_server import Answer, WebServer, WebSite, pdf, xml
from tests.fakes.web_sites import report, urlset

ANSWERS = {
    "/reports/read": report("Read", "/files/read.pdf"),
    "/reports/refused": Answer("no", status=403),
    "/reports/closed": Answer("who are you?", status=401, headers={"WWW-Authenticate": "Basic"}),
    "/reports/packed": Answer(b"PK\3\4", "application/zip"),
    "/reports/empty": Answer(b""),
    "/reports/huge": Answer("<p>" + "x" * (4 * 1024**2 + 1)),
    "/reports/forbidden": report("Forbidden", "/files/read.pdf"),
}
SITE = '[entry]\nsite = "HOST"\n'
KINDS = {
    "sitemap": (SITE, []),
    "wordpress": (SITE, []),
    "drupal": (SITE + '[filters]\nbundles = ["report"]\n', ["JSON:API"]),
    "listing": ('[entry]\nlists = ["HOST/list"]\n[list]\nitem = "li"\nlink = "a"\n', []),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_is_not_read_is_told_and_no_failure(kind, tmp_path):
    tables, unread_lists = KINDS[kind]
    site = WebSite(robots="User-agent: *\nDisallow: /reports/forbidden\n")
    site.pages = ANSWERS | {
        "/sitemap.xml": xml(urlset(*ANSWERS)),
        "/list": report("The list", *ANSWERS),
        "/files/read.pdf": pdf("read"),
    }
    with WebServer(site) as server:
        outcome = crawl_process.run(
            tmp_path, declaration=server.declaration(kind, tables), run_uid=uuid4(), warc_dir=tmp_path / "warc"
        )  # fmt: skip

    assert outcome.result.failures == []
    records = {url.removeprefix(server.url): record for url, record in outcome.records.items()}
    assert {url for url, record in records.items() if record["is_unread"]} == ANSWERS.keys() - {
        "/reports/read"
    }
    assert {url for url, record in records.items() if record["unread_parts"] == ["page"]} == {
        url for url, record in records.items() if record["is_unread"]
    }
    assert list(outcome.result.unread_lists) == unread_lists


def test_a_customary_sitemap_that_is_refused_may_hold_what_the_next_does_not(tmp_path):
    site = WebSite(pages={"/sitemap.xml": Answer("no", status=403), "/sitemap_index.xml": xml(urlset("/a"))})
    site.pages["/a"] = report("A")
    with WebServer(site) as server:
        outcome = crawl_process.run(
            tmp_path, declaration=server.declaration("sitemap", SITE), run_uid=uuid4(), warc_dir=tmp_path / "warc"
        )  # fmt: skip

    assert list(outcome.result.unread_lists) == [f"{server.url}/sitemap.xml"]
    assert "a sitemap that may stand before it was not given" in outcome.result.notes[0]
