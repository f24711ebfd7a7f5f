import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import Box
from harvester.extraction.lines import PageLines, Token, line_of
from harvester.extraction.words import build_page, clean, readable_characters

BOX = Box(0, 0, 10, 10)
any_text = st.text(st.characters(), max_size=20)  # surrogates and controls included
raw_lines = st.lists(st.lists(any_text, max_size=5), max_size=5)


def page_of(lines):
    tokens = tuple(line_of([Token(text, BOX) for text in line]) for line in lines if line)
    return build_page(PageLines(100.0, 100.0, tokens), number=1)


@given(raw_lines)
def test_words_stand_where_they_say(lines):
    page = page_of(lines)

    assert all(page.text[word.start : word.end] == word.text for word in page.words)
    assert all(one.end < other.start for one, other in pairwise(page.words))


@given(raw_lines)
def test_the_text_is_its_words_and_single_white_space(lines):
    page = page_of(lines)

    assert page.text.split() == [word.text for word in page.words]
    assert len(page.text) == sum(len(word.text) for word in page.words) + max(len(page.words) - 1, 0)
    assert set(page.text) - set("".join(word.text for word in page.words)) <= {" ", "\n"}


@given(raw_lines)
def test_the_text_is_in_normal_form_and_can_be_stored(lines):
    text = page_of(lines).text

    assert unicodedata.is_normalized("NFC", text)
    assert "\0" not in text
    text.encode()


@given(any_text)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_blanks_inside_a_token_part_words_that_share_its_box():
    page = page_of(
        [["New\N{NO-BREAK SPACE}York", "e\N{COMBINING ACUTE ACCENT}t\0e\N{COMBINING ACUTE ACCENT}"]]
    )

    assert [(word.text, word.box) for word in page.words] == [("New", BOX), ("York", BOX), ("été", BOX)]


def test_ligatures_stay():
    assert page_of([["e\ufb03cient"]]).text == "e\ufb03cient"


def test_undecodable_characters_are_not_readable():
    assert readable_characters([page_of([["ab\ufffd\ue000", "c\N{SOFT HYPHEN}d"]])]) == 4
