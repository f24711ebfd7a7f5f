"""Quotations carried from one reading of a document to another: the same place, or none."""

import json
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.vocabulary.anchors import Anchor, Anchoring, anchor
from corpus.vocabulary.carrying import carry
from corpus.vocabulary.documents import Box, ExtractedText, Page, Span, Word

SAID = (
    "young people leaving care report that advisers change too often and nobody tells them what they may expect "
    "from housing services while staff say caseloads make it hard to keep appointments in rural areas"
)
WORDS = tuple(SAID.split())


def text_of(*pages, is_paper=False):
    """A text with these pages; on paper, each word lies in a place that depends on its number alone."""
    made = []
    for number, page in enumerate(pages, start=1):
        words, at = [], 0
        for nth, word in enumerate(page.split() if is_paper else ()):
            at = page.index(word, at)
            left, top = 60.0 * (nth % 8), 20.0 * (nth // 8)
            words.append(Word(word, at, at + len(word), Box(left, top, left + 50, top + 10)))
            at += len(word)
        made.append(Page(number, 600.0, 800.0, page, tuple(words)))
    return ExtractedText(None, None, tuple(made), "pdf", "1")


def span_of(page_text, quote, *, page=1, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = page_text.index(quote, at + 1)
    return Span(page, at, at + len(quote))


def carried(before, after, quote, *, nth=0, is_paper=False):
    old = anchor(text_of(before, is_paper=is_paper), span_of(before, quote, nth=nth))
    return carry(old, text_of(after, is_paper=is_paper))


BEFORE = "We spoke to forty young people. Advisers change too often, they said. We then spoke to staff in three towns."
QUOTE = "Advisers change too often, they said."


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        BEFORE.replace("forty young people", "forty-one young people and their carers"),
        BEFORE.replace("We spoke", "Chapter 4\n\nWe spoke"),
        BEFORE.replace(" We then spoke to staff in three towns.", ""),
        BEFORE.replace("Advisers change", "Advisers  change").replace("too often", "too\noften"),
        BEFORE.replace("Advisers change", "Advi-\nsers change"),
        BEFORE.replace("change too", "changetoo"),
    ],
)
def test_quote_is_found_letter_for_letter_whatever_changes_beside_it(after):
    found = carried(BEFORE, after, QUOTE)

    assert found.anchoring is Anchoring.EXACT
    assert found.quote == after[found.span.start : found.span.end]
    assert found.quote.startswith("Adv")
    assert found.quote.endswith("said.")


@pytest.mark.parametrize(
    ("word", "misread"),
    [("Advisers", "Adv1sers"), ("often", "0ften"), ("change", "chango"), ("often", "often3")],
)
def test_quote_with_a_letter_that_was_misread_is_found_and_said_to_be_mended(word, misread):
    found = carried(BEFORE.replace(word, misread), BEFORE, QUOTE.replace(word, misread))

    assert found.anchoring is Anchoring.MENDED
    assert found.quote.rstrip(".") == QUOTE.rstrip(".")


@pytest.mark.parametrize(
    ("quote", "changed"),
    [
        ("Some 12 of the 40 young people had no adviser", "Some 13 of the 40 young people had no adviser"),
        ("It was likely that most of them would move", "It was unlikely that most of them would move"),
        ("Many of the advisers were able to help them", "Many of the advisers were not able to help them"),
        ("The number of moves did increase in the year", "The number of moves did decrease in the year"),
        ("They were helped by their own personal adviser", "They were helped by their personal adviser"),
        ("No change", "No charge"),
    ],
)
def test_quote_that_says_something_else_now_is_lost(quote, changed):
    around = "What we found in the first year is this. {}. The second year is told of in the next chapter."

    found = carried(around.format(quote), around.format(changed), quote)

    assert found.anchoring is Anchoring.LOST
    assert found.span is found.quote is None


def test_equal_sentence_elsewhere_is_not_taken_for_one_that_is_gone():
    before = f"Summary. {QUOTE} More follows below. Findings of the study. {QUOTE} This was so in all towns."
    after = f"Summary. {QUOTE} More follows below. Findings of the study. This was so in all towns."

    assert carried(before, after, QUOTE, nth=1).anchoring is Anchoring.LOST
    assert carried(before, after, QUOTE, nth=0).anchoring is Anchoring.EXACT


