"""Drupal sites: by JSON:API where it is open, else by sitemap, else by lists."""

from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.crawl_checks import comparable, fates, killed_and_resumed, replayed, without_rules
from tests.fakes.drupal_site import DrupalSite, Node
from tests.fakes.web_server import Answer, WebServer, pdf, xml
from tests.fakes.web_sites import (
    DRUPAL_TABLES,
    drupal_site,
    list_page,
    one_of_every_node,
    report,
    urlset,
)


def furnished():
    site = drupal_site(one_of_every_node())
    site.pages["/files/8.pdf"] = pdf("8")
    site.pages["/reports/9"] = report("Linked on its page only", "/files/9.pdf")
    site.pages["/files/9.pdf"] = pdf("9")
    return site


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drupal")
    with WebServer(furnished()) as server:
        declaration = server.declaration("drupal", DRUPAL_TABLES)
        outcome = crawl_process.run(
            folder / "crawl", declaration=declaration, run_uid=uuid4(), warc_dir=folder / "warc"
        )
        yield server, declaration, outcome, folder, dict(server.hits)


@pytest.fixture
def crawl(tmp_path):
    def crawl_site(site, tables=DRUPAL_TABLES):
        with WebServer(site) as server:
            outcome = crawl_process.run(
                tmp_path / "crawl",
                declaration=server.declaration("drupal", tables),
                run_uid=uuid4(),
                warc_dir=tmp_path / "warc",
            )
            crawl_site.hits = dict(server.hits)
            return outcome

    return crawl_site


def test_every_node_of_the_bundles_becomes_a_record_with_its_files(crawled):
    outcome = crawled[2]

    assert outcome.result.failures == []
    assert fates(outcome) == {
        **{f"/reports/{n}": [(f"/sites/default/files/{n}.pdf", None)] for n in range(1, 8)},
        "/node/8": [("/files/8.pdf", None)],
        "/reports/9": [("/files/9.pdf", None)],
        "/reports/10": [],
        "/b/13": [("/files/13.pdf", None), ("/files/13b.pdf", None)],
    }
    assert outcome.result.expected == outcome.result.got == 11


def test_the_run_says_which_way_it_went_and_what_it_was_not_shown(crawled):
    counts = crawled[2].result.counts

    assert list(crawled[2].result.notes) == ["The site was read by its JSON:API."]
    assert counts["entries that the JSON:API withholds"] == 1
    assert counts["files that the JSON:API withholds"] == 1
    assert counts["addresses excluded by pattern"] == 1


def test_a_record_keeps_what_the_node_says(crawled):
    (record,) = (r for r in crawled[2].records.values() if r["title"] == "Linked in its text")

    assert (record["published"], record["summary"], record["document_type"]) == (
        "2019-05-17",
        "In short",
        "report",
    )
    assert record["said"]["drupal_internal__nid"] == 8
    assert record["documents"][0]["title"] == "the report"


def test_pages_are_read_only_where_the_api_names_no_document(crawled):
    assert {path for path in crawled[4] if path.startswith(("/reports/", "/node/", "/b/"))} == {
        "/reports/9",
        "/reports/10",
    }


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


def test_a_declared_field_dates_the_publication(crawl):
    outcome = crawl(
        drupal_site(DrupalSite([Node(1, "One")])),
        DRUPAL_TABLES.replace('"report", "briefing"', '"report"') + 'published = "field_dated"\n',
    )

    assert [record["published"] for record in outcome.records.values()] == ["2001-02-03"]


@pytest.mark.parametrize(("was", "becomes", "said"), [
    ('"briefing"', '"leaflet"', "no content type 'leaflet' (filters.bundles); there are: article, briefing, report"),
    ("field_document.field_media_file", "field_files", "`field_files` is not a valid relationship field name"),
])  # fmt: skip
def test_a_declaration_that_does_not_fit_the_site_fails_the_run_in_words(crawl, was, becomes, said):
    outcome = crawl(furnished(), DRUPAL_TABLES.replace(was, becomes))

    assert any(said in failure for failure in outcome.result.failures), outcome.result.failures


def test_nodes_that_go_while_the_pages_are_read_take_none_with_them(crawl):
    """Two a page. After the first page its first node is deleted, so that the third slips onto it."""
    api = DrupalSite([Node(n, f"Node {n}", (f"/{n}.pdf",)) for n in range(1, 6)], most=2)
    site = drupal_site(api)
    api.on_page = lambda offset: api.nodes.pop(0) if offset == 2 and api.nodes[0].nid == 1 else None

    outcome = crawl(site, DRUPAL_TABLES.replace('"report", "briefing"', '"report"'))

    assert outcome.result.failures == []
    assert set(fates(outcome)) == {f"/node/{n}" for n in range(1, 6)}


@pytest.mark.parametrize(("missing", "status"), [(0, 0), (1, 1)])
def test_a_count_that_the_site_gives_must_be_got(crawl, missing, status):
    api = one_of_every_node()
    api.counts = True
    site = drupal_site(api)
    if missing:
        site.pages[
            "/jsonapi/node/briefing?page%5Blimit%5D=50&sort=drupal_internal__nid&include=field_document.field_media_file"
        ] = Answer(
            '{"jsonapi": {}, "data": [], "links": {}, "meta": {"count": "1"}}', "application/vnd.api+json"
        )

    outcome = crawl(site)

    assert outcome.status == status
    assert outcome.result.expected - outcome.result.got == missing


def closed(**pages):
    api = one_of_every_node()
    site = drupal_site(api)
    api.is_open = False
    site.pages |= pages
    return site


def test_a_closed_api_leads_to_the_sitemap_and_to_the_same_records(crawl, crawled):
    paths = [f"/reports/{n}" for n in range(1, 8)]

    outcome = crawl(closed(**{"/sitemap.xml": xml(urlset(*paths, "/reports/not-this"))}))

    assert outcome.result.failures == []
    assert list(outcome.result.notes) == ["The site was read by its sitemap."]
    assert fates(outcome) == {path: fates(crawled[2])[path] for path in paths}


def test_without_api_and_sitemap_the_lists_are_read(crawl):
    tables = DRUPAL_TABLES.replace(
        "[filters]", 'lists = ["HOST/publications"]\n[list]\nitem = ".item"\n[filters]'
    )

    outcome = crawl(closed(**{"/publications": list_page("/reports/1", "/reports/2")}), tables)

    assert outcome.result.failures == []
    assert list(outcome.result.notes) == ["The site was read by its publication lists."]
    assert set(fates(outcome)) == {"/reports/1", "/reports/2"}


def test_with_no_way_in_the_run_fails_and_says_so(crawl):
    assert "there is no way in" in crawl(closed()).result.failures[0]


def test_an_api_that_is_only_busy_is_not_called_closed(crawl):
    api = one_of_every_node()
    site = drupal_site(api)
    api.status = 503
    site.pages["/sitemap.xml"] = xml(urlset("/reports/1"))

    outcome = crawl(site)

    assert any("nobody can say whether it is open" in failure for failure in outcome.result.failures)
    assert outcome.records == {}
