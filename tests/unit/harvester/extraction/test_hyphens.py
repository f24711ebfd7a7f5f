import pytest

from corpus.vocabulary.documents import Box
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.lines import Token, line_of


def hyphens(text="plain words"):
    return Hyphens([line_of([Token(word, Box(0, 0, 10, 10)) for word in text.split()])])


@pytest.mark.parametrize(
    ("first", "second", "between"),
    [
        ("evalu-", "ation", ""),
        ("(evalu-", "ation).", ""),
        ("Anglo-", "Saxon", "-"),
        ("2019-", "20", "-"),
        ("short-", "and", None),
        ("-", "item", None),
        ("evalu", "ation", None),
        ("see-", "(below)", None),
        ("evalu\N{SOFT HYPHEN}", "ation", ""),
        ("-2-", "period", None),
    ],
)
def test_a_hyphen_goes_unless_what_follows_shows_that_it_belongs(first, second, between):
    assert hyphens().join(first, second) == between


def test_the_documents_own_spelling_decides():
    assert hyphens("a high-mass star").join("high-", "mass") == "-"
    assert hyphens("a highmass star, highmass").join("high-", "mass") == ""


def test_a_broken_acronym_is_whole_where_the_document_knows_it():
    assert hyphens("the IMPRS school").join("IM-", "PRS)") == ""


def test_two_words_of_the_document_make_a_compound():
    assert hyphens("based on evidence").join("evidence-", "based") == "-"
    assert hyphens("no such of in").join("in-", "of") == ""


def test_a_broken_word_is_no_evidence():
    assert hyphens("words evalu-").join("evalu-", "ation") == ""


@pytest.mark.parametrize(
    ("first", "second", "between"),
    [
        ("long-", "term", "-"),
        ("decision-", "making,", "-"),
        ("self-", "harm", "-"),
        ("well-", "being", "-"),
        ("self-", "lessly", ""),
        ("well-", "ness", ""),
        ("in-", "quality", ""),
        ("de-", "based", ""),
        ("deter-", "mine", ""),
    ],
)
def test_parts_of_compounds_keep_their_hyphen_without_evidence(first, second, between):
    assert hyphens().join(first, second) == between


def test_the_documents_spelling_comes_before_what_is_usual():
    assert hyphens("their wellbeing").join("well-", "being") == ""
