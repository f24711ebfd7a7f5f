"""Accents that a document draws as characters of their own, put back on the letters that they stand over.

Older typesetting has no letter ``ń``: it draws ``n`` and an acute over it, often after the rest of the line.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pypdfium2

from harvester.extraction.geometry import Floats, PageFrame, place
from harvester.extraction.glyphs import Glyphs, boxes_of
from harvester.extraction.placing import place_words

_COMBINING = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304", "˙": "\u0307",
    "˚": "\u030a", "ˇ": "\u030c", "˘": "\u0306", "˝": "\u030b",
}  # fmt: skip
_ACCENT = re.compile(f"[{''.join(_COMBINING)}]")
_DOTLESS = {"ı": "i", "ȷ": "j"}
_MOST_ACCENTS = 500  # on a page; more are a drawing
_LEVEL = 0.5  # of the accent's height that its letter shares


def join_accents(
    glyphs: Glyphs, boxes: Floats, *, text_page: pypdfium2.PdfTextPage, frame: PageFrame
) -> tuple[Glyphs, Floats]:
    """Return the words with detached accents on their letters; words that were accents only are gone."""
    found = [match.start() for match in _ACCENT.finditer(glyphs.text)]
    if not found or len(found) > _MOST_ACCENTS or not len(glyphs.starts):
        return glyphs, boxes
    places = place(boxes_of(text_page, found), frame)
    spans = glyphs.spans
    word_of = {position: word for word, span in enumerate(spans) for position in range(*span)}
    letters: dict[int, dict[int, str]] = defaultdict(dict)
    moved: set[int] = set()
    for position, spot in zip(found, places, strict=True):
        letter = _letter_under(position, spot, glyphs, boxes, text_page=text_page, frame=frame)
        if letter is not None and position in word_of:
            letters[word_of[letter]][letter] = glyphs.text[position]
            moved.add(position)
    mended = {
        spans[word][0]: _mended(glyphs, word, letters.get(word, {}), moved)
        for word in {*letters, *(word_of[position] for position in moved)}
    }
    first, last = glyphs.first.copy(), glyphs.last.copy()
    for word in {word_of[position] for position in moved}:
        letters_left = [position for position in range(*spans[word]) if position not in moved]
        if letters_left:  # the word is where its letters are
            first[word], last[word] = boxes_of(text_page, [letters_left[0], letters_left[-1]])
    kept = [word for word, (start, _) in enumerate(spans) if start not in mended or mended[start][0]]
    joined = replace(
        glyphs,
        starts=glyphs.starts[kept],
        ends=glyphs.ends[kept],
        first=first[kept],
        last=last[kept],
        lines=glyphs.lines[kept],
        mended=mended,
    )
    return joined, place_words(joined, frame)


def _letter_under(
    position: int,
    spot: Floats,
    glyphs: Glyphs,
    boxes: Floats,
    *,
    text_page: pypdfium2.PdfTextPage,
    frame: PageFrame,
) -> int | None:
    """Find the letter that stands on an accent's line and has the accent's middle over it."""
    middle = (spot[0] + spot[2]) / 2
    level = np.minimum(boxes[:, 3], spot[3]) - np.maximum(boxes[:, 1], spot[1])
    over = (boxes[:, 0] <= middle) & (middle <= boxes[:, 2]) & (level >= _LEVEL * (spot[3] - spot[1]))
    for word in np.flatnonzero(over)[np.argsort(-level[over])].tolist():
        characters = list(range(glyphs.starts[word], glyphs.ends[word]))
        for character, box in zip(characters, place(boxes_of(text_page, characters), frame), strict=True):
            if character != position and box[0] <= middle <= box[2] and glyphs.text[character].isalpha():
                return character
    return None


def _mended(glyphs: Glyphs, word: int, accents: dict[int, str], moved: set[int]) -> tuple[str, str]:
    """Return a word's text with its accents, and what the document has for it: each accent before its letter."""
    text: list[str] = []
    original: list[str] = []
    for position in range(glyphs.starts[word], glyphs.ends[word]):
        character = glyphs.text[position]
        if position in moved:
            continue
        accent = accents.get(position)
        if accent:
            text.append(_DOTLESS.get(character, character) + _COMBINING[accent])
            original.append(accent)
        else:
            text.append(character)
        original.append(character)
    return unicodedata.normalize("NFC", "".join(text)), "".join(original)
