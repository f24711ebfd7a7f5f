"""Sitemap files, well and badly made."""

import gzip
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.errors import SourceError
from harvester.spiders.sitemap_files import SitemapKind, SitemapLine, read_sitemap, sitemaps_in

URL = "https://charity.example/sitemap.xml"
NAMESPACES = ["http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.google.com/schemas/sitemap/0.84", ""]
PATHS = st.lists(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="#?[]\\"), max_size=12
    )
)


def lines(body: bytes) -> list[SitemapLine]:
    return list(read_sitemap(body, url=URL)[1])


@given(PATHS, st.sampled_from(NAMESPACES), st.booleans(), st.sampled_from(["", "\ufeff", "\n \n"]))
def test_every_address_is_read_in_its_order(paths, namespace, is_packed, before):
    urls = [f"https://charity.example/r/{path}" for path in paths]
    entries = "".join(f"<url>\n<loc> {escape(url)} </loc><lastmod>2020</lastmod></url>" for url in urls)
    text = f'{before}<?xml version="1.0"?><urlset xmlns="{namespace}">{entries}</urlset>'
    body = gzip.compress(text.encode()) if is_packed else text.encode()

    assert lines(body) == [SitemapLine(url, "2020") for url in urls]


@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=80).map(lambda b: b"<urlset><url>" + b),
        st.binary(max_size=80).map(lambda b: b"\x1f\x8b" + b),
    )
)
def test_any_bytes_are_read_or_refused_in_words(body):
    try:
        read, said = lines(body), URL
    except SourceError as error:
        read, said = [], str(error)

    assert said.startswith(URL)
    assert all(line.url is None or line.url.startswith("http") for line in read)


def test_addresses_of_pictures_are_no_pages():
    body = (
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
        b"<url><image:image><image:loc>https://charity.example/i.jpg</image:loc></image:image><loc>https://charity.example/a</loc></url>"
        b"<url><image:loc>https://charity.example/j.jpg</image:loc></url></urlset>"
    )

    assert [line.url for line in lines(body)] == ["https://charity.example/a", None]


def test_an_index_lists_sitemaps():
    kind, entries = read_sitemap(
        b"<sitemapindex><sitemap><loc>https://c.example/s.xml</loc></sitemap></sitemapindex>", url=URL
    )

    assert (kind, [line.url for line in entries]) == (SitemapKind.SITEMAPS, ["https://c.example/s.xml"])


@pytest.mark.parametrize(
    "body",
    [b"<urlset>" + b" " * (50 << 20), gzip.compress(b"<urlset>" + b" " * (51 << 20))],
    ids=["plain", "packed"],
)
def test_more_than_the_protocol_allows_is_refused(body):
    with pytest.raises(SourceError, match="longer than the 50 MB"):
        read_sitemap(body, url=URL)


def test_more_entries_than_the_protocol_allows_are_all_read():
    entry = b"<url><loc>https://charity.example/a</loc></url>"

    assert sum(1 for _ in read_sitemap(b"<urlset>" + entry * 60_000 + b"</urlset>", url=URL)[1]) == 60_000


def test_entities_are_never_resolved(tmp_path):
    (tmp_path / "secret").write_text("https://charity.example/secret")
    body = f'<!DOCTYPE u [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><urlset><url><loc>&x;</loc></url></urlset>'

    with pytest.raises(SourceError, match="has a DOCTYPE"):
        lines(body.encode())


def test_robots_name_sitemaps_in_any_case_and_relative_too():
    robots = b"User-agent: *\nDisallow: /x\nSITEMAP: https://c.example/a.xml # first\nsitemap:/b.xml\nSitemap: https://c.example/a.xml\nSitemap: mailto:x\n"

    assert sitemaps_in(robots, url="https://c.example/robots.txt") == (
        "https://c.example/a.xml",
        "https://c.example/b.xml",
    )
