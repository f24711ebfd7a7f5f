import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.eligibility.stems import stem
from classifier.eligibility.words import read_words, word_features

texts = st.lists(
    st.lists(st.sampled_from(["care", "leavers", "a", "housing", "Évora", "x9"]), max_size=8).map(" ".join),
    min_size=1,
    max_size=12,
)


@settings(deadline=None)
@given(texts)
def test_features_are_those_of_scikit_learn_but_for_what_one_text_alone_has(held):
    vectoriser = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95, strip_accents="unicode")
    features = word_features(read_words(held))

    try:
        peer = vectoriser.fit_transform(held)
    except ValueError:  # no words, or none but the commonest
        assert features.matrix.nnz == 0
        return

    likeness = (features.matrix @ features.matrix.T).toarray() + np.diag(features.own)
    assert likeness == pytest.approx((peer @ peer.T).toarray())


@given(st.text(max_size=40))
def test_any_text_can_be_read(text):
    words = read_words([text, "two words"])

    assert words.texts[-2:].tolist() == [1, 1]
    assert [words.vocabulary[place] for place in words.places[-2:]] == ["two", "words"]
    assert all(len(word) > 1 for word in words.vocabulary)


def test_renaming_makes_forms_one_word():
    words = read_words(["evaluations of trials", "evaluation of a trial"]).renamed(stem)

    assert words.vocabulary == ("evalu", "of", "trial")
    assert words.places.tolist() == [0, 1, 2, 0, 1, 2]


def test_pairs_do_not_reach_over_the_end_of_a_text():
    features = word_features(read_words(["foster care", "care foster", "foster", "none here"]))

    # foster and care alone are shared
    assert features.matrix.shape == (4, 2)


@pytest.mark.parametrize(
    ("forms", "root"),
    [
        (("trial", "trials"), "trial"),
        (("mentoring", "mentor", "mentored"), "mentor"),
        (("randomised", "randomized", "randomize", "randomising", "randomization"), "randomis"),
        (("raise", "raised", "raising"), "rais"),
        (("study", "studies"), "study"),
        (("charities", "charity"), "charity"),
        (("size",), "size"),
        (("analysis",), "analysis"),
        (("illness",), "illness"),
        (("bed",), "bed"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms, root):
    assert {stem(form) for form in forms} == {root}


@given(st.text("abcdefgilmnorstuyz", min_size=2, max_size=14))
def test_stem_is_never_longer_than_one_letter_more_and_never_empty(word):
    assert 1 < len(stem(word)) <= len(word) + 1
