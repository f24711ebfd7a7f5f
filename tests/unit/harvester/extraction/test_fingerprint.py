"""Fingerprints: near copies have near ones, the same everywhere."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.extraction.fingerprint import LENGTH, RUN, fingerprint_of, similarity

GOLDEN = (393761062, 278532304, 158883532, 468391170)
words = st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=8), min_size=RUN, max_size=60)


def prose(size, seed=1):
    chance = random.Random(seed)
    return [f"word{chance.randrange(5000)}" for _ in range(size)]


def test_it_never_changes():
    """The numbers are kept in stores: an other result here means that nothing kept can be compared any more."""
    found = fingerprint_of("Care leavers are less likely to be in work at 19 than other young people.")
    assert found[:4] == GOLDEN
    assert len(found) == LENGTH


@given(words)
def test_numbers_fit_32_bits_and_a_text_is_like_itself(found):
    fingerprint = fingerprint_of(" ".join(found))
    assert len(fingerprint) == LENGTH
    assert all(0 <= number < 2**32 for number in fingerprint)
    assert similarity(fingerprint, fingerprint) == 1


@given(words, st.sampled_from([" ", "\n", ", ", " -- ", "\u00a0", "\f"]))
def test_case_punctuation_and_lines_make_no_difference(found, between):
    assert fingerprint_of(between.join(found).upper()) == fingerprint_of(" ".join(found))


@pytest.mark.parametrize("text", ["", "four words are few", "… – …"])
def test_too_few_words_have_none(text):
    assert fingerprint_of(text) == ()
    assert similarity(fingerprint_of(text), fingerprint_of(text)) == 0


@pytest.mark.parametrize("kept", [0.0, 0.25, 0.5, 0.75, 0.95])
def test_similarity_is_the_share_of_runs_in_common(kept):
    """Within five standard errors."""
    size = 2000
    shared = prose(round(size * kept), seed=2)
    one, other = shared + prose(size - len(shared), seed=3), shared + prose(size - len(shared), seed=4)
    runs = [{tuple(text[n : n + RUN]) for n in range(len(text) - RUN + 1)} for text in (one, other)]
    true = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    found = similarity(fingerprint_of(" ".join(one)), fingerprint_of(" ".join(other)))
    assert found == pytest.approx(true, abs=5 * (true * (1 - true) / LENGTH) ** 0.5 + 0.01)


def test_the_order_of_words_counts():
    text = prose(500)
    assert similarity(fingerprint_of(" ".join(text)), fingerprint_of(" ".join(sorted(text)))) < 0.1