def test_equal_cells_are_told_by_their_place_on_the_paper_and_else_by_nobody():
    row = "Yes No Yes No Yes No Yes No"
    before, after = f"{row} {row} {row}", f"{row} {row}  {row}"

    on_paper = carried(before, after, "Yes", nth=6, is_paper=True)

    assert on_paper.anchoring is Anchoring.EXACT
    assert on_paper.span == span_of(after, "Yes", nth=6)
    assert on_paper.boxes == (Box(240.0, 20.0, 290.0, 30.0),)
    assert carried(f"{row} {row} " * 4, f"{row} {row} " * 4, "Yes", nth=12).anchoring is Anchoring.LOST


def test_anchor_is_the_same_after_it_was_stored():
    old = anchor(text_of(BEFORE, is_paper=True), span_of(BEFORE, QUOTE))

    assert Anchor.from_json(json.loads(json.dumps(old.to_json()))) == old
    assert old.to_json()["quote"]["exact"] == QUOTE
    assert old.rival is None


@pytest.mark.parametrize(
    "span", [Span(2, 0, 1), Span(0, 0, 1), Span(1, 3, 3), Span(1, 2, 3), Span(1, 0, 999)]
)
def test_span_without_letters_has_no_anchor(span):
    with pytest.raises(ValueError, match="the text has no"):
        anchor(text_of(BEFORE), span)


@st.composite
def readings(draw):
    """A page of random words, a span of it, and the page changed before and behind the span, not in it."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=30, max_size=60))
    begin = draw(st.integers(8, len(words) - 16))
    end = begin + draw(st.integers(3, 7))
    changed = list(words)
    places = [n for n in range(len(words)) if n < begin - 3 or n > end + 3]
    for at in draw(st.lists(st.sampled_from(places), max_size=4, unique=True)):
        kind = draw(st.sampled_from(("gone", "more", "broken", "apart")))
        changed[at] = {
            "gone": "",
            "more": f"{words[at]} {draw(st.sampled_from(WORDS))}",
            "broken": f"{words[at][:2]}-\n{words[at][2:]}",
            "apart": f"\n\n{words[at]}",
        }[kind]
    return words, changed, begin, end


@given(readings())
def test_span_is_carried_to_its_own_place_whatever_changes_elsewhere(reading):
    words, changed, begin, end = reading
    before, after = " ".join(words), " ".join(changed)
    start = len(" ".join(words[:begin])) + 1
    old = anchor(text_of(before), Span(1, start, start + len(" ".join(words[begin:end]))))

    found = carry(old, text_of(after))

    there = len(" ".join(changed[:begin])) + 1
    if found.anchoring is Anchoring.LOST:
        assert old.rival is not None  # it stood elsewhere too, in much the same surroundings
    else:
        assert found.anchoring is Anchoring.EXACT
        assert found.span == Span(1, there, there + len(" ".join(words[begin:end])))


@given(readings(), st.integers(0, 6), st.sampled_from(WORDS))
def test_span_of_which_a_word_is_another_is_never_claimed(reading, nth, word):
    words, _, begin, end = reading
    at = begin + nth % (end - begin)
    assume(words[at] != word)
    changed = [*words[:at], word, *words[at + 1 :]]
    start = len(" ".join(words[:begin])) + 1
    old = anchor(text_of(" ".join(words)), Span(1, start, start + len(" ".join(words[begin:end]))))

    assert carry(old, text_of(" ".join(changed))).anchoring is Anchoring.LOST


@given(readings(), st.booleans())
def test_same_text_gives_the_same_place(reading, is_paper):
    words, _, begin, end = reading
    text = text_of(" ".join(words), is_paper=is_paper)
    start = len(" ".join(words[:begin])) + 1
    span = Span(1, start, start + len(" ".join(words[begin:end])))
    old = anchor(text, span)

    found = carry(old, replace(text, extractor_version="2"))

    assert found.span in ({span} if is_paper else {span, None})
    assert is_paper or found.span == span or old.rival is not None
