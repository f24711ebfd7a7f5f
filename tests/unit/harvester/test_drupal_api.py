"""Drupal's JSON:API, taken apart."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.errors import SourceError
from harvester.declarations.drupal import ApiRules
from harvester.spiders.drupal_api import read_collection, read_index, refusal

SITE = "https://charity.example"
RULES = ApiRules(documents=("field_a.field_b",), summary="field_s")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "type",
                    "attributes",
                    "relationships",
                    "data",
                    "field_a",
                    "field_b",
                    "uri",
                    "url",
                    "path",
                    "alias",
                    "body",
                    "processed",
                    "href",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def test_links_may_be_objects_or_text():
    assert read_index(
        {"jsonapi": {}, "links": {"node--a": {"href": "/a"}, "node--b": "/b", "node--c": None}}
    ) == {"node--a": "/a", "node--b": "/b"}
    old = read_collection(
        {"data": [], "links": {"next": f"{SITE}/jsonapi?page[offset]=50"}}, rules=RULES, site=SITE
    )
    assert old.next_url == f"{SITE}/jsonapi?page[offset]=50"


@pytest.mark.parametrize("said", [None, [], {}, {"links": {}}, {"jsonapi": {}, "links": []}])
def test_what_is_no_index_is_none(said):
    assert read_index(said) is None


@pytest.mark.parametrize(
    "said", [None, {}, {"data": {}, "links": {}}, {"data": [1], "links": {}}, {"data": []}]
)
def test_what_is_no_collection_is_refused(said):
    with pytest.raises(SourceError, match="unknown shape"):
        read_collection(said, rules=RULES, site=SITE)


def test_a_refusal_is_told_in_the_sources_words():
    assert (
        refusal({"errors": [{"title": "Bad", "detail": "No such field."}, {"title": "Other"}]})
        == "No such field.; Other"
    )
    assert refusal("oops") == ""


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["id", "type", "attributes", "relationships"]), JSON), max_size=3
    ),
    st.lists(JSON, max_size=3),
    JSON,
)
def test_any_json_is_borne(data, included, meta):
    page = read_collection(
        {"data": data, "included": included, "meta": meta, "links": {}}, rules=RULES, site=SITE
    )

    assert len(page.nodes) == len(data)
    assert all(node.url.startswith("http") for node in page.nodes)
    json.dumps([node.said for node in page.nodes])
