import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import Box, ExtractedText, Page, Word
from harvester.extraction.storage import from_json, to_json

coordinates = st.floats(allow_nan=False, allow_infinity=False, width=32)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@st.composite
def pages(draw, number=1):
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    words = tuple(
        Word(text=text[start:end], start=start, end=end, box=Box(*draw(st.tuples(*[coordinates] * 4))))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    return Page(number=number, width=draw(coordinates), height=draw(coordinates), text=text, words=words)


@st.composite
def extracted_texts(draw):
    return ExtractedText(
        title=draw(st.none() | texts),
        title_from=draw(st.sampled_from([None, "metadata", "typography"])),
        pages=tuple(draw(pages(number=number)) for number in range(1, draw(st.integers(0, 3)) + 1)),
        extractor=draw(texts),
        extractor_version=draw(texts),
    )


@given(extracted_texts())
def test_a_text_comes_back_as_it_was(text):
    assert from_json(to_json(text)) == text


@given(extracted_texts())
def test_equal_texts_give_equal_bytes(text):
    assert to_json(from_json(to_json(text))) == to_json(text)


def _one_page(**changes):
    fields = {"number": 1, "width": 612.0, "height": 792.0, "text": "one two", "words": ()} | changes
    return ExtractedText(None, None, (Page(**fields),), "greysift", "1")


def test_numbers_that_are_equal_give_equal_bytes():
    assert to_json(_one_page(width=612, height=-0.0)) == to_json(_one_page(width=612.0, height=0))


def test_a_word_that_is_not_in_its_place_is_refused():
    misplaced = Word(text="two", start=0, end=3, box=Box(0, 0, 1, 1))

    with pytest.raises(ValueError, match="'two' of page 1"):
        to_json(_one_page(words=(misplaced,)))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(_one_page(width=number))


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"null", b'{"format":1}', b'{"format":2,"pages":[]}', b'{"format":1,"pages":[[1]]}'],
)
def test_other_bytes_are_refused(data):
    with pytest.raises(ValueError, match=r"."):
        from_json(data)


def test_a_later_format_is_named():
    with pytest.raises(ValueError, match="format 2; this program reads format 1"):
        from_json(b'{"format":2}')
