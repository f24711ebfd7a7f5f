import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.spiders import govuk_content as content
from harvester.spiders.addresses import absolute, path_of
from harvester.spiders.base import storable

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
known = st.sampled_from(
    [
        "details",
        "links",
        "withdrawn_notice",
        "attachments",
        "organisations",
        "redirects",
        "title",
        "content_id",
    ]
)
items = st.dictionaries(
    known | st.text(max_size=5), json_values | st.dictionaries(known, json_values), max_size=6
)


@given(items, items)
def test_no_shape_of_answer_brings_the_reader_down(item, result):
    content.content_key(item)
    content.attachments_of(item)
    content.publisher_of(item, result)
    content.published_on(item, result)
    content.withdrawn_reason(item)
    content.gone_reason(item)
    content.new_address(item)
    content.page_of(item)
    json.dumps(content.said_of(item, result))


@given(st.text())
def test_any_text_can_be_stored(text):
    cleaned = storable({text: [text]})

    json.dumps(cleaned, ensure_ascii=False).encode()
    assert "\0" not in storable(text)
    assert storable(storable(text)) == storable(text)


def test_half_a_surrogate_pair_is_replaced_and_a_pair_is_kept():
    assert storable(json.loads(r'"a\ud83d b\ud83d\ude00 c\u0000"')) == "a\ufffd b\U0001f600 c\ufffd"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"content_id": "1", "locale": "en"}, "1"),
        ({"content_id": "1"}, "1"),
        ({"content_id": "1", "locale": "cy"}, "1:cy"),
        ({"content_id": None}, None),
        ({}, None),
    ],
)
def test_translations_have_keys_of_their_own(said, key):
    assert content.content_key(said) == key


def test_an_empty_notice_is_no_withdrawal():
    assert content.withdrawn_reason({"withdrawn_notice": {}}) is None
    assert content.withdrawn_reason({}) is None


def test_a_withdrawal_says_why_in_plain_text():
    notice = {
        "explanation": "<div><p>Out of date.</p><p>See &amp; read on.</p></div>",
        "withdrawn_at": "2015",
    }

    assert content.withdrawn_reason({"withdrawn_notice": notice}) == "Out of date.See & read on."


def test_a_withdrawal_without_words_is_still_one():
    assert (
        content.withdrawn_reason({"withdrawn_notice": {"withdrawn_at": "2015"}})
        == "withdrawn without explanation"
    )


@pytest.mark.parametrize(
    ("item", "result", "day"),
    [
        ({"details": {"first_public_at": "2011-09-29T01:00:00+01:00"}, "first_published_at": "2013-01-01"}, {}, "2011-09-29"),
        ({"first_published_at": "2013-03-01T00:00:00.000+00:00", "public_updated_at": "2014-01-01"}, {}, "2013-03-01"),
        ({"public_updated_at": "2014-06-24T10:02:19.000+00:00"}, {"first_published_at": "2012-01-02T00"}, "2012-01-02"),
        ({}, {"public_timestamp": "2014-06-24T11:02:19.000+01:00"}, "2014-06-24"),
        ({}, {}, None),
    ],
)  # fmt: skip
def test_the_first_day_of_publication_is_taken(item, result, day):
    assert content.published_on(item, result) == day


def test_publishers_are_named_once_with_the_primary_first():
    links = {
        "organisations": [{"title": "Ofsted"}, {"title": "Department for Education"}],
        "primary_publishing_organisation": [{"title": "Department for Education"}],
    }

    assert content.publisher_of({"links": links}, {}) == "Department for Education; Ofsted"
    assert content.publisher_of({}, {"organisations": [{"title": "Ofsted"}]}) == "Ofsted"


def test_a_page_of_its_own_escapes_its_title():
    page = content.page_of({"title": "A <b> & c", "locale": "cy", "details": {"body": "<p>x</p>"}})

    assert b"<title>A &lt;b&gt; &amp; c</title>" in page
    assert b'lang="cy"' in page
    assert b"<p>x</p>" in page


BASE = "http://site.invalid/"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("/a/b", "http://site.invalid/a/b"),
        ("a/b", "http://site.invalid/a/b"),
        ("https://else.invalid/x", "https://else.invalid/x"),
        ("", None),
        ("mailto:someone@site.invalid", None),
        ("javascript:void(0)", None),
        ("http://[broken", None),
        ("http://host:99999/", None),
        ("https:///nowhere", None),
    ],
)
def test_addresses_are_read_without_trust(address, url):
    assert absolute(address, base=BASE) == url


@given(st.text(min_size=1, max_size=20))
def test_any_address_gives_a_path_that_can_be_asked(address):
    url = absolute(address, base=BASE)
    if url is not None:
        path = path_of(url)
        assert path.isascii()
        assert path_of(f"http://x.invalid{path}") == path
