"""WordPress's feed, well and badly made."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.errors import SourceError
from harvester.spiders.wordpress_feed import number_in, read_feed
from harvester.spiders.wordpress_pages import short_address

SITE = "https://charity.example"
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30)


def feed(items: str) -> bytes:
    return f'<?xml version="1.0"?>\n<rss version="2.0"><channel><link>{SITE}</link>{items}</channel></rss>'.encode()


def test_an_entry_is_read_with_its_number_and_day():
    item = f"""<item><title>Steps &amp;amp; leaps</title><link>{SITE}/steps/</link><guid>{SITE}/?p=12</guid>
        <pubDate>Mon, 04 Mar 2019 23:30:00 +0000</pubDate><category>Research</category>
        <description><![CDATA[<p>What <b>helps</b>.</p>]]></description></item>"""

    (entry,) = read_feed(feed(item), url=f"{SITE}/feed/", captures=("c",))

    assert (entry.url, entry.key, entry.captures) == (f"{SITE}/steps/", "wordpress:12", ("c",))
    assert (entry.title, entry.summary, entry.published) == ("Steps & leaps", "What helps.", "2019-03-04")
    assert entry.said["categories"] == ["Research"]


def test_what_an_entry_leaves_out_is_left_out():
    entries = read_feed(
        feed("<item><link>/a/</link><pubDate>yesterday</pubDate></item><item/>"), url=f"{SITE}/feed/"
    )

    assert [(e.url, e.key, e.title, e.published) for e in entries] == [(f"{SITE}/a/", None, None, None)]


@given(st.lists(TEXT, max_size=5))
def test_every_entry_is_read_in_its_order(titles):
    items = "".join(
        f"<item><title>{escape(t)}</title><link>/{n}/</link></item>" for n, t in enumerate(titles)
    )

    assert [entry.url for entry in read_feed(feed(items), url=f"{SITE}/feed/")] == [
        f"{SITE}/{number}/" for number in range(len(titles))
    ]


@given(st.binary(max_size=60) | TEXT.map(str.encode))
def test_anything_else_is_refused_with_a_sentence(body):
    with pytest.raises(SourceError, match="no feed"):
        read_feed(body, url=f"{SITE}/feed/")


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Not here</body></html>",
        b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><item><link>&a;</link></item></channel></rss>',
        feed("<item><link>/a/</link></item>")[:-20],
    ],
)
def test_pages_and_broken_or_treacherous_feeds_are_refused(body):
    with pytest.raises(SourceError, match="no feed"):
        read_feed(body, url=f"{SITE}/feed/")


@pytest.mark.parametrize(
    ("address", "number"),
    [
        (f"{SITE}/?p=12", 12),
        (f"{SITE}/?post_type=publication&p=7", 7),
        (f"{SITE}/?page_id=3", 3),
        (f"{SITE}/steps/", None),
        (f"{SITE}/?p=twelve", None),
        (f"{SITE}/?p={'9' * 40}", None),
    ],
)
def test_an_entrys_number_is_in_its_short_address(address, number):
    assert number_in(address) == number


def test_the_short_address_is_the_one_that_says_so():
    header = f'<{SITE}/wp-json/>; rel="https://api.w.org/", <{SITE}/?p=4>; rel=shortlink'

    assert short_address(header) == f"{SITE}/?p=4"
    assert short_address("") == ""
