"""Sites by their sitemaps: everything listed is accounted for, whatever the sitemaps are like."""

from dataclasses import replace
from uuid import uuid4

import pytest

from harvester.warc import read_captures
from tests.fakes import crawl_process
from tests.fakes.crawl_checks import comparable, fates, killed_and_resumed, replayed, without_rules
from tests.fakes.web_server import Answer, WebServer, WebSite, pdf, xml
from tests.fakes.web_sites import SITEMAP_TABLES, index, report, sitemap_site, urlset

PLAIN = '[entry]\nsite = "HOST"\n'


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sitemap")
    with WebServer(sitemap_site()) as server:
        declaration = server.declaration("sitemap", SITEMAP_TABLES)
        outcome = crawl_process.run(
            folder / "crawl", declaration=declaration, run_uid=uuid4(), warc_dir=folder / "warc"
        )
        yield server, declaration, outcome, folder, dict(server.hits)


def crawl(folder, site, tables=PLAIN, **order):
    with WebServer(site) as server:
        outcome = crawl_process.run(
            folder / "crawl",
            declaration=server.declaration("sitemap", tables),
            run_uid=uuid4(),
            warc_dir=folder / "warc",
            **order,
        )
        crawl.hits = dict(server.hits)
        return outcome


def test_everything_that_is_listed_and_wanted_becomes_a_record(crawled):
    _, _, outcome, _, _ = crawled

    assert outcome.result.failures == []
    assert fates(outcome) == {
        "/reports/one": [("/files/one.pdf", None), ("/files/annex.docx", "not found")],
        "/reports/two": [
            ("/files/two.pdf", None),
            ("/files/one.pdf", None),
            ("https://partner.example/far.pdf", "external"),
        ],
        "/reports/three": [],
        "/files/alone.pdf": [("/files/alone.pdf", None)],
        "/reports/gone": [("/reports/gone", "deleted")],
        "/reports/hidden": [("/reports/hidden", "forbidden by robots.txt")],
        "/reports/moved": [("/reports/moved", f"moved: {crawled[0].url}/reports/one")],
    }
    assert outcome.result.expected == outcome.result.got == 7


def test_what_is_listed_and_not_read_is_counted(crawled):
    counts = crawled[2].result.counts

    assert counts["addresses excluded by pattern"] == 2
    assert counts["addresses listed twice"] == 1
    assert counts["addresses on other hosts"] == 1
    assert counts["sitemaps excluded by pattern"] == 1
    assert not {"/about", "/reports/tag/x", "/sitemap-users.xml", "/menu.pdf"} & crawled[4].keys()


def test_a_record_keeps_what_sitemap_and_page_say(crawled):
    (record,) = (r for r in crawled[2].records.values() if r["title"] == "Report one")

    assert record["said"]["lastmod"] == "2020-01-02"
    assert record["said"]["page"]["language"] == "en-GB"
    assert (record["published"], record["summary"]) == ("2019-03-04", "About Report one.")
    assert record["publisher"] == "The Charity"


def test_pages_and_documents_are_asked_once_and_sitemaps_twice(crawled):
    asked = {path: n for path, n in crawled[4].items() if n > 1}

    assert asked == dict.fromkeys(
        ["/sitemap-index.xml", "/sitemap-1.xml", "/sitemap-2.xml.gz", "/nested.xml", "/sitemap-3.xml"], 2
    )


def test_a_killed_crawl_ends_as_if_undisturbed(crawled, tmp_path):
    server, declaration, outcome, _, _ = crawled
    server.site.delay = 0.02

    resumed = killed_and_resumed(server, tmp_path, declaration=declaration)

    server.site.delay = 0.0
    assert comparable(resumed) == comparable(outcome)
    assert without_rules(resumed) == without_rules(outcome)


def test_a_replay_yields_the_same(crawled, tmp_path):
    _, declaration, outcome, folder, _ = crawled

    again = replayed(tmp_path, declaration=declaration, warc_dir=folder / "warc")

    assert again.status == 0, again.log
    assert (again.records, again.captures, again.result) == (
        outcome.records,
        outcome.captures,
        outcome.result,
    )


