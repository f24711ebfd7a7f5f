"""Running lines that were left in the text, and lines of the text that were taken for running ones."""

from collections.abc import Iterable, Iterator

from corpus.vocabulary.documents import ASIDE, Block, BlockKind, Box, ExtractedText, Word
from greysift.bench.structure.matching import around
from greysift.bench.structure.truth import FURNITURE, NO_TEXT, Annotated

MARGINS = frozenset({BlockKind.HEADER, BlockKind.FOOTER, BlockKind.PAGE_NUMBER})
_NEAR = 2.0
"""Points by which a word may stand outside a mark: boxes hug the letters."""


def count_running(
    text: ExtractedText, annotated: Annotated, *, page: int
) -> tuple[list[Box], list[Box], int]:
    """Compare one page.

    Returns
    -------
    left, lost, lines
        The words of marked running lines that stand in the text, line by line; the lines of the text that were set
        apart as running; how many lines of text the page has. What is printed twice in one place is one line.
    """
    running = [item.box for item in annotated.of(*FURNITURE, page=page)]
    either = [item.box for item in annotated.of(*NO_TEXT, page=page)]
    left: set[Box] = set()
    lost: set[Box] = set()
    lines: set[Box] = set()
    for block in text.blocks:
        if block.page != page:
            continue
        for line in _lines(text, block):
            is_running = _most(line, running)
            if block.kind not in ASIDE:
                remaining = [word for word in line if _is_in(word, running)]
                left |= {_place(remaining)} if remaining else set()
            if is_running or _most(line, either):
                continue
            lines.add(_place(line))
            if block.kind in MARGINS:
                lost.add(_place(line))
    return list(left), list(lost), len(lines)


def _place(words: Iterable[Word]) -> Box:
    box = around(word.box for word in words)
    return Box(*(round(edge) for edge in (box.x0, box.top, box.x1, box.bottom)))


def _lines(text: ExtractedText, block: Block) -> Iterator[list[Word]]:
    """Words of a block that stand beside each other."""
    line: list[Word] = []
    for word in text.words_of(block):
        if line and not _beside(line[-1].box, word.box):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _beside(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > min(one.bottom - one.top, other.bottom - other.top) / 2


def _most(line: list[Word], boxes: list[Box]) -> bool:
    return 2 * sum(_is_in(word, boxes) for word in line) > len(line)


def _is_in(word: Word, boxes: Iterable[Box]) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return any(
        box.x0 - _NEAR <= x <= box.x1 + _NEAR and box.top - _NEAR <= y <= box.bottom + _NEAR for box in boxes
    )
