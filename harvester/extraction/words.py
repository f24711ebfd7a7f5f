"""Characters: which are kept, which are mended, which a person could read."""

import re
import unicodedata
from collections.abc import Iterable

from corpus.vocabulary.letters import LIGATURE, LIGATURES

REPLACEMENT = "\ufffd"
_ODD = re.compile(r"[^!-~]")
_DROPPED = {"Cc", "Cs", "Cn"}  # controls, halves of surrogate pairs, code points that are no characters


def clean(text: str) -> str:
    """Text in normal form C, without characters that no store or page can hold. White space stays."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # nearly all words: printable characters are none of those dropped
    kept = (ch for ch in text if ch.isspace() or unicodedata.category(ch) not in _DROPPED)
    return unicodedata.normalize("NFC", "".join(kept))


def has_ligatures(text: str) -> bool:
    """Whether a text has Latin ligatures."""
    return LIGATURE.search(text) is not None


def without_ligatures(text: str) -> str:
    """Text with its Latin ligatures taken apart."""
    return text if text.isascii() else text.translate(LIGATURES)


def readable_characters(words: Iterable[str]) -> int:
    """How many characters a person could read: no blanks, nothing undecodable, no private glyph codes."""
    text = "".join(words)
    # Nearly all characters are plain ones; only the others are looked at one by one.
    odd: list[str] = _ODD.findall(text)
    return len(text) - sum(ch.isspace() or not ch.isprintable() or ch == REPLACEMENT for ch in odd)