def test_a_second_crawl_brings_no_page_and_no_document_again(crawled, tmp_path):
    server, declaration, _, folder, _ = crawled
    facts = [fact for path in (folder / "warc").glob("*.warc.gz") for fact in read_captures(path)]
    server.forget()

    second = crawl_process.run(
        tmp_path,
        declaration=declaration,
        run_uid=uuid4(),
        warc_dir=folder / "warc",
        validators=crawl_process.dumped(facts),
    )

    assert second.status == 0
    pages = {
        path
        for path in server.hits
        if path.startswith(("/reports/o", "/reports/t", "/files")) and "docx" not in path
    }
    assert pages == {path for path in pages if server.unchanged[path] == server.hits[path]}
    assert len(pages) == 6


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml"])
def test_a_sitemap_that_nobody_names_is_found_where_it_is_wont_to_be(tmp_path, path):
    soft = Answer("<!doctype html><p>Not here, sorry")
    site = WebSite(
        {"/sitemap.xml": soft, path: xml(urlset("/a")), "/a": report("A", "/a.pdf"), "/a.pdf": pdf("a")}
    )

    outcome = crawl(tmp_path, site)

    assert outcome.result.failures == []
    assert fates(outcome) == {"/a": [("/a.pdf", None)]}


def test_a_site_without_sitemap_fails_and_says_where_it_was_sought(tmp_path):
    outcome = crawl(tmp_path, WebSite({}))

    assert outcome.status == 1
    assert "has no sitemap" in outcome.result.failures[0]
    assert "/wp-sitemap.xml" in outcome.result.failures[0]


def test_declared_sitemaps_are_read_instead_of_those_that_robots_name(tmp_path):
    site = WebSite(
        {"/mine.txt": Answer("HOST/a\n\nHOST/b\n", "text/plain"), "/a": report("A"), "/b": report("B")},
        robots="Sitemap: HOST/other.xml\n",
    )

    outcome = crawl(tmp_path, site, f'{PLAIN}sitemaps = ["HOST/mine.txt"]\n')

    assert outcome.result.failures == []
    assert fates(outcome) == {"/a": [], "/b": []}


@pytest.mark.parametrize(
    ("child", "said"),
    [
        (None, "/child.xml: not found"),
        (xml("<urlset><url><loc>HOST/b</loc></url><url><lo"), "/child.xml breaks off or is broken"),
        (Answer("<!doctype html><p>Busy"), "/child.xml is no sitemap but a web page"),
        (
            xml("<!DOCTYPE x [<!ENTITY a 'b'>]><urlset><url><loc>HOST/&a;</loc></url></urlset>"),
            "has a DOCTYPE",
        ),
        (xml("<rss></rss>"), "it begins with <rss>"),
        (xml("<urlset><url><lastmod>2020</lastmod></url></urlset>"), "without a usable address"),
        (Answer(b"\x1f\x8b" + bytes(9), "application/gzip"), "cannot be unpacked"),
        (xml(index("https://elsewhere.example/sitemap.xml")), "on a host that the declaration does not name"),
    ],
)
def test_a_child_that_cannot_be_read_fails_the_run_and_the_rest_is_read(tmp_path, child, said):
    site = WebSite(
        {
            "/sitemap.xml": xml(index("/child.xml", "/good.xml")),
            "/good.xml": xml(urlset("/a")),
            "/a": report("A"),
        }
    )
    if child is not None:
        site.pages["/child.xml"] = child

    outcome = crawl(tmp_path, site)

    assert outcome.status == 1
    assert any(said in failure for failure in outcome.result.failures), outcome.result.failures
    assert "/a" in fates(outcome)


def test_sitemaps_that_list_nothing_wanted_fail_the_run(tmp_path):
    site = WebSite({"/sitemap.xml": xml(urlset("/a"))})

    wanted = crawl(tmp_path / "1", site, f'{PLAIN}[filters]\ninclude = ["/b/*"]\n')
    site.pages["/sitemap.xml"] = xml(urlset())
    empty = crawl(tmp_path / "2", site)

    assert "The one address that the sitemaps list is not to be read" in wanted.result.failures[0]
    assert empty.result.failures[0] == "The sitemaps list no address."


