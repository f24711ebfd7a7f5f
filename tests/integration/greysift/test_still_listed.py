"""What a source goes on listing is not gone, though its file has become another's, its words or its page are missing."""

from dataclasses import replace

import pytest

from tests.fakes.oai_server import OaiServer, entries
from tests.fakes.web_server import WebServer, WebSite, pdf, xml
from tests.fakes.web_sites import report, urlset
from tests.integration.greysift.commands import greysift, greysift_json
from tests.integration.greysift.rows import column

GONE = "SELECT key FROM {} WHERE gone_since IS NOT NULL"
AGAIN = 2  # complete crawls that make gone what they do not list


def gone(workspace):
    return [
        key for table in ("corpus_record", "corpus_report") for key in column(workspace, GONE.format(table))
    ]


@pytest.fixture
def workspace(tmp_path):
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    (tmp_path / "var" / "sources").mkdir(parents=True, exist_ok=True)
    return tmp_path


def harvest(workspace, declaration, source):
    (workspace / "var" / "sources" / "local.toml").write_text(declaration, encoding="utf-8")
    return greysift_json(workspace, "harvest", "--source", source)


def test_a_link_that_comes_to_give_anothers_file_and_addresses_on_a_host_that_is_no_longer_declared(
    workspace,
):
    site, other = WebSite(robots=""), WebSite(robots="")
    with WebServer(other) as away, WebServer(site) as server:
        paths = [f"/reports/{n}" for n in range(12)]
        site.pages = {path: report(path, f"{path}.pdf") for path in paths}
        site.pages |= {f"{path}.pdf": pdf(path) for path in paths}
        site.pages["/reports/0"] = report("Two files", "/a.pdf", "/b.pdf")
        site.pages |= {"/a.pdf": pdf("a"), "/b.pdf": pdf("b")}
        other.pages = {"/reports/away": report("Away", "/away.pdf"), "/away.pdf": pdf("away")}
        site.pages["/sitemap.xml"] = xml(urlset(*paths, f"{away.url}/reports/away"))
        alone = server.declaration("sitemap", '[entry]\nsite = "HOST"\n')
        both = alone.replace(f'hosts = ["{server.host}"]', f'hosts = ["{server.host}", "{away.host}"]')
        assert both != alone
        first = harvest(workspace, both, "local-site")
        site.pages["/b.pdf"] = site.pages["/a.pdf"]
        later = [harvest(workspace, alone, "local-site") for _ in range(AGAIN)]

    assert [run["status"] for run in (first, *later)] == ["complete"] * 3
    assert (first["got"], later[0]["got"]) == (13, 12)
    assert gone(workspace) == []


def test_entries_of_a_repository_without_metadata_or_landing_page(workspace):
    items = entries(40)
    items[6] = replace(items[6], said=tuple(pair for pair in items[6].said if pair[0] != "identifier"))
    with OaiServer(items) as server:
        declaration = server.declaration(terms=["care leavers"])
        harvest(workspace, declaration, "local-repository")
        server.items[3] = replace(items[3], said=())
        server.items[4] = replace(items[4], said=(("title", "Bridges"),))
        server.troubles.missing_pages.add(7)
        later = [harvest(workspace, declaration, "local-repository") for _ in range(AGAIN)]

    assert [run["status"] for run in later] == ["complete"] * AGAIN
    for run in later:
        assert (run["got"], run["figures"]["set_aside"]) == (40, {"no_metadata": 1, "no_term": 1})
    assert gone(workspace) == [f"http://{server.host}/7/1/on-page.pdf"]
