"""A real WordPress whose REST interface is closed, as many are."""

from urllib.parse import urlsplit

import pytest

from tests.fakes.wordpress import HOME, have_wordpress, needs_wordpress
from tests.fakes.wordpress_door import Door
from tests.integration.wordpress.crawling import crawl, declaration, retrieved

pytestmark = needs_wordpress

NO_REST = {"/wp-json": 401, "/?rest_route": 401}
ONLY_2012 = 'include = ["/2012/*"]'
NO_SITEMAP = {"/robots.txt": 404, "/sitemap": 404, "/wp-sitemap": 404}


@pytest.fixture
def door(wordpress):
    with Door(HOME) as door:
        yield door


def paths(urls):
    return {urlsplit(url).path for url in urls}


@pytest.fixture(scope="module")
def of_2012(tmp_path_factory):
    """Crawl a year by the open interface, to compare."""
    with have_wordpress(), Door(HOME) as door:
        return crawl(tmp_path_factory.mktemp("open"), declaration(door.url, filters=ONLY_2012))


def test_a_closed_site_is_read_by_its_sitemaps_and_its_entries_keep_their_identity(of_2012, door, tmp_path):
    door.closed = NO_REST

    outcome = crawl(tmp_path, declaration(door.url, filters=ONLY_2012))

    assert outcome.result.failures == []
    assert outcome.records.keys() == of_2012.records.keys()
    assert len(outcome.records) == 18
    assert paths(retrieved(outcome)) == paths(retrieved(of_2012))
    assert any("run over its sitemaps" in note for note in outcome.result.notes)


def test_a_closed_site_without_sitemaps_is_read_by_its_feed_which_proves_nothing(of_2012, door, tmp_path):
    door.closed = NO_REST | NO_SITEMAP

    outcome = crawl(tmp_path, declaration(door.url, filters=f'{ONLY_2012}\nterms = "care"'))

    assert outcome.result.failures == []
    assert outcome.records.keys() == of_2012.records.keys()
    assert paths(retrieved(outcome)) == paths(retrieved(of_2012))
    for key, record in outcome.records.items():
        assert (record["title"], record["published"]) == (
            of_2012.records[key]["title"],
            of_2012.records[key]["published"],
        )
    notes = " ".join(outcome.result.notes)
    assert "cannot be proved" in notes
    assert "not applied: terms" in notes


def test_a_site_that_is_closed_altogether_is_said_to_be(door, tmp_path):
    door.closed = NO_REST | NO_SITEMAP | {"/feed": 403}

    outcome = crawl(tmp_path, declaration(door.url))

    assert outcome.status == 1
    assert "neither sitemap nor feed" in outcome.result.failures[0]


def test_an_ailing_site_is_not_taken_for_a_closed_one(door, tmp_path):
    door.closed = {"/wp-json": 503}

    outcome = crawl(tmp_path, declaration(door.url))

    assert outcome.status == 1
    assert "harvest again later" in outcome.result.failures[0]
    assert not outcome.records


@pytest.mark.parametrize("closed", ["/wp-json/wp/v2/media", "/wp-json/wp/v2/pages"])
def test_a_list_that_is_kept_back_is_said_to_be(door, tmp_path, closed):
    door.closed = {closed: 401}

    outcome = crawl(tmp_path, declaration(door.url, filters='exclude = ["/20*"]'))

    assert outcome.result.failures == []
    assert any("does not give its list of" in note for note in outcome.result.notes)


def test_an_interface_that_gives_no_list_at_all_is_closed(of_2012, door, tmp_path):
    door.closed = {"/wp-json/wp/v2/posts": 401, "/wp-json/wp/v2/pages": 401}

    outcome = crawl(tmp_path, declaration(door.url, filters=ONLY_2012))

    assert outcome.result.failures == []
    assert outcome.result.run_otherwise == "by sitemaps"
    assert outcome.records.keys() == of_2012.records.keys()


def test_the_interface_is_found_without_pretty_addresses(door, tmp_path):
    door.closed = {"/wp-json": 404}

    outcome = crawl(tmp_path, declaration(door.url, filters='types = ["pages"]'))

    assert outcome.result.failures == []
    assert len(outcome.records) == 1
    assert any("rest_route=/wp/v2/pages" in url for url in door.hits)
