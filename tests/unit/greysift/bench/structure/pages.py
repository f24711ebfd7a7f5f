"""Extracted documents and annotations made up for the occasion: lines of words at known places."""

from corpus.vocabulary.documents import (
    Block,
    BlockKind,
    Box,
    Cell,
    ExtractedText,
    Page,
    Section,
    Table,
    Word,
)
from greysift.bench.structure.truth import Annotated, Item


def box_at(top, *, left=50.0, width=100.0, height=12.0):
    """A box of a line's height."""
    return Box(left, top, left + width, top + height)


def extract(*pages):
    """A document of pages, each a list of lines: kind, box, and what else a block has (role of its section too)."""
    made, blocks, tables, sections = [], [], [], []
    for number, lines in enumerate(pages, start=1):
        words, text = [], ""
        for kind, box, more in lines:
            role = more.pop("role", None)
            start = len(text)
            for part in range(2):
                middle = (box.x0 + box.x1) / 2
                edges = (box.x0, middle) if part == 0 else (middle, box.x1)
                place = Box(edges[0], box.top, edges[1], box.bottom)
                words.append(Word("word", len(text), len(text) + 4, place))
                text += "word "
            if role is not None:
                sections.append(Section("word", more.get("level", 1), role, len(blocks), len(blocks) + 1))
            if kind is BlockKind.TABLE:
                cells = (Cell(0, 0, start, start + 4, box), Cell(0, 1, start + 5, start + 9, box))
                tables.append(Table(len(blocks), cells))
            blocks.append(Block(kind, number, start, len(text) - 1, box, **more))
        made.append(Page(number, 595.0, 842.0, text, tuple(words)))
    return ExtractedText(
        None,
        None,
        tuple(made),
        "test",
        "1",
        blocks=tuple(blocks),
        tables=tuple(tables),
        sections=tuple(sections),
    )


def annotate(*items, pages=(1,)):
    """An annotation of marks: page, kind, box, level, role."""
    return Annotated("0" * 64, tuple(pages), tuple(Item(*item) for item in items))
