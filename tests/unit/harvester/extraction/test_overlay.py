"""Boxes drawn on page pictures."""

import io

from PIL import Image, ImageColor

from corpus.vocabulary.documents import BlockKind, Box, Cell, Sentence, Span, Table
from harvester.extraction.overlay import COLOURS, draw_boxes, line_boxes
from tests.unit.harvester.extraction.made import document, page_of


def blank(width=600, height=800):
    target = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(target, format="PNG")
    return target.getvalue()


def drawn(text, **options):
    return Image.open(io.BytesIO(draw_boxes(blank(**options), text, page=1))).convert("RGB")


def test_words_of_a_line_share_one_box():
    words = page_of(["one two", "three"]).words
    assert line_boxes(words) == [Box(10, 0, 52, 12), Box(10, 20, 40, 32)]


def test_a_block_is_framed_in_the_colour_of_its_kind_at_the_pictures_scale():
    text = document(
        page_of(["Findings", "care leavers"]),
        kinds=[("heading", 1, "Findings"), ("paragraph", 1, "care leavers")],
    )
    picture = drawn(text)
    assert picture.getpixel((20, 12)) == ImageColor.getrgb(COLOURS[BlockKind.HEADING])
    assert picture.getpixel((20, 52)) == ImageColor.getrgb(COLOURS[BlockKind.PARAGRAPH])
    assert picture.getpixel((300, 500)) == (255, 255, 255)
    assert picture.height > 800  # the legend


def test_sentences_are_highlighted_in_turns_and_nothing_else():
    page = page_of(["One. Two.", "more"])
    spans = [(0, 4), (5, 14)]
    text = document(
        page,
        kinds=[("paragraph", 1, page.text)],
        sentences=tuple(Sentence((Span(1, start, end),), 0) for start, end in spans),
    )
    picture = drawn(text)
    first, second = picture.getpixel((40, 12)), picture.getpixel((100, 12))
    assert len({first, second, (255, 255, 255)}) == 3
    assert picture.getpixel((40, 52)) == second
    assert picture.getpixel((200, 100)) == (255, 255, 255)


def test_cells_of_tables_are_framed():
    page = page_of(["a b"])
    cells = tuple(Cell(0, n, 2 * n, 2 * n + 1, Box(10 + 50 * n, 0, 60 + 50 * n, 12)) for n in range(2))
    text = document(
        page, kinds=[("table", 1, "a b", {"box": Box(10, 0, 110, 12)})], tables=(Table(0, cells),)
    )
    assert drawn(text).getpixel((120, 12)) == ImageColor.getrgb(COLOURS[BlockKind.TABLE])


def test_without_blocks_words_are_framed():
    assert drawn(document(page_of(["care"]))).getpixel((20, 12)) != (255, 255, 255)


def test_a_page_of_no_size_is_drawn_all_the_same():
    assert drawn(document(page_of([""]))).size[0] == 600
