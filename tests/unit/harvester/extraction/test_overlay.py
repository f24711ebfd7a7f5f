"""Boxes drawn on page pictures."""

import io

from PIL import Image, ImageColor

from corpus.vocabulary.documents import BlockKind, Box, Cell, Sentence, Span, Table
from harvester.extraction.overlay import COLOURS, Part, draw_boxes
from tests.unit.harvester.extraction.made import document, page_of


def blank(width=600, height=800):
    target = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(target, format="PNG")
    return target.getvalue()


def drawn(text, **options):
    return Image.open(io.BytesIO(draw_boxes(blank(), text, page=1, **options))).convert("RGB")


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


def test_only_what_is_wanted_is_drawn():
    text = document(
        page_of(["Care helps."]),
        kinds=[("paragraph", 1, "Care helps.")],
        sentences=(Sentence((Span(1, 0, 11),), 0),),
    )
    frame, within = (20, 12), (25, 15)
    white, block = (255, 255, 255), ImageColor.getrgb(COLOURS[BlockKind.PARAGRAPH])
    pictures = {part: drawn(text, parts={part}) for part in Part}
    assert {part: picture.getpixel(within) == white for part, picture in pictures.items()} == {
        Part.BLOCKS: True,
        Part.TABLES: True,
        Part.SENTENCES: False,
        Part.WORDS: True,
    }
    assert pictures[Part.BLOCKS].getpixel(frame) == block
    assert pictures[Part.TABLES].getpixel(frame) == white
    assert pictures[Part.WORDS].getpixel(frame) not in {white, block}


def test_a_page_of_no_size_is_drawn_all_the_same():
    assert drawn(document(page_of([""]))).size[0] == 600
