"""Chunks of text lead to their places."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import Span
from corpus.vocabulary.quotes import find_quote
from tests.unit.harvester.extraction.made import document, page_of

TEXT = document(
    page_of(["All left care. They", "1 Of long-term care.", "7"]),
    page_of(["Report", "soon came “home” –", "and back. All did."], number=2),
    kinds=[
        ("paragraph", 1, "All left care. They"),
        ("footnote", 1, "1 Of long-term care."),
        ("page_number", 1, "7"),
        ("header", 2, "Report"),
        ("paragraph", 2, "soon came “home” –\nand back. All did.", {"goes_on": True}),
    ],
)


def quoted(quote):
    return [[TEXT.text_of(span) for span in spans] for spans in find_quote(TEXT, quote)]


def test_white_space_makes_no_difference():
    assert quoted("All  left\ncare.") == [["All left care."]]


def test_a_quotation_goes_over_a_pages_end_past_what_stands_between():
    assert quoted("care. They soon came") == [["care. They", "soon came"]]


def test_every_place_is_found_in_order():
    assert find_quote(TEXT, "All") == [(Span(1, 0, 3),), (Span(2, 36, 39),)]


def test_marks_and_hyphens_make_no_difference():
    assert quoted('came "home"—and') == [["came “home” –\nand"]]
    assert quoted("of longterm") == []
    assert quoted("Of long-\nterm care") == [["Of long-term care"]]


def test_ligatures_are_read_as_their_letters():
    text = document(page_of(["an efficient office"]))
    assert find_quote(text, "e\ufb03cient o\ufb03ce") == [(Span(1, 3, 19),)]


def test_what_runs_on_pages_is_found_as_it_stands():
    assert quoted("7 Report soon") == [["7", "Report\nsoon"]]


def test_nothing_is_nowhere():
    assert quoted(" – ") == quoted("") == quoted("absent") == []


@given(st.data())
def test_every_chunk_of_the_running_text_leads_to_itself(data):
    running = TEXT.running_text
    start = data.draw(st.integers(0, len(running) - 1))
    end = data.draw(st.integers(start + 1, len(running)))
    letters = "".join(running[start:end].replace("–", "").split())
    found = [
        "".join("".join(map(TEXT.text_of, spans)).replace("–", "").split())
        for spans in find_quote(TEXT, running[start:end])
    ]
    assert (letters in found) == (letters != "")
