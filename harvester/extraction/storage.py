"""Extracted text as bytes: compact, versioned, the same for the same text."""

import json
from typing import Any

from corpus.vocabulary.documents import Box, ExtractedText, Page, Word

FORMAT = 1


def to_json(text: ExtractedText) -> bytes:
    """Write a text as UTF-8 JSON; equal texts give equal bytes.

    A word is stored as its two offsets and four coordinates; its letters are those of the page's text.

    Raises
    ------
    ValueError
        When a word is not what the page's text has at its place, a coordinate is not finite, or the text
        holds half a surrogate pair.
    """
    pages = [
        [
            page.number,
            _float(page.width),
            _float(page.height),
            page.text,
            [_word(word, page) for word in page.words],
        ]
        for page in text.pages
    ]
    content = {
        "format": FORMAT,
        "extractor": text.extractor,
        "extractor_version": text.extractor_version,
        "title": text.title,
        "title_from": text.title_from,
        "pages": pages,
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def from_json(data: bytes) -> ExtractedText:
    """Read what ``to_json`` wrote.

    Raises
    ------
    ValueError
        When the bytes are not such a text, or of a format that this program does not read.
    """
    try:
        content = json.loads(data)
        form = content["format"]
        if form != FORMAT:
            raise ValueError(f"This text is stored in format {form!r}; this program reads format {FORMAT}.")
        return ExtractedText(
            title=content["title"],
            title_from=content["title_from"],
            pages=tuple(_page(*page) for page in content["pages"]),
            extractor=content["extractor"],
            extractor_version=content["extractor_version"],
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("These bytes are not a stored text.") from error


def _word(word: Word, page: Page) -> list[float]:
    if page.text[word.start : word.end] != word.text:
        raise ValueError(
            f"Word {word.text!r} of page {page.number} is not what the text has at {word.start}."
        )
    box = word.box
    return [word.start, word.end, *map(_float, (box.x0, box.top, box.x1, box.bottom))]


def _float(number: float) -> float:
    return float(number) + 0.0  # 612 and 612.0, 0.0 and -0.0 are equal and must give equal bytes


def _page(number: int, width: float, height: float, text: str, words: list[Any]) -> Page:
    placed = tuple(
        Word(text=text[start:end], start=start, end=end, box=Box(*corners)) for start, end, *corners in words
    )
    return Page(number=number, width=width, height=height, text=text, words=placed)
