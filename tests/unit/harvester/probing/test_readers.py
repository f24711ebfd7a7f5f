"""What answers tell; foreign bytes never break a reader."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.spiders.base import Fetched
from harvester.spiders.probing import readers

READERS = [
    readers.robots,
    readers.front_page,
    readers.sitemap,
    readers.feed,
    readers.oai_identify,
    readers.wordpress,
    readers.wordpress_types,
    readers.wordpress_total,
    readers.jsonapi,
    readers.govuk_search,
    readers.openalex,
]
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
IDENTIFY = b"""<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><Identify>
<repositoryName>A repository</repositoryName><baseURL>https://x.test/oai</baseURL>
<earliestDatestamp>2007-08-05T17:37:28Z</earliestDatestamp><deletedRecord>persistent</deletedRecord>
<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify></OAI-PMH>"""


def fetched(body: bytes | str | dict, *, url: str = "https://x.test/", **headers: str) -> Fetched:
    if isinstance(body, dict):
        body = json.dumps(body)
    content = body if isinstance(body, bytes) else body.encode()
    return Fetched(url, 200, "", headers, content, None, ())


@pytest.mark.parametrize("reader", READERS)
@given(
    body=st.binary(max_size=300)
    | st.sampled_from([b"<", b"{}", b"[]", b"<rss", b"\x1f\x8b", b"User-agent: *"])
)
def test_no_answer_breaks_a_reader(reader, body):
    facts = reader(fetched(body))

    assert facts is None or isinstance(facts, dict)


def test_robots_tell_what_is_asked_of_us():
    text = (
        "User-agent: *\nDisallow: /private\nCrawl-delay: 3\n\n"
        "User-agent: other\nDisallow: /\n\nSitemap: https://x.test/map.xml\nSitemap: /second.xml\n"
    )

    facts = readers.robots(fetched(text, url="https://x.test/robots.txt"))

    assert facts == {
        "crawl_delay": 3.0,
        "may_be_entered": True,
        "sitemaps": ["https://x.test/map.xml", "https://x.test/second.xml"],
    }
    barred = readers.robots(fetched("User-agent: *\nDisallow: /\n", url="https://x.test/robots.txt"))
    assert barred["may_be_entered"] is False


def test_a_web_page_in_place_of_robots_is_none():
    assert readers.robots(fetched("<!DOCTYPE html><html><p>Not found</p></html>")) is None


def test_a_front_page_tells_what_made_it_and_where_the_terms_are():
    page = """<html><head><title>A charity</title><meta name="Generator" content="Drupal 10"></head>
    <body><h1>We help</h1><a href="/terms-of-use">Terms of use</a><a href="/x">Research</a></body></html>"""

    facts = readers.front_page(fetched(page))

    assert facts == {"title": "We help", "made_by": "Drupal 10", "terms": {"Terms of use": "/terms-of-use"}}
    assert readers.front_page(fetched("{}")) is None


def test_sitemaps_are_counted():
    urls = "".join(f"<url><loc>https://x.test/{name}</loc></url>" for name in ("a", "b.pdf", "c"))
    files = "<sitemap><loc>https://x.test/1.xml</loc></sitemap>"

    assert readers.sitemap(fetched(f"<urlset {SPACE}>{urls}</urlset>")) == {"addresses": 3, "pdfs": 1}
    assert readers.sitemap(fetched(f"<sitemapindex {SPACE}>{files}</sitemapindex>")) == {"sitemaps": 1}
    assert readers.sitemap(fetched("<html></html>")) is None


def test_feeds_are_counted_and_nothing_is_resolved():
    rss = "<rss version='2.0'><channel><item/><item/></channel></rss>"
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed>"
    trap = "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel><item>&a;</item></channel></rss>"

    assert readers.feed(fetched(rss)) == {"entries": 2}
    assert readers.feed(fetched(atom)) == {"entries": 1}
    assert readers.feed(fetched(trap)) is None


def test_a_repository_tells_its_name_dates_and_deletions():
    facts = readers.oai_identify(fetched(IDENTIFY))

    assert facts["repositoryName"] == "A repository"
    assert (facts["deletedRecord"], facts["granularity"]) == ("persistent", "YYYY-MM-DDThh:mm:ssZ")


def test_wordpress_is_known_by_its_namespace_and_counts_by_header():
    types = {
        "post": {"name": "Posts", "rest_base": "posts"},
        "attachment": {"name": "Media", "rest_base": "media"},
        "wp_block": {"name": "Blocks", "rest_base": "blocks"},
        "report": {"name": "Reports", "rest_base": "reports"},
        "broken": "x",
    }

    assert readers.wordpress(fetched({"name": "X", "namespaces": ["wp/v2", "oembed/1.0"]})) == {
        "name": "X",
        "namespaces": ["oembed/1.0", "wp/v2"],
    }
    assert readers.wordpress(fetched({"namespaces": ["oembed/1.0"]})) is None
    assert readers.wordpress_types(fetched(types)) == {"types": {"posts": "Posts", "reports": "Reports"}}
    assert readers.wordpress_total(fetched("[]", **{"x-wp-total": "241"})) == {"total": 241}
    assert readers.wordpress_total(fetched("[]")) is None


def test_a_jsonapi_tells_its_nodes():
    index = {
        "jsonapi": {"version": "1.0"},
        "links": {"self": {}, "node--report": {}, "node--page": {}, "file--file": {}},
    }

    assert readers.jsonapi(fetched(index)) == {"resources": 4, "nodes": ["page", "report"]}
    assert readers.jsonapi(fetched({"links": {}})) is None


def test_services_tell_their_totals():
    assert readers.govuk_search(fetched({"total": 7, "results": []})) == {"total": 7}
    assert readers.openalex(fetched({"meta": {"count": 9}})) == {"total": 9}
    assert readers.openalex(fetched({"meta": None})) is None


def test_facts_are_told_in_a_line():
    facts = {
        "types": {"posts": "Posts"},
        "crawl_delay": None,
        "sitemaps": [str(n) for n in range(9)],
        "total": 3,
        "may_be_entered": False,
    }

    assert (
        readers.told(facts)
        == "types: posts (Posts); sitemaps: 0, 1, 2, 3, 4, 5 and 3 more; total: 3; may be entered: no"
    )
