"""Page pictures with boxes drawn on them: what extraction made of a page, for looking at."""

import io
from collections.abc import Iterable, Iterator

from PIL import Image, ImageDraw, ImageFont

from corpus.vocabulary.documents import Block, BlockKind, Box, ExtractedText, Page, Span, Word

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


def draw_boxes(picture: bytes, text: ExtractedText, *, page: int) -> bytes:
    """Draw a page's blocks, tables' cells, sentences and, where it has no blocks, words on its picture; a legend stands below.

    Parameters
    ----------
    picture
        The page as PNG, of any size.
    page
        Its number, from 1.

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
    spans = list(_sentences_on(text, page))
    image = Image.alpha_composite(image, _highlights(image.size, shown, spans, scale))
    pen = ImageDraw.Draw(image)
    for block in blocks:
        box = block.box or _around(list(_words_in(shown, block.start, block.end)))
        if box:
            pen.rectangle(_pixels(box, scale), outline=COLOURS[block.kind], width=2)
    for cell in (
        cell for table in text.tables if text.blocks[table.block].page == page for cell in table.cells
    ):
        if cell.box:
            pen.rectangle(_pixels(cell.box, scale), outline=COLOURS[BlockKind.TABLE])
    if not blocks:
        for word in shown.words:
            for box in word.boxes:
                pen.rectangle(_pixels(box, scale), outline=_WORD_COLOUR)
    target = io.BytesIO()
    _with_legend(image, blocks, has_sentences=bool(spans)).save(target, format="PNG")
    return target.getvalue()


def line_boxes(words: Iterable[Word]) -> list[Box]:
    """Return one box for each line that words stand on: those of neighbours that share half their height, joined."""
    lines: list[Box] = []
    for box in (box for word in words for box in word.boxes):
        last = lines[-1] if lines else None
        if last and box.x0 >= last.x0 and _shares_line(last, box):
            lines[-1] = _join(last, box)
        else:
            lines.append(box)
    return lines


def _shares_line(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _join(one: Box, other: Box) -> Box:
    return Box(
        min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom)
    )


def _around(words: list[Word]) -> Box | None:
    boxes = [box for word in words for box in word.boxes]
    if not boxes:
        return None
    whole = boxes[0]
    for box in boxes[1:]:
        whole = _join(whole, box)
    return whole


def _words_in(page: Page, start: int, end: int) -> Iterator[Word]:
    return (word for word in page.words if word.start < end and word.end > start)


def _sentences_on(text: ExtractedText, page: int) -> Iterator[tuple[int, Span]]:
    for number, sentence in enumerate(text.sentences):
        for span in sentence.spans:
            if span.page == page:
                yield number, span


def _highlights(
    size: tuple[int, int], page: Page, spans: Iterable[tuple[int, Span]], scale: float
) -> Image.Image:
    layer = Image.new("RGBA", size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for number, span in spans:
        colour = _HIGHLIGHTS[number % len(_HIGHLIGHTS)]
        for box in line_boxes(_words_in(page, span.start, span.end)):
            pen.rectangle(_pixels(box, scale), fill=colour)
    return layer


def _pixels(box: Box, scale: float) -> tuple[float, float, float, float]:
    return box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale


def _with_legend(image: Image.Image, blocks: list[Block], *, has_sentences: bool) -> Image.Image:
    """Set what the colours mean below the page: the kinds that are on it, in reading order."""
    kinds = list(dict.fromkeys(block.kind for block in blocks))
    entries = [(kind.value.replace("_", " "), COLOURS[kind]) for kind in kinds] or [("word", _WORD_COLOUR)]
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
