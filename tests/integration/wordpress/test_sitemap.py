"""The sitemaps of a real WordPress: they list no file, so that files come from the pages that link them."""

from tests.fakes.wordpress import HOME, needs_wordpress
from tests.integration.wordpress.crawling import crawl, declaration, retrieved

pytestmark = needs_wordpress

POSTS_ONLY = 'exclude = ["/wp-sitemap-taxonomies-*", "/wp-sitemap-users-*"]'


def test_every_entry_that_the_sitemaps_list_is_read_and_every_file_that_they_link_is_had_once(
    wordpress, tmp_path
):
    outcome = crawl(tmp_path, declaration(HOME, kind="sitemap", filters=POSTS_ONLY))

    assert outcome.result.failures == []
    entries = wordpress.total("posts") + wordpress.total("pages")
    assert len(outcome.records) == entries + 1  # the home page is listed too
    had = retrieved(outcome)
    posts = {url for url, record in outcome.records.items() if record["documents"]}
    reports = {url for url in outcome.records if "/evaluation-of-the-leaving-care-programme-report-" in url}
    assert reports <= posts
    assert len(had) == len(reports)
    assert all(outcome.records[url]["published"] for url in reports)
    assert outcome.result.counts["records"] == outcome.result.expected
