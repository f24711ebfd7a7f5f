import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import (
    Block,
    BlockKind,
    Box,
    Cell,
    DocumentFacts,
    ExtractedText,
    Lack,
    Mend,
    Page,
    Section,
    SectionRole,
    Sentence,
    Span,
    Table,
    Word,
)
from harvester.extraction.storage import from_json, to_json

coordinates = st.floats(allow_nan=False, allow_infinity=False, width=32)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
names = st.dictionaries(texts, texts, max_size=3)
numbers = st.integers(0, 1000)
boxes = st.builds(Box, coordinates, coordinates, coordinates, coordinates)
spans = st.builds(Span, numbers, numbers, numbers)
blocks = st.builds(
    Block,
    kind=st.sampled_from(BlockKind),
    page=numbers,
    start=numbers,
    end=numbers,
    box=st.none() | boxes,
    level=st.none() | numbers,
    marker=st.none() | texts,
    goes_on=st.booleans(),
)
cells = st.builds(Cell, numbers, numbers, numbers, numbers, box=st.none() | boxes, row_span=numbers)
tables = st.builds(
    Table, block=numbers, cells=st.lists(cells, max_size=3).map(tuple), caption=st.none() | numbers
)
sections = st.builds(Section, texts, numbers, st.sampled_from(SectionRole), numbers, numbers)
sentences = st.builds(Sentence, spans=st.lists(spans, max_size=2).map(tuple), block=numbers)
facts = st.builds(
    DocumentFacts,
    declared=names,
    authors=st.lists(texts, max_size=2).map(tuple),
    dated=st.none() | texts,
    language=st.none() | texts,
    fingerprint=st.lists(numbers, max_size=4).map(tuple),
)


@st.composite
def pages(draw, number=1):
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    words = tuple(
        Word(
            text=text[start:end],
            start=start,
            end=end,
            box=draw(boxes),
            more=tuple(draw(st.lists(boxes, max_size=2))),
        )
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    return Page(
        number=number,
        width=draw(coordinates),
        height=draw(coordinates),
        text=text,
        words=words,
        label=draw(st.none() | texts),
        mends=tuple(Mend(start, start, draw(texts)) for start in cuts),
        engine=draw(st.none() | texts),
        confidence=draw(st.none() | coordinates),
        lack=draw(st.none() | st.sampled_from(Lack)),
    )


@st.composite
def extracted_texts(draw):
    return ExtractedText(
        title=draw(st.none() | texts),
        title_from=draw(st.sampled_from([None, "metadata", "typography"])),
        pages=tuple(draw(pages(number=number)) for number in range(1, draw(st.integers(0, 3)) + 1)),
        extractor=draw(texts),
        extractor_version=draw(texts),
        blocks=tuple(draw(st.lists(blocks, max_size=3))),
        tables=tuple(draw(st.lists(tables, max_size=2))),
        sections=tuple(draw(st.lists(sections, max_size=2))),
        sentences=tuple(draw(st.lists(sentences, max_size=3))),
        facts=draw(facts),
        settings=draw(names),
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


def test_a_text_stored_before_a_field_was_added_is_read():
    stored = json.loads(to_json(_one_page()))
    assert stored["text"][2][0].pop() is None  # the page's newest field

    assert from_json(json.dumps(stored).encode()) == _one_page()


def test_a_text_with_a_field_that_nobody_knows_is_refused():
    stored = json.loads(to_json(_one_page()))
    stored["text"][2][0].append(1)

    with pytest.raises(ValueError, match="not a stored text"):
        from_json(json.dumps(stored).encode())


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
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"format":2}',
        b'{"format":2,"text":[]}',
        b'{"format":2,"text":[null,null,[[1]],"","",[],[],[],[],[{},[],null,null,[]],{}]}',
        b'{"format":2,"text":[null,null,[],"","",[["spam",1,0,1,null,null,null,false]],[],[],[],[{},[],null,null,[]],{}]}',
    ],
)
def test_other_bytes_are_refused(data):
    with pytest.raises(ValueError, match=r"."):
        from_json(data)


@pytest.mark.parametrize("form", [1, 3])
def test_another_format_is_named(form):
    with pytest.raises(ValueError, match=f"format {form}; this program reads format 2"):
        from_json(b'{"format":%d}' % form)
