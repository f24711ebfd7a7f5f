"""Page pictures with boxes drawn on them: what extraction made of a page, for looking at."""

import io
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

from PIL import Image, ImageDraw, ImageFont

from corpus.vocabulary.documents import Block, BlockKind, Box, ExtractedText, Span
from corpus.vocabulary.places import line_boxes
from harvester.extraction.geometry import around

# A frame's colour says the kind; colours that people with red-green blindness tell apart (Okabe and Ito's).
COLOURS = {
    BlockKind.TITLE: "#d55e00",
    BlockKind.HEADING: "#e69f00",
    BlockKind.PARAGRAPH: "#0072b2",
    BlockKind.LIST_ITEM: "#56b4e9",
    BlockKind.TABLE: "#009e73",
    BlockKind.CAPTION: "#007a5a",
    BlockKind.FOOTNOTE: "#cc79a7",
    BlockKind.FIGURE: "#b8a000",
    BlockKind.HEADER: "#777777",
    BlockKind.FOOTER: "#777777",
    BlockKind.PAGE_NUMBER: "#999999",
}
# Sentences that follow each other take turns, so that one sees where one ends.
_HIGHLIGHTS = ((255, 214, 10, 80), (64, 224, 160, 80))
_WORD_COLOUR = "#8888cc"
_LINE = 14  # height of the legend's line, in pixels
_MARGIN = 6


class Part(StrEnum):
    """What may be drawn."""

    BLOCKS = "blocks"
    TABLES = "tables"  # their cells
    SENTENCES = "sentences"
    WORDS = "words"


USUAL = frozenset({Part.BLOCKS, Part.TABLES, Part.SENTENCES})


def draw_boxes(picture: bytes, text: ExtractedText, *, page: int, parts: Collection[Part] = USUAL) -> bytes:
    """Draw what a page holds on its picture: frames round blocks, cells and words, sentences highlighted.

    A legend stands below. Words are framed too where nothing is known of the page's structure.

    Parameters
    ----------
    picture
        The page as PNG, of any size.
    page
        Its number, from 1.
    parts
        What is drawn.

    Returns
    -------
    bytes
        PNG.
    """
    shown = text.pages[page - 1]
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGBA")
    scale = image.width / shown.width if shown.width else 1.0
    blocks = [block for block in text.blocks if block.page == page]
    spans = list(_sentences_on(text, page)) if Part.SENTENCES in parts else []
    image = Image.alpha_composite(image, _highlights(image.size, text, spans, scale))
    has_words = Part.WORDS in parts or not blocks
    pen = ImageDraw.Draw(image)
    if has_words:
        _frame(pen, [box for word in shown.words for box in word.boxes], scale, _WORD_COLOUR)
    if Part.TABLES in parts:
        tables = [table for table in text.tables if text.blocks[table.block].page == page]
        cells = [cell.box for table in tables for cell in table.cells if cell.box]
        _frame(pen, cells, scale, COLOURS[BlockKind.TABLE])
    if Part.BLOCKS not in parts:
        blocks = []
    for block in blocks:
        if box := block.box or _around_words(text, block):
            _frame(pen, [box], scale, COLOURS[block.kind], width=2)
    target = io.BytesIO()
    _with_legend(image, blocks, has_sentences=bool(spans), has_words=has_words).save(target, format="PNG")
    return target.getvalue()


def _frame(
    pen: ImageDraw.ImageDraw, boxes: Iterable[Box], scale: float, colour: str, *, width: int = 1
) -> None:
    for box in boxes:
        pen.rectangle(_pixels(box, scale), outline=colour, width=width)


def _around_words(text: ExtractedText, block: Block) -> Box | None:
    boxes = [box for word in text.words_of(block) for box in word.boxes]
    return around(boxes) if boxes else None


def _sentences_on(text: ExtractedText, page: int) -> Iterator[tuple[int, Span]]:
    for number, sentence in enumerate(text.sentences):
        for span in sentence.spans:
            if span.page == page:
                yield number, span


def _highlights(
    size: tuple[int, int], text: ExtractedText, spans: Iterable[tuple[int, Span]], scale: float
) -> Image.Image:
    layer = Image.new("RGBA", size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for number, span in spans:
        colour = _HIGHLIGHTS[number % len(_HIGHLIGHTS)]
        for box in line_boxes(text.words_of(span)):
            pen.rectangle(_pixels(box, scale), fill=colour)
    return layer


def _pixels(box: Box, scale: float) -> tuple[float, float, float, float]:
    return box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale


def _with_legend(
    image: Image.Image, blocks: list[Block], *, has_sentences: bool, has_words: bool
) -> Image.Image:
    """Set what the colours mean below the page: the kinds that are on it, in reading order."""
    kinds = list(dict.fromkeys(block.kind for block in blocks))
    entries = [(kind.value.replace("_", " "), COLOURS[kind]) for kind in kinds]
    entries += [("words", _WORD_COLOUR)] * has_words
    entries += [("sentences, in turns", "#d8b400")] * has_sentences
    font = ImageFont.load_default()
    places, x, y = [], _MARGIN, _MARGIN
    for name, colour in entries:
        width = _LINE + round(font.getlength(name)) + 3 * _MARGIN
        if x > _MARGIN and x + width > image.width:
            x, y = _MARGIN, y + _LINE + _MARGIN
        places.append((x, y, name, colour))
        x += width
    whole = Image.new("RGB", (image.width, image.height + y + _LINE + _MARGIN), "white")
    whole.paste(image.convert("RGB"))
    pen = ImageDraw.Draw(whole)
    for x, y, name, colour in places:
        top = image.height + y
        pen.rectangle((x, top, x + _LINE - 4, top + _LINE - 4), outline=colour, width=3)
        pen.text((x + _LINE, top - 1), name, fill="black", font=font)
    return whole
