"""Pages of lists, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.declarations.listing import ListRules
from harvester.spiders.list_pages import read_list_page
from harvester.spiders.pages import read_page

URL = "https://charity.example/list"


def read(text, **rules):
    return read_list_page(read_page(text.encode(), url=URL), ListRules(**{"item": "article", **rules}))


def test_an_item_gives_link_title_and_date():
    page = read(
        "<article><a class=pic href=/x><img></a><h2>A <b>title</b></h2><a class=more href='/r/1#top'>Read more</a><span class=d>May 2019</span></article>",
        link="a.more",
        title="h2",
        published=".d",
    )

    (entry,) = page.entries
    assert (entry.url, entry.title, entry.published, entry.called) == (
        "https://charity.example/r/1",
        "A title",
        "2019-05",
        "Read more",
    )
    assert page.unmatched == ()


def test_an_item_may_be_the_link_itself():
    assert [
        entry.url for entry in read("<a class=i href=/1>1</a><a class=i href=/2>2</a>", item="a.i").entries
    ] == [
        "https://charity.example/1",
        "https://charity.example/2",
    ]


def test_an_item_without_link_is_counted():
    page = read(
        "<article><a href='/1'>1</a></article><article>none</article><article><a href='mailto:x'>x</a></article>"
    )

    assert (len(page.entries), page.without_link) == (1, 2)


@pytest.mark.parametrize(
    ("text", "pattern", "total"),
    [
        ("1,234 results", None, 1234),
        ("Showing 1-10 of 2 345", r"of ([\d ]+)", 2345),
        ("no number", None, None),
        ("of many", r"of (\d*)", None),
    ],
)
def test_the_total_is_the_number_that_is_meant(text, pattern, total):
    rules = {"total": "p"} | ({"total_pattern": pattern} if pattern else {})
    page = read(f"<p>{text}</p><article><a href=/1>1</a></article>", **rules)

    assert page.total == total
    assert page.unmatched == (() if total is not None else ("total",))


@pytest.mark.parametrize(
    "rules",
    [
        {"item": "h2["},
        {"next": "a", "pages": "?p={page}"},
        {"pages": "?p=1"},
        {"total": "p", "total_pattern": "("},
        {"total": "p", "total_pattern": r"\d+"},
    ],
)
def test_rules_that_make_no_sense_are_refused(rules):
    with pytest.raises(ValueError, match=r"selector|only one|pattern|regular|group"):
        ListRules(**{"item": "article", **rules})


@given(st.lists(st.sampled_from(["/1", "/2", "", "mailto:a", "http://[", "/3#x"]), max_size=8))
def test_every_item_is_an_entry_or_counted(hrefs):
    page = read("".join(f"<article><a href='{href}'>t</a></article>" for href in hrefs))

    assert len(page.entries) + page.without_link == len(hrefs)
    assert all(entry.url.startswith("https://charity.example/") for entry in page.entries)


@given(st.binary(max_size=300))
def test_any_bytes_are_borne(body):
    read_list_page(read_page(body, url=URL), ListRules(item="*", total="*", next="a", title=":scope"))
