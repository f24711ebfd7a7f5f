"""From characters to their place on the paper, and back."""

from collections.abc import Iterable

from corpus.vocabulary.documents import Block, Box, ExtractedText, Page, Section, Sentence, Span, Word

_LEVEL = 0.5  # of the lower of two boxes' heights that boxes of a line share
_NEAR = 3.0  # heights that neighbours on a line are apart at most, wide blanks of justified lines included
# Words of some letters that are much higher than wide run up or down the page.
_SOME_LETTERS, _UPRIGHT = 3, 1.5
_NEAR_UPRIGHT = 0.5  # widths that words of a line that runs up or down the page are apart at most


def spans_of(text: ExtractedText, part: Span | Block | Sentence | Section) -> tuple[Span, ...]:
    """Return the characters of a part of a document, a span for each block that it is in."""
    match part:
        case Span():
            return (part,)
        case Block():
            return (Span(part.page, part.start, part.end),)
        case Sentence():
            return part.spans
    return tuple(Span(block.page, block.start, block.end) for block in text.blocks[part.first : part.last])


def boxes_of(text: ExtractedText, part: Span | Block | Sentence | Section) -> dict[int, list[Box]]:
    """Return a part's place on the paper: for each page that it is on, a box for each of its lines.

    A word that is in the part with some of its characters is shown whole. What has no words has no place.
    """
    places: dict[int, list[Box]] = {}
    for span in spans_of(text, part):
        if boxes := line_boxes(text.words_of(span)):
            places.setdefault(span.page, []).extend(boxes)
    return places


def line_boxes(words: Iterable[Word]) -> list[Box]:
    """Return one box for each line that words in reading order stand on: those of neighbours, joined."""
    lines: list[Box] = []
    last: Box | None = None
    was_upright = False
    for word in words:
        for box in word.boxes:
            is_upright = len(word.text) >= _SOME_LETTERS and box.bottom - box.top > _UPRIGHT * (
                box.x1 - box.x0
            )
            if last and (_is_beside(last, box) or ((is_upright or was_upright) and _is_stacked(last, box))):
                lines[-1] = _around(lines[-1], box)
            else:
                lines.append(box)
            last, was_upright = box, is_upright
    return lines


def spans_within(page: Page, boxes: Iterable[Box]) -> list[Span]:
    """Return the characters of a page's words within boxes, a span for each run of words that follow each other.

    A word is within a box that its middle lies in, or the middle of one of its parts where a line's end breaks it.
    """
    wanted = list(boxes)
    spans: list[Span] = []
    before = -1
    for number, word in enumerate(page.words):
        if any(_holds(box, part) for part in word.boxes for box in wanted):
            begin = spans.pop().start if before == number - 1 and spans else word.start
            spans.append(Span(page.number, begin, word.end))
            before = number
    return spans


def word_at(page: Page, x: float, y: float) -> Word | None:
    """Return the word at a point of a page; where boxes overlap, the one whose middle is nearest."""
    found = [
        (abs((box.x0 + box.x1) / 2 - x) + abs((box.top + box.bottom) / 2 - y), number)
        for number, word in enumerate(page.words)
        for box in word.boxes
        if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
    ]
    return page.words[min(found)[1]] if found else None


def blocks_at(text: ExtractedText, span: Span) -> list[int]:
    """Return the indices of the blocks that characters lie in, in order."""
    return [
        number
        for number, block in enumerate(text.blocks)
        if block.page == span.page and block.start < span.end and block.end > span.start
    ]


def sentences_at(text: ExtractedText, span: Span) -> list[int]:
    """Return the indices of the sentences that characters lie in, in order."""
    return [
        number
        for number, sentence in enumerate(text.sentences)
        if any(
            one.page == span.page and one.start < span.end and one.end > span.start for one in sentence.spans
        )
    ]


def section_of(text: ExtractedText, block: int) -> Section | None:
    """Return the innermost section that a block, by its index, is in."""
    around = [section for section in text.sections if section.first <= block < section.last]
    return min(around, key=lambda section: section.last - section.first) if around else None


def _is_beside(last: Box, box: Box) -> bool:
    """Whether a word's box stands on a line with the one before it, on whichever side."""
    height = min(last.bottom - last.top, box.bottom - box.top)
    shared = min(last.bottom, box.bottom) - max(last.top, box.top)
    apart = max(box.x0 - last.x1, last.x0 - box.x1)
    return shared >= _LEVEL * height and apart <= _NEAR * height


def _is_stacked(last: Box, box: Box) -> bool:
    """Whether two boxes stand above each other, the blank between them narrow, as words of a line that runs up or down."""
    width = min(last.x1 - last.x0, box.x1 - box.x0)
    shared = min(last.x1, box.x1) - max(last.x0, box.x0)
    apart = max(box.top - last.bottom, last.top - box.bottom)
    return shared >= _LEVEL * width and apart <= _NEAR_UPRIGHT * width


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom)
    )


def _holds(box: Box, part: Box) -> bool:
    x, y = (part.x0 + part.x1) / 2, (part.top + part.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
