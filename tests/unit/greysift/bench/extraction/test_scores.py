"""The measures of texts: known answers, and what must hold of any text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greysift.bench.extraction.scores import clean_up, neutral, reading_order, score, word_f1, words

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


@given(texts)
def test_a_text_is_its_own_best_copy(text):
    same = score("greysift", [text], [""], truth=text)
    assert (same.published, same.neutral, same.word_f1, same.order) == (1, 1, 1, 1)


@given(texts, texts)
def test_every_measure_lies_between_0_and_1(text, truth):
    found = score("pypdf", [text], ["1"], truth=truth)
    measures = (found.published, found.cleaned, found.neutral, found.word_f1, found.order)
    assert all(0 <= measure <= 1 for measure in measures)


def test_similarity_counts_insertions_and_deletions():
    """A changed letter is one of each: 2 of 8 characters."""
    assert score("greysift", ["abcd"], ["1"], truth="abxd").published == pytest.approx(1 - 2 / 8)


def test_only_two_tools_are_cleaned_up_as_published():
    pages, truth = ["a oﬀ-\nice door"], "a office door"
    for tool in ("pypdf", "pypdfium2"):
        assert score(tool, pages, [""], truth="a office\n door").published == 1
    for tool in ("greysift", "pdfplumber", "pdftotext"):
        found = score(tool, pages, [""], truth=truth)
        assert found.published < found.cleaned < 1


@pytest.mark.parametrize(
    ("page", "label", "cleaned"),
    [
        ("care-\nleavers in work", "1", "careleavers\n in work"),
        ("care\ufffeleavers in work", "1", "careleavers\n in work"),
        ("  3 Findings\nmore\n", "3", " Findings\nmore\n"),
        ("Findings\nmore 3 \n", "3", "Findings\nmore "),
        ("3 Findings", "", "3 Findings"),
        ("ends with -", "9", "ends with -"),
    ],
)
def test_clean_up_of_a_page(page, label, cleaned):
    assert clean_up([page], [label]) == cleaned


def test_white_space_and_ligatures_are_neutral():
    assert neutral(" The oﬃce\r\n\tis\u00a0open ") == "The office is open"


def test_words_are_counted_as_often_as_they_occur():
    assert word_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)
    assert word_f1([], []) == 1


def test_columns_read_across_halve_the_order():
    left = [f"left{number}" for number in range(50)]
    right = [f"right{number}" for number in range(50)]
    across = [word for line in zip(left, right, strict=True) for word in line]
    order, anchors = reading_order(left + right, across)
    assert (order, anchors) == (pytest.approx(0.5, abs=0.02), 100)


def test_words_that_repeat_or_are_missing_say_nothing_of_the_order():
    assert reading_order(words("the cat and the dog"), words("dog the cat the the")) == (0.5, 2)


@given(st.integers(1, 40), st.randoms(use_true_random=False))
def test_order_finds_the_longest_run(size, chance: random.Random):
    places = list(range(size))
    chance.shuffle(places)
    found, _ = reading_order([f"w{n}" for n in range(size)], [f"w{n}" for n in places])
    best = [1] * size
    for after in range(size):
        best[after] += max((best[n] for n in range(after) if places[n] < places[after]), default=0)
    assert found == max(best) / size
