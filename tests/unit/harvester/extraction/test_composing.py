import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import BlockKind, Box, Mend
from harvester.extraction.composing import Piece, compose
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.lines import PageLines, Token, line_of
from harvester.extraction.words import clean

BOX = Box(0, 0, 10, 10)
# Surrogates, controls, hyphens, ligatures and blanks included.
any_text = st.one_of(
    st.text(st.characters(), min_size=1, max_size=9), st.text("ab-\ufb01 \N{SOFT HYPHEN}", min_size=1)
)
raw_blocks = st.lists(
    st.lists(st.lists(any_text, min_size=1, max_size=4), min_size=1, max_size=4), max_size=4
)


def composed(blocks, kind=BlockKind.PARAGRAPH):
    pieces = [
        Piece(kind, tuple(line_of([Token(text, BOX) for text in line]) for line in lines)) for lines in blocks
    ]
    lines = tuple(line for piece in pieces for line in piece.lines)
    return compose(PageLines(100.0, 100.0, lines), pieces, number=1, hyphens=Hyphens(lines))


@given(raw_blocks)
def test_words_stand_where_they_say(blocks):
    page = composed(blocks).page

    assert all(page.text[word.start : word.end] == word.text for word in page.words)
    assert all(one.end < other.start for one, other in pairwise(page.words))


@given(raw_blocks)
def test_the_text_is_its_words_and_white_space_in_normal_form(blocks):
    page = composed(blocks).page

    assert page.text.split() == [word.text for word in page.words]
    assert unicodedata.is_normalized("NFC", page.text)
    page.text.encode()


@given(raw_blocks)
def test_the_original_is_what_the_engine_read(blocks):
    page = composed(blocks).page

    read = [part for lines in blocks for line in lines for text in line for part in clean(text).split()]
    assert page.original.split() == read
    assert all(one.end <= other.start for one, other in pairwise(page.mends))


@given(raw_blocks)
def test_blocks_and_lines_cover_all_words_in_order(blocks):
    made = composed(blocks)

    assert all(one.end <= other.start for one, other in pairwise(made.blocks))
    for word in made.page.words:
        assert sum(block.start <= word.start and word.end <= block.end for block in made.blocks) == 1
    assert all(made.blocks[line.block].start <= line.start <= line.end for line in made.lines)


broken_blocks = st.lists(
    st.lists(st.lists(st.sampled_from(["ab", "ab-", "-2-"]), min_size=1, max_size=2), min_size=1, max_size=2),
    max_size=4,
)
kinds = st.lists(
    st.tuples(
        st.sampled_from([BlockKind.PARAGRAPH, BlockKind.PAGE_NUMBER, BlockKind.FOOTNOTE]), st.booleans()
    ),
    min_size=4,
    max_size=4,
)


@given(st.one_of(broken_blocks, raw_blocks), kinds)
def test_every_word_of_a_page_lies_in_a_block_whatever_goes_on(blocks, kinds):
    pieces = [
        Piece(kind, tuple(line_of([Token(text, BOX) for text in line]) for line in lines), goes_on=goes_on)
        for lines, (kind, goes_on) in zip(blocks, kinds, strict=False)
    ]
    made = compose(PageLines(100.0, 100.0, ()), pieces, number=1, hyphens=Hyphens([]))

    assert all(one.end <= other.start for one, other in pairwise(made.blocks))
    for word in made.page.words:
        assert sum(block.start <= word.start and word.end <= block.end for block in made.blocks) == 1


def test_a_word_broken_over_two_blocks_lies_in_the_first():
    pieces = [
        Piece(BlockKind.PARAGRAPH, (line_of([Token("eas-", BOX)]),)),
        Piece(BlockKind.PARAGRAPH, (line_of([Token("ily", BOX), Token("told", BOX)]),), goes_on=True),
    ]
    made = compose(PageLines(100.0, 100.0, ()), pieces, number=1, hyphens=Hyphens([]))
    assert [made.page.text[block.start : block.end] for block in made.blocks] == ["easily", "told"]


def test_a_word_broken_at_a_lines_end_is_one_word_with_two_boxes():
    first, second = Box(80, 0, 100, 10), Box(0, 12, 20, 22)
    lines = (
        line_of([Token("the", BOX), Token("evalu-", first)]),
        line_of([Token("ation,", second), Token("then", BOX)]),
    )

    page = compose(
        PageLines(100.0, 100.0, lines), [Piece(BlockKind.PARAGRAPH, lines)], number=1, hyphens=Hyphens(lines)
    ).page

    assert page.text == "the evaluation,\nthen"
    assert page.words[1].boxes == (first, second)
    assert page.mends == (Mend(9, 16, "-\nation, "),)
    assert page.original == "the evalu-\nation, then"


def test_blocks_are_parted_by_blank_lines():
    assert composed([[["one"], ["two"]], [["three"]]]).page.text == "one\ntwo\n\nthree"


def test_a_hyphen_at_a_blocks_end_stays():
    assert composed([[["evalu-"]], [["ation"]]]).page.text == "evalu-\n\nation"


def test_blanks_inside_a_token_part_words_that_share_its_box():
    page = composed([[["New\N{NO-BREAK SPACE}York", "e\N{COMBINING ACUTE ACCENT}t\0e"]]]).page

    assert [(word.text, word.box) for word in page.words] == [("New", BOX), ("York", BOX), ("éte", BOX)]


def test_ligatures_are_mended_and_lead_back():
    page = composed([[["e\ufb03cient"]]]).page

    assert (page.text, page.original) == ("efficient", "e\ufb03cient")
