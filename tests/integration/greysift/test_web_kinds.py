"""Sources that are found by sitemap, list and JSON:API, from the command line to the store, and once more."""

import pytest

from tests.fakes.web_server import WebServer
from tests.fakes.web_sites import (
    DRUPAL_TABLES,
    LISTING_TABLES,
    SITEMAP_TABLES,
    drupal_site,
    listing_site,
    one_of_every_node,
    sitemap_site,
)
from tests.integration.greysift.commands import greysift
from tests.integration.greysift.rows import rows

SITES = {
    "sitemap": (sitemap_site, SITEMAP_TABLES, 7),
    "listing": (listing_site, LISTING_TABLES, 7),
    "drupal": (lambda: drupal_site(one_of_every_node()), DRUPAL_TABLES, 11),
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workspace")
    greysift(folder, "init", str(folder), "--protocol", "care-leavers")
    (folder / "var" / "sources").mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize("kind", sorted(SITES))
def test_what_is_harvested_twice_is_stored_once(workspace, kind):
    make, tables, records = SITES[kind]
    slug = f"local-{kind}"
    with WebServer(make()) as server:
        path = workspace / "var" / "sources" / f"{slug}.toml"
        path.write_text(server.declaration(kind, tables, slug=slug))

        greysift(workspace, "harvest", "--source", slug)
        before = stored(workspace, slug)
        greysift(workspace, "harvest", "--source", slug)
        path.unlink()  # the next kind's server has another address

    assert stored(workspace, slug) == before
    assert len(before["records"]) == records
    assert of(slug, rows(workspace, RUNS)) == [("complete", records, records)] * 2
    bodies = of(slug, rows(workspace, BODIES))
    assert bodies
    assert len(bodies) == len(set(bodies)), "the second harvest brought a body again"


RUNS = (
    "SELECT s.slug, r.status, r.expected, r.got FROM corpus_searchrun r "
    "JOIN corpus_source s ON s.id = r.source_id ORDER BY r.id"
)
RECORDS = (
    "SELECT s.slug, r.key, r.revision, r.title FROM corpus_record r "
    "JOIN corpus_source s ON s.id = r.source_id ORDER BY r.key"
)
DOCUMENTS = (
    "SELECT s.slug, r.key, p.key, p.status, p.reason, p.gone_since FROM corpus_report p "
    "JOIN corpus_record r ON r.id = p.record_id JOIN corpus_source s ON s.id = r.source_id ORDER BY r.key, p.key"
)
BODIES = (
    "SELECT s.slug, c.url FROM corpus_capture c JOIN corpus_searchrun r ON r.id = c.search_run_id "
    "JOIN corpus_source s ON s.id = r.source_id WHERE c.url LIKE '%.pdf' AND c.status = 200"
)


def of(slug, found):
    """Return what belongs to a source."""
    return [row[1:] for row in found if row[0] == slug]


def stored(workspace, slug):
    """Return the source's records with their revisions, and its documents with what became of them."""
    return {
        "records": of(slug, rows(workspace, RECORDS)),
        "documents": of(slug, rows(workspace, DOCUMENTS)),
    }
