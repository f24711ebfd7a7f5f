"""From words on paper to a page of text in which every word knows where it stands."""

import unicodedata
from collections.abc import Iterable, Sequence

from corpus.vocabulary.documents import Box, Page, Word
from harvester.extraction.lines import PageLines, Token

REPLACEMENT = "\ufffd"
_DROPPED = {"Cc", "Cs", "Cn"}  # controls, halves of surrogate pairs, code points that are no characters


def clean(text: str) -> str:
    """Text in normal form C, without characters that no store or page can hold. White space stays."""
    kept = (ch for ch in text if ch.isspace() or unicodedata.category(ch) not in _DROPPED)
    return unicodedata.normalize("NFC", "".join(kept))


def build_page(raw: PageLines, *, number: int) -> Page:
    """Join lines with line feeds and words with blanks; the only white space in the result.

    Every word of the page satisfies ``page.text[word.start : word.end] == word.text``; words come in
    order and do not overlap. Ligatures and soft hyphens stay as the document has them.
    """
    lines: list[str] = []
    words: list[Word] = []
    offset = 0
    for raw_line in raw.lines:
        line: list[str] = []
        for text, box in _parts(raw_line.words):
            words.append(Word(text=text, start=offset, end=offset + len(text), box=box))
            offset += len(text) + 1
            line.append(text)
        if line:
            lines.append(" ".join(line))
    return Page(number=number, width=raw.width, height=raw.height, text="\n".join(lines), words=tuple(words))


def _parts(line: Iterable[Token]) -> Iterable[tuple[str, Box]]:
    for token in line:
        for part in clean(token.text).split():
            yield part, token.box


def readable_characters(pages: Sequence[Page]) -> int:
    """How many characters a person could read: no blanks, nothing undecodable, no private glyph codes."""
    return sum(
        1 for page in pages for ch in page.text if not ch.isspace() and ch.isprintable() and ch != REPLACEMENT
    )
