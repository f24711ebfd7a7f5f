"""What OpenAlex says of a work, whatever shape it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.errors import SourceError
from harvester.declarations import parse_declaration
from harvester.spiders import openalex_works as works

words = st.text(st.characters(categories=["L", "P"]), min_size=1, max_size=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = (
    "id", "doi", "display_name", "publication_date", "publication_year", "type", "ids", "authorships",
    "primary_location", "best_oa_location", "locations", "abstract_inverted_index", "is_retracted",
)  # fmt: skip


@given(abstract=st.lists(words, min_size=1, max_size=30))
def test_an_abstract_comes_back_from_its_index(abstract):
    index: dict[str, list[int]] = {}
    for place, word in enumerate(abstract):
        index.setdefault(word, []).append(place)

    assert works.abstract_of({"abstract_inverted_index": index}) == " ".join(abstract)


@given(work=st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_no_shape_at_all_breaks_the_reader(work):
    said = works.said_of(work)

    assert works.published_on(work) is None or len(works.published_on(work)) in {4, 7, 10}
    assert all(url.startswith("http") for url in works.files_of(work))
    assert set(said) >= {"authors", "locations"}
    for read in (works.key_of, works.abstract_of, works.publisher_of, works.landing_of):
        assert read(work) is None or isinstance(read(work), str)


def test_positions_that_make_no_sense_are_passed_over():
    index = {"a": [0, -1, 10**12, True, "x"], "b": "no list", "c": [2]}

    assert works.abstract_of({"abstract_inverted_index": index}) == "a c"


@pytest.mark.parametrize("said", [None, [], {"meta": {}}, {"meta": {"count": 1}, "results": [3]}])
def test_an_answer_of_another_shape_is_refused(said):
    with pytest.raises(SourceError, match="unknown shape"):
        works.read_page(said)


def test_a_declaration_must_ask_for_something():
    plain = {
        "slug": "a", "name": "A", "organisation": "A", "kind": "openalex", "hosts": ["a.example.invalid"],
        "licence": "none", "entry": {"works": "https://a.example.invalid/works"}, "filters": {},
    }  # fmt: skip

    with pytest.raises(SourceError, match="give filter or search"):
        parse_declaration(plain, name="a")
