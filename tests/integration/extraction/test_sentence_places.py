"""Sentences drawn at known places are found there: columns, broken words, page turns, turned and cropped pages."""

import pytest

from corpus.vocabulary.documents import Span
from corpus.vocabulary.places import boxes_of, sentences_at, word_at
from corpus.vocabulary.quotes import find_quote
from harvester.extraction import extract_document
from tests.integration.extraction.typesetting import Setting, overlap

SENTENCES = [
    "Most young people who leave care in England do so soon after their eigh+teenth birthday, e.g. in the same month.",
    "They told us, cf. Fig. 2, that accommo+dation mattered most.",
    "Did support arrive in time?",
    "“It did not,” said one of them (aged 19.5).",
    "Dr. A. B. Okoro and others found the same at 3.5 per cent of all author+ities, i.e. at few.",
    "Some authorities spend more.12",
    "What is the money spent on?",
    "On 23 Sept. 2014 the depart+ment published guidance for personal advisers, whose work it describes in some detail.",
    "In 2019 the duties were extended until the age of 25.",
    "Others, see www.example.org/a.b for all, wait...",
    "The evidence is thin, and the cost of a place varies from one part of the country to another, vs. earlier years.",
    "Few stay close!",
]
PARAGRAPHS = [[SENTENCES[(start + 5 * n) % len(SENTENCES)] for n in range(12)] for start in range(5)]
SETTINGS = {
    "one column": Setting(),
    "two columns": Setting(columns=2, size=9.0),
    "three columns": Setting(columns=3, font="Times-Roman", size=9.0),
    "larger type": Setting(font="Times-Roman", size=16.0),
    "embedded type": Setting(font="Vera", size=9.5, columns=2),
    "a page turned by 90": Setting(rotation=90),
    "a page turned by 180": Setting(rotation=180, columns=2),
    "a page turned by 270": Setting(rotation=270, width=842.0, height=595.0),
    "cropped": Setting(cropped=30.0, columns=2),
}


def letters(text):
    return "".join(text.replace("+", "").replace("-", "").split())


@pytest.fixture(scope="module", params=SETTINGS.values(), ids=SETTINGS)
def drawn(request, tmp_path_factory):
    """A document, its sentences as drawn, and the places of these."""
    path = tmp_path_factory.mktemp("drawn") / "drawn.pdf"
    places = request.param.draw(path, PARAGRAPHS)
    return extract_document(path), [sentence for some in PARAGRAPHS for sentence in some], places


def test_every_sentence_is_found_where_it_was_drawn(drawn):
    text, sentences, places = drawn
    found = ["".join(map(text.text_of, sentence.spans)) for sentence in text.sentences]
    assert [letters(sentence) for sentence in found] == [letters(sentence) for sentence in sentences]
    shares = {}
    for number, (sentence, drawn_at) in enumerate(zip(text.sentences, places, strict=True)):
        boxes = boxes_of(text, sentence)
        assert boxes.keys() == drawn_at.keys()
        for page, area in boxes.items():
            shares[number, page] = overlap(area, drawn_at[page])
            assert len(area) == len(drawn_at[page])
    assert min(shares.values()) >= 0.9


def test_the_middle_of_every_line_leads_back_to_its_sentence(drawn):
    text, _, places = drawn
    for number, drawn_at in enumerate(places):
        for page, boxes in drawn_at.items():
            for box in boxes:
                step = (box.x1 - box.x0) / 20
                at = [
                    word
                    for n in range(1, 20)
                    if (word := word_at(text.pages[page - 1], box.x0 + n * step, (box.top + box.bottom) / 2))
                ]
                assert at
                assert {tuple(sentences_at(text, Span(page, word.start, word.end))) for word in at} == {
                    (number,)
                }


def test_a_chunk_leads_to_the_places_of_its_sentences(drawn):
    text, sentences, _ = drawn
    for number in range(0, len(sentences) - 1, 7):
        chunk = " ".join(sentences[number : number + 2]).replace("+", "")
        expected = [text.sentences[number].spans, text.sentences[number + 1].spans]
        first, last = expected[0][0], expected[1][-1]
        assert any(
            (spans[0].page, spans[0].start, spans[-1].page, spans[-1].end)
            == (first.page, first.start, last.page, last.end)
            for spans in find_quote(text, chunk)
        )