def test_pages_that_come_and_go_during_the_crawl_are_neither_lost_nor_doubled(tmp_path):
    lists = [("/a", "/b"), ("/b", "/c", "/a2"), ("/b", "/c", "/a2")]
    site = WebSite({"/sitemap.xml": lambda before: xml(urlset(*lists[min(before, 2)]))})
    site.pages |= {path: report(path, f"{path}.pdf") for path in ("/a", "/b", "/c", "/a2")}
    site.pages |= {f"{path}.pdf": pdf(path) for path in ("/a", "/b", "/c", "/a2")}

    outcome = crawl(tmp_path, site)

    assert outcome.result.failures == []
    assert outcome.result.expected == outcome.result.got == 4
    assert {path: n for path, n in crawl.hits.items() if path.endswith(".pdf")} == dict.fromkeys(
        ["/a.pdf", "/b.pdf", "/c.pdf", "/a2.pdf"], 1
    )
    counts = outcome.result.counts
    assert (counts["left_the_list"], counts["documents_that_left_the_list"]) == (1, 1)
    assert (counts["records"], counts["documents_retrieved"]) == (4, 4)


@pytest.mark.parametrize(
    ("limits", "said"),
    [("requests = 9", "more addresses than limits.requests (9)"), ("pages = 1", "limits.pages")],
)
def test_more_than_the_limits_allow_fails_the_run(tmp_path, limits, said):
    site = WebSite(
        {"/sitemap.xml": xml(index("/one.xml")), "/one.xml": xml(urlset(*[f"/{n}" for n in range(12)]))}
    )

    outcome = crawl(tmp_path, site, f"{PLAIN}[limits]\n{limits}\n")

    assert said in outcome.result.failures[0]
    assert outcome.records == {}


def test_a_sitemap_that_never_stands_still_fails_the_run(tmp_path):
    site = WebSite({"/sitemap.xml": lambda before: xml(urlset(f"/{before}"))})
    site.pages |= {f"/{n}": report(str(n)) for n in range(9)}

    outcome = crawl(tmp_path, site)

    assert any("listed something else each of" in failure for failure in outcome.result.failures)


def test_a_selector_that_matches_on_no_page_fails_the_run(tmp_path):
    site = WebSite({"/sitemap.xml": xml(urlset("/a")), "/a": report("A", "/a.pdf"), "/a.pdf": pdf("a")})

    outcome = crawl(tmp_path, site, f'{PLAIN}[page]\ntitle = "h1"\ndocuments = "div.files"\n')

    (failure,) = outcome.result.failures
    assert "page.documents (div.files)" in failure
    assert failure.count("/a")


def test_an_empty_etag_is_no_validator_and_a_wrong_lastmod_hides_nothing(tmp_path):
    site = WebSite({"/sitemap.xml": xml(urlset(("/a", "2001-01-01")))})
    bodies = [report("A", "/old.pdf"), report("A", "/new.pdf")]
    site.pages["/a"] = lambda before: Answer(bodies[min(before, 1)].body, etag='""')
    site.pages |= {"/old.pdf": pdf("old"), "/new.pdf": pdf("new")}
    with WebServer(site) as server:
        order = {"declaration": server.declaration("sitemap", PLAIN), "warc_dir": tmp_path / "warc"}
        crawl_process.run(tmp_path / "first", run_uid=uuid4(), **order)
        facts = [fact for path in (tmp_path / "warc").glob("*.warc.gz") for fact in read_captures(path)]
        second = crawl_process.run(
            tmp_path / "second", run_uid=uuid4(), validators=crawl_process.dumped(facts), **order
        )

    assert second.result.failures == []
    assert fates(second) == {"/a": [("/new.pdf", None)]}
    assert server.unchanged["/a"] == 0


@pytest.mark.parametrize("tag", ['"caf\xe9"', 'W/"\xc3\xa0-1"', "\x80\xc3\xa0"])
def test_a_validator_goes_back_in_the_bytes_in_which_it_came(tmp_path, tag):
    site = WebSite({"/sitemap.xml": xml(urlset("/a")), "/a": report("A", "/a.pdf")})
    site.pages["/a.pdf"] = replace(pdf("a"), etag=tag)
    with WebServer(site) as server:
        order = {"declaration": server.declaration("sitemap", PLAIN), "warc_dir": tmp_path / "warc"}
        crawl_process.run(tmp_path / "first", run_uid=uuid4(), **order)
        facts = [fact for path in (tmp_path / "warc").glob("*.warc.gz") for fact in read_captures(path)]
        crawl_process.run(
            tmp_path / "second", run_uid=uuid4(), validators=crawl_process.dumped(facts), **order
        )

    assert (server.hits["/a.pdf"], server.unchanged["/a.pdf"]) == (2, 1)
