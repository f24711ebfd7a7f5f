"""A page as a reviewer reads it."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import Block, BlockKind, Cell, ExtractedText, Page, Table
from greysift.review.passages import Field, Passage, paragraphs_of, passages_of

PAGE = """Findings
Young people who leave care in England often move into their first
home before their friends do, and many of them move again within a
year.
Four local authorities ran the offer for two years, and all of them
kept it up afterwards.

Table 1
2017 12
"""


def test_lines_that_run_on_are_joined_and_short_ones_end_a_paragraph():
    assert paragraphs_of(PAGE) == (
        "Findings",
        "Young people who leave care in England often move into their first home before their friends do, and many of them move again within a year.",
        "Four local authorities ran the offer for two years, and all of them kept it up afterwards.",
        "Table 1",
        "2017 12",
    )


@given(st.text(alphabet=st.sampled_from("ab c.\n\t"), max_size=300))
def test_no_word_is_added_lost_or_moved(text):
    assert " ".join(paragraphs_of(text)).split() == text.split()


def one_page(text, *blocks, tables=()):
    """A document of one page."""
    page = Page(number=1, width=595, height=842, text=text, words=())
    placed = tuple(
        Block(kind, 1, text.index(words), text.index(words) + len(words), level=level)
        for kind, words, level in blocks
    )
    return ExtractedText(None, None, (page,), "test", "1", blocks=placed, tables=tables)


def test_headings_paragraphs_and_footers_are_told_apart():
    text = one_page(
        "Findings\nMany move\nagain.\nSpecimen 7",
        (BlockKind.HEADING, "Findings", 2),
        (BlockKind.PARAGRAPH, "Many move\nagain.", None),
        (BlockKind.FOOTER, "Specimen 7", None),
    )
    assert passages_of(text, text.pages[0]) == (
        Passage(BlockKind.HEADING, "Findings", level=4),
        Passage(BlockKind.PARAGRAPH, "Many move again."),
        Passage(BlockKind.FOOTER, "Specimen 7"),
    )


def test_tables_keep_spans_and_empty_fields():
    words = "Year All 2017 12"
    cells = (Cell(0, 0, 0, 4), Cell(0, 1, 5, 8, column_span=2), Cell(1, 0, 9, 13), Cell(1, 2, 14, 16))
    text = one_page(words, (BlockKind.TABLE, words, None), tables=(Table(block=0, cells=cells),))

    (table,) = passages_of(text, text.pages[0])

    assert table.rows == (
        (Field("Year"), Field("All", width=2)),
        (Field("2017"), Field(""), Field("12")),
    )


def test_page_without_blocks_is_shown_by_its_lines():
    text = one_page(PAGE)
    assert [passage.text for passage in passages_of(text, text.pages[0])] == list(paragraphs_of(PAGE))


def test_leaders_of_an_entry_are_shortened_and_an_ellipsis_stays():
    text = one_page(
        "The offer . . . . . . . . 2\nand so on ...",
        (BlockKind.PARAGRAPH, "The offer . . . . . . . . 2\nand so on ...", None),
    )
    (passage,) = passages_of(text, text.pages[0])
    assert passage.text == "The offer … 2 and so on ..."
