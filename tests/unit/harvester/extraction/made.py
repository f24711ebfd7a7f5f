"""Small documents made by hand for tests."""

from corpus.vocabulary.documents import Block, BlockKind, Box, ExtractedText, Page, Word


def page_of(lines, *, number=1, label=None):
    """Make a page whose lines stand 20 points apart, each character 6 points wide."""
    text, words, start = "\n".join(lines), [], 0
    for row, line in enumerate(lines):
        at = 0
        for word in line.split(" "):
            box = Box(10.0 + 6 * at, 20.0 * row, 10.0 + 6 * (at + len(word)), 20.0 * row + 12)
            words.append(Word(word, start + at, start + at + len(word), box))
            at += len(word) + 1
        start += len(line) + 1
    return Page(number, 300.0, 400.0, text, tuple(words), label=label)


def document(*pages, title=None, kinds=(), **more):
    """Make a document; ``kinds`` are (kind, page, what the block holds, further fields)."""
    blocks = []
    for kind, page, content, *fields in kinds:
        start = pages[page - 1].text.index(content)
        blocks.append(Block(BlockKind(kind), page, start, start + len(content), **dict(*fields)))
    return ExtractedText(title, "metadata" if title else None, pages, "greysift", "0", tuple(blocks), **more)
