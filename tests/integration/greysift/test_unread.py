"""A crawl that finds pages of known records unreadable: their titles and words stand, and a replay says the same."""

import pytest

from greysift.cli.output import PUT_OFF
from tests.fakes.web_server import Answer, WebServer, WebSite, pdf, xml
from tests.fakes.web_sites import report, urlset
from tests.integration.greysift.commands import greysift
from tests.integration.greysift.rows import rows
from tests.integration.greysift.test_replay import evidence

RECORDS = "SELECT title, revision FROM corpus_record ORDER BY key"
DOCUMENTS = "SELECT url, status FROM corpus_report ORDER BY url"
TITLES = [(f"Report {n}", 1) for n in range(6)]
LOOP = Answer("", "text/plain", 302, {"Location": "HOST/robots.txt"})
HARVEST = ("harvest", "--source", "local-site")


def site_of_six():
    site = WebSite(robots="User-agent: *\nAllow: /\n")
    site.pages = {
        "/sitemap.xml": xml(urlset(*(f"/reports/{n}" for n in range(6)))),
        **{f"/reports/{n}": report(f"Report {n}", f"/files/{n}.pdf") for n in range(6)},
        **{f"/files/{n}.pdf": pdf(str(n)) for n in range(6)},
    }
    return site


def workspace_of(folder, server):
    greysift(folder, "init", str(folder), "--protocol", "care-leavers")
    (folder / "var" / "sources" / "site.toml").write_text(
        server.declaration("sitemap", '[entry]\nsite = "HOST"\n')
    )


def replay_all(folder, *, of, statuses):
    greysift(folder, "init", str(folder), "--protocol", "care-leavers")
    recorded = rows(of, "SELECT uid FROM corpus_searchrun ORDER BY started_at")
    for (uid,), status in zip(recorded, statuses, strict=True):
        plain = str(uid).replace("-", "")
        (warc,) = (
            p for p in (of / "var" / "warc").glob("*.warc.gz") if p.name.replace("-", "").startswith(plain)
        )
        greysift(folder, "harvest", "--replay", str(warc), status=status)


@pytest.fixture
def folders(tmp_path):
    origin, elsewhere = tmp_path / "origin", tmp_path / "elsewhere"
    origin.mkdir()
    elsewhere.mkdir()
    return origin, elsewhere


def test_pages_that_are_gone_refused_or_forbidden_take_nothing_from_what_is_known(folders):
    origin, elsewhere = folders
    with WebServer(site_of_six()) as server:
        workspace_of(origin, server)
        greysift(origin, *HARVEST)
        known = rows(origin, DOCUMENTS)
        for n, status in ((1, 404), (2, 410), (3, 403)):
            server.site.pages[f"/reports/{n}"] = Answer("no", status=status)
        server.site.robots = "User-agent: *\nDisallow: /reports/4\n"
        server.site.pages["/reports/5"] = Answer("broken off", is_cut=True)

        said = greysift(origin, *HARVEST, status=1)

    assert rows(origin, RECORDS) == TITLES
    assert rows(origin, DOCUMENTS) == known
    assert "5 of 6 records" in said
    assert "records: 0 new, 0 changed, 6 unchanged" in said
    replay_all(elsewhere, of=origin, statuses=(0, 1))
    assert evidence(elsewhere) == evidence(origin)


def test_a_first_crawl_stores_what_is_listed_and_says_that_its_page_was_not_read(folders):
    origin, elsewhere = folders
    site = site_of_six()
    site.robots = "User-agent: *\nDisallow: /reports/4\n"
    with WebServer(site) as server:
        workspace_of(origin, server)

        said = greysift(origin, *HARVEST)

    assert "not read: 1 of the records, forbidden by robots.txt (1)" in said
    assert (*TITLES[:4], ("4", 1), TITLES[5]) == tuple(rows(origin, RECORDS))
    replay_all(elsewhere, of=origin, statuses=(0,))
    assert evidence(elsewhere) == evidence(origin)


def test_a_crawl_taken_up_without_its_robots_txt_takes_nothing_from_what_is_known(folders):
    origin, elsewhere = folders
    site = site_of_six()
    with WebServer(site) as server:
        workspace_of(origin, server)
        greysift(origin, *HARVEST)
        known = rows(origin, DOCUMENTS)
        server.forget()
        site.pages["/reports/2"] = Answer("busy", status=503, headers={"Retry-After": "3600"})
        greysift(origin, *HARVEST, status=PUT_OFF)
        site.pages["/robots.txt"] = LOOP

        said = greysift(origin, *HARVEST, status=1)

    assert "asked for again: host not to be asked further: its robots.txt could not be read" in said
    assert "list no address" not in said
    assert "at the end" not in said

    assert rows(origin, RECORDS) == TITLES
    assert rows(origin, DOCUMENTS) == known
    replay_all(elsewhere, of=origin, statuses=(0, 1))
    assert evidence(elsewhere) == evidence(origin)


GONE = "SELECT url FROM corpus_report WHERE gone_since IS NOT NULL"


def test_what_a_page_linked_that_two_complete_crawls_may_not_read_is_not_gone(folders):
    origin, elsewhere = folders
    site = site_of_six()
    with WebServer(site) as server:
        workspace_of(origin, server)
        greysift(origin, *HARVEST)
        site.robots = "User-agent: *\nDisallow: /reports/1\n"
        site.pages["/reports/2"] = report("Report 2")
        for _ in range(2):
            greysift(origin, *HARVEST)

    assert rows(origin, GONE) == [(f"{server.url}/files/2.pdf",)]
    replay_all(elsewhere, of=origin, statuses=(0, 0, 0))
    assert rows(elsewhere, GONE) == rows(origin, GONE)
    assert evidence(elsewhere) == evidence(origin)
