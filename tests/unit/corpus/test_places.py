"""From characters to the paper and back."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import BlockKind, Box, Page, Section, SectionRole, Sentence, Span, Word
from corpus.vocabulary.places import (
    blocks_at,
    boxes_of,
    line_boxes,
    section_of,
    sentences_at,
    spans_of,
    spans_within,
    word_at,
)
from harvester.extraction.composing import Piece, compose
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.lines import PageLines, Token, line_of
from harvester.extraction.sentences import with_sentences
from tests.unit.harvester.extraction.made import document, page_of

# Two columns on two pages, the second column's first line level with the first's; a word broken at a line's end.
STEP, HEIGHT = 14.0, 11.0


def in_columns(columns, *, number=1):
    """Compose a page of columns of lines; each character is five points wide."""
    lines = []
    for column, texts in enumerate(columns):
        for row, text in enumerate(texts):
            at, words = 0, []
            for word in text.split():
                x = 50.0 + 250 * column + 5 * at
                words.append(Token(word, Box(x, STEP * row, x + 5 * len(word), STEP * row + HEIGHT)))
                at += len(word) + 1
            lines.append(line_of(words))
    piece = Piece(BlockKind.PARAGRAPH, tuple(lines))
    read = PageLines(600.0, 800.0, tuple(lines))
    return compose(read, [piece], number=number, hyphens=Hyphens(lines)).page


PAGE = in_columns(
    [["All left. They soon", "came home to live toge-"], ["ther with e\ufb03cient", "help. So"]]
)


def test_words_of_a_line_share_one_box():
    assert line_boxes(page_of(["one two", "three"]).words) == [Box(10, 0, 52, 12), Box(10, 20, 40, 32)]


def test_a_sentence_has_a_box_a_line_over_broken_words_and_columns():
    start = PAGE.text.index("They")
    assert PAGE.text[start:] == "They soon\ncame home to live together\nwith efficient\nhelp. So"
    text = document(PAGE)
    assert boxes_of(text, Span(1, start, PAGE.text.index(" So"))) == {
        1: [
            Box(100, 0, 145, 11),
            Box(50, 14, 165, 25),
            Box(300, 0, 385, 11),
            Box(300, 14, 325, 25),
        ]
    }


def test_words_that_run_from_right_to_left_up_or_down_share_a_box_a_line():
    def words(*boxes):
        return [Word("abc", 4 * n, 4 * n + 3, box) for n, box in enumerate(boxes)]

    assert line_boxes(words(Box(100, 0, 130, 10), Box(70, 0, 97, 10))) == [Box(70, 0, 130, 10)]
    assert line_boxes(words(Box(0, 60, 10, 90), Box(0, 30, 10, 57), Box(14, 60, 24, 90))) == [
        Box(0, 30, 10, 90),
        Box(14, 60, 24, 90),
    ]


def test_short_words_above_each_other_are_lines():
    lines = [Box(0, 0, 3, 10), Box(0, 11, 9, 21)]
    assert line_boxes([Word("I", 0, 1, lines[0]), Word("it", 2, 4, lines[1])]) == lines


def test_columns_far_apart_are_not_bridged():
    assert len(line_boxes([Word("a", 0, 1, Box(0, 0, 50, 10)), Word("b", 2, 3, Box(90, 0, 140, 10))])) == 2


def test_a_point_leads_to_the_word_there():
    broken = word_at(PAGE, 302, 3)
    assert broken == word_at(PAGE, 160, 20)
    assert broken is not None
    assert broken.text == "together"
    assert word_at(PAGE, 250, 3) is None


def test_where_boxes_overlap_the_nearest_middle_counts():
    words = (Word("wide", 0, 4, Box(0, 0, 100, 10)), Word("in", 5, 7, Box(80, 0, 90, 10)))
    page = Page(1, 100, 100, "wide in", words)
    assert [word.text for x in (84, 40) if (word := word_at(page, x, 5))] == ["in", "wide"]


def test_a_place_leads_to_its_blocks_sentences_and_section():
    text = with_sentences(
        document(
            page_of(["Aims", "All left. They"]),
            page_of(["soon came. So", "did she."], number=2),
            kinds=[
                ("heading", 1, "Aims"),
                ("paragraph", 1, "All left. They"),
                ("paragraph", 2, "soon came. So\ndid she.", {"goes_on": True}),
            ],
            sections=(
                Section("", 1, SectionRole.OTHER, 0, 3),
                Section("Aims", 2, SectionRole.OTHER, 0, 2),
            ),
        )
    )
    (span,) = spans_within(text.pages[1], [Box(0, 0, 100, 12)])
    assert text.text_of(span) == "soon came. So"
    assert blocks_at(text, span) == [2]
    assert sentences_at(text, span) == [2, 3]
    assert spans_of(text, text.sentences[2]) == (Span(1, 15, 19), Span(2, 0, 10))
    assert boxes_of(text, text.sentences[2]) == {1: [Box(70, 20, 94, 32)], 2: [Box(10, 0, 70, 12)]}
    assert section_of(text, 1) == text.sections[1]
    assert section_of(text, 2) == text.sections[0]
    assert section_of(document(PAGE), 0) is None
    assert boxes_of(text, text.sections[1]) == {1: [Box(10, 0, 34, 12), Box(10, 20, 94, 32)]}


coordinates = st.floats(0, 600, width=32)
sizes = st.floats(0, 80, width=32)
boxes = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), coordinates, coordinates, sizes, sizes)


@st.composite
def placed_anywhere(draw):
    words, at = [], 0
    for size in draw(st.lists(st.integers(1, 6), min_size=1, max_size=12)):
        more = tuple(draw(st.lists(boxes, max_size=1)))
        words.append(Word("a" * size, at, at + size, draw(boxes), more))
        at += size + 1
    return Page(1, 600, 800, " ".join(word.text for word in words), tuple(words))


@given(placed_anywhere() | st.just(PAGE), st.data())
def test_characters_lead_to_boxes_and_back_wherever_words_stand(page, data):
    start = data.draw(st.integers(0, len(page.text) - 1))
    end = data.draw(st.integers(start + 1, len(page.text)))
    found = boxes_of(document(page), Span(1, start, end))

    if page.text[start:end].isspace():
        assert found == {}
        return
    back = spans_within(page, found[1])
    kept = page.text[start:end].strip()
    first = start + page.text[start:end].index(kept)
    assert any(span.start <= first and first + len(kept) <= span.end for span in back)


@given(
    st.lists(
        st.lists(st.text("ab\ufb01-.", min_size=1, max_size=8), min_size=1, max_size=5),
        min_size=1,
        max_size=5,
    )
)
def test_in_set_type_a_sentences_boxes_lead_to_its_own_words_alone(lines):
    page = in_columns([[" ".join(words) for words in lines]])
    text = document(page)
    for word in page.words:
        assert spans_within(page, boxes_of(text, Span(1, word.start, word.end))[1]) == [
            Span(1, word.start, word.end)
        ]
    sentence = Sentence((Span(1, page.words[0].start, page.words[-1].end),), 0)
    assert len(boxes_of(text, sentence)[1]) == len({box.top for word in page.words for box in word.boxes})
