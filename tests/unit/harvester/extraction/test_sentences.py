"""Sentences of whole documents: by block, over the ends of columns and pages."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import RUNNING, BlockKind, Span
from harvester.extraction.sentences import with_sentences
from harvester.extraction.storage import from_json, to_json
from tests.unit.harvester.extraction.made import document, page_of

KINDS = sorted(BlockKind)


def sentences(text):
    return [[text.text_of(span) for span in sentence.spans] for sentence in with_sentences(text).sentences]


def test_paragraphs_items_captions_and_notes_have_sentences_of_their_own():
    page = page_of(
        ["Who moved? A study", "Most did. Some", "stayed.", "to work", "to rest", "Fig. 1. Homes", "1 No."]
    )
    text = document(
        page,
        kinds=[
            ("heading", 1, "Who moved? A study"),
            ("paragraph", 1, "Most did. Some\nstayed."),
            ("list_item", 1, "to work"),
            ("list_item", 1, "to rest"),
            ("caption", 1, "Fig. 1. Homes"),
            ("footnote", 1, "1 No."),
        ],
    )
    assert sentences(text) == [
        ["Who moved? A study"],
        ["Most did."],
        ["Some\nstayed."],
        ["to work"],
        ["to rest"],
        ["Fig. 1. Homes"],
        ["1 No."],
    ]
    assert [sentence.block for sentence in with_sentences(text).sentences] == [0, 1, 1, 2, 3, 4, 5]


def test_tables_figures_and_what_runs_on_pages_have_none():
    kinds = [(kind, 1, "Care.") for kind in ("table", "figure", "header", "footer", "page_number")]
    assert sentences(document(page_of(["Care."]), kinds=kinds)) == []


def test_a_sentence_goes_over_a_pages_end_past_what_stands_between():
    text = document(
        page_of(["All left. They", "1 Of care.", "7"]),
        page_of(["Report", "soon came", "home. All did."], number=2),
        kinds=[
            ("paragraph", 1, "All left. They"),
            ("footnote", 1, "1 Of care."),
            ("page_number", 1, "7"),
            ("header", 2, "Report"),
            ("paragraph", 2, "soon came\nhome. All did.", {"goes_on": True}),
        ],
    )
    assert sentences(text) == [["All left."], ["They", "soon came\nhome."], ["1 Of care."], ["All did."]]
    over = with_sentences(text).sentences[1]
    assert (over.spans, over.block) == ((Span(1, 10, 14), Span(2, 7, 22)), 0)


def test_a_sentence_may_fill_a_page_between():
    pages = [page_of([line], number=number) for number, line in enumerate(["They", "all went", "home."], 1)]
    kinds = [("paragraph", page.number, page.text, {"goes_on": page.number > 1}) for page in pages]
    assert sentences(document(*pages, kinds=kinds)) == [["They", "all went", "home."]]


@st.composite
def documents(draw):
    pages, kinds = [], []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        lines = draw(
            st.lists(st.text("aB1.?)•\ufb01", min_size=1, max_size=5), min_size=1, max_size=4, unique=True)
        )
        page = page_of([f"{place} {line} {place}." for place, line in enumerate(lines)], number=number)
        pages.append(page)
        kinds += [
            (draw(st.sampled_from(KINDS)), number, line, {"goes_on": draw(st.booleans())})
            for line in page.text.split("\n")
        ]
    return document(*pages, kinds=kinds)


@given(documents())
def test_sentences_cover_the_running_text_once(text):
    found = with_sentences(text)
    held = [
        (span.page, at) for s in found.sentences for span in s.spans for at in range(span.start, span.end)
    ]

    assert len(held) == len(set(held))
    for block in text.blocks:
        if block.kind in RUNNING:
            for at in range(block.start, block.end):
                assert (block.page, at) in set(held) or text.pages[block.page - 1].text[at].isspace()
    assert all(
        text.text_of(span).strip() == text.text_of(span) != "" for s in found.sentences for span in s.spans
    )


@given(documents())
def test_they_are_stored_and_come_in_reading_order(text):
    found = with_sentences(text)

    assert from_json(to_json(found)) == found
    places = [(s.block, s.spans[0].page, s.spans[0].start) for s in found.sentences]
    assert places == sorted(places)
