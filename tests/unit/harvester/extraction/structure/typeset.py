"""Pages typeset by hand: rows of text with size and face, from the top down, one column."""

from dataclasses import dataclass

from corpus.vocabulary.documents import Box, ExtractedText
from harvester.extraction.layout import lay_out
from harvester.extraction.lines import Line, PageLines, Token
from harvester.extraction.structure import with_structure
from harvester.extraction.titles import find_title

TEXT = "Young people who leave care in England often move more than once within their first year there"


@dataclass(frozen=True)
class Row:
    text: str
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    x0: float = 50.0
    above: float = 0.0


def text(count=4, **look):
    """Rows of running text, the last one short and with a full stop."""
    rows = [Row(TEXT, **look) for _ in range(count - 1)]
    return [*rows, Row("and say so when they are asked.", **look)]


def heading(words, size=14.0, *, bold=True, **look):
    return Row(words, size=size, bold=bold, above=12.0, **look)


def page(*rows, number=None):
    lines, top = [], 60.0
    for row in _flat(rows):
        top += row.above
        words, at = [], row.x0
        for word in row.text.split():
            right = at + 0.5 * row.size * len(word)
            words.append(Token(word, Box(at, top, right, top + row.size)))
            at = right + 0.3 * row.size
        box = Box(row.x0, top, words[-1].box.x1, top + row.size)
        lines.append(Line(tuple(words), box, row.size, bold=row.bold, italic=row.italic))
        top += 1.2 * row.size
        if row.text.endswith("asked."):
            top += 8.0
    if number is not None:
        box = Box(300, 810, 306, 820)
        lines.append(Line((Token(str(number), box),), box, 10.0))
    return PageLines(595.0, 842.0, tuple(lines))


def read(*pages, outline=(), declared=None, author=None):
    """Lay out pages and tell their structure."""
    composed = lay_out(pages)
    made = tuple(one.page for one in composed)
    title, title_from = find_title(declared, made)
    blocks = tuple(block for one in composed for block in one.blocks)
    text = ExtractedText(title, title_from, made, "greysift", "0", blocks)
    return with_structure(text, composed, outline=outline, author=author)


def of_kind(text, kind):
    return [" ".join(text.text_of(block).split()) for block in text.blocks if block.kind is kind]


def _flat(rows):
    for row in rows:
        if isinstance(row, list):
            yield from row
        else:
            yield row
