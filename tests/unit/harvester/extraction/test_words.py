from hypothesis import given
from hypothesis import strategies as st

from harvester.extraction.words import clean, readable_characters, without_ligatures

any_text = st.text(st.characters(), max_size=20)  # surrogates and controls included


@given(any_text)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_ligatures_are_taken_apart():
    assert without_ligatures("e\ufb03cient \ufb02ats") == "efficient flats"


def test_undecodable_characters_are_not_readable():
    assert readable_characters(["ab\ufffd\ue000", "c\N{SOFT HYPHEN}d"]) == 4
