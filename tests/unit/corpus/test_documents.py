"""The shape of extracted text: places lead to characters and paper, and back to what the document had."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import Block, BlockKind, Box, ExtractedText, Mend, Page, Span, Word

BOX = Box(0, 0, 1, 1)


def page(text: str, *, number: int = 1, words: tuple[Word, ...] = (), mends: tuple[Mend, ...] = ()) -> Page:
    return Page(number=number, width=1, height=1, text=text, words=words, mends=mends)


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5)), max_size=5))
def test_the_original_is_the_text_without_its_mends(pieces):
    text, original, mends = "", "", []
    for kept, mended, was in pieces:
        text, original = text + kept, original + kept
        mends.append(Mend(len(text), len(text) + len(mended), was))
        text, original = text + mended, original + was
    made = page(text, mends=tuple(mends))

    assert made.original == original
    changed = {n for mend in mends for n in range(mend.start, mend.end)}
    for offset in set(range(len(text))) - changed:
        assert original[made.original_offset(offset)] == text[offset]


def test_running_text_leaves_out_what_stands_apart_and_joins_what_goes_on():
    first = page("Head\nA sentence that goes\n1")
    second = page("on here.", number=2)
    blocks = (
        Block(BlockKind.HEADER, 1, 0, 4),
        Block(BlockKind.PARAGRAPH, 1, 5, 25),
        Block(BlockKind.PAGE_NUMBER, 1, 26, 27),
        Block(BlockKind.PARAGRAPH, 2, 0, 8, goes_on=True),
        Block(BlockKind.PARAGRAPH, 2, 0, 2),
    )
    text = ExtractedText(None, None, (first, second), "x", "1", blocks=blocks)

    assert text.running_text == "A sentence that goes on here.\n\non"


def test_a_place_leads_to_its_words_and_their_boxes():
    broken = Word("together", 4, 12, BOX, more=(Box(1, 1, 2, 2),))
    made = page("one together", words=(Word("one", 0, 3, BOX), broken))
    text = ExtractedText(None, None, (made,), "x", "1")

    assert [word.text for word in text.words_of(Span(1, 3, 6))] == ["together"]
    assert text.text_of(Span(1, 4, 12)) == "together"
    assert broken.boxes == (BOX, Box(1, 1, 2, 2))
