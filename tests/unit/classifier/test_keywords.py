import pytest

from classifier.keywords import count_terms, keyword_scores
from corpus.vocabulary.protocols import SearchFacet
from tests.unit.classifier.builders import FACETS


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Care leavers and a CARE-LEAVER", 2),
        ("care\nleaver's", 1),
        ("daycare leaver, care leaverage", 0),
        ("", 0),
    ],
)
def test_terms_are_counted_whole_whatever_case_hyphen_or_plural(text, count):
    assert count_terms(text, facet=FACETS[0]) == count


def test_star_ends_a_stem():
    assert count_terms("collaborating in collaboration", facet=FACETS[1]) == 2


def test_a_place_counts_once_for_the_longest_term():
    facet = SearchFacet("p", "p", ("care", "foster care"))

    assert count_terms("foster care", facet=facet) == 1


def test_signs_in_a_term_are_no_pattern():
    assert count_terms("aXb", facet=SearchFacet("p", "p", ("a.b",))) == 0


def test_facet_without_terms_counts_nothing():
    assert count_terms("anything", facet=SearchFacet("p", "p", (" ",))) == 0
    assert keyword_scores(["anything"], facets=()).tolist() == [0.0]


def test_both_concepts_stand_above_one_concept_twice():
    both, twice, none = keyword_scores(
        ["care leaver innovation", "care leaver, care leaver", "roads"], facets=FACETS
    )

    assert both > twice > none == 0


def test_no_texts_give_no_scores():
    assert keyword_scores([], facets=FACETS).shape == (0,)
