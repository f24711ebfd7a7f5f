"""Glyph soup: text whose letters are codes that stand for others. Told by statistics that hold in any language.

A font may say for its codes which letters they are, wrongly or not at all; then readers guess. What they guess wrongly
is no writing: its words mix scripts, which no language does but for a few signs; its letters are marks and unassigned
codes; capitals follow small letters within words; or, in the Latin script, vowels are few, where languages have 35 to 50
of them in 100 letters. A table of codes or figures may look a little like that: a little counts only where the font does
not say what its codes are.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np

from harvester.extraction.words import REPLACEMENT


class Oddness(IntEnum):
    """How little a text is like writing."""

    NONE = 0
    SOME = 1
    PLAIN = 2


_CAPITAL_WITHIN = re.compile(r"[a-z\u00df-\u00f6\u00f8-\u00ff][A-Z\u00c0-\u00d6\u00d8-\u00de]")
_REPEATED = re.compile(r"([^\w\s\ufffd])(?:\s*\1)+")  # leaders, rules, rows of stars
_VOWELS = frozenset("aeiouy\u0131\u00e6\u0153\u00f8\u0259")
# Scripts that languages mix with others within a word, and signs that count as letters.
_NEUTRAL = frozenset(
    {"MICRO", "MASCULINE", "FEMININE", "MODIFIER", "MATHEMATICAL", "FULLWIDTH", "HALFWIDTH", "OHM"}
)
_CHINESE = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "BOPOMOFO", "HANGUL"}
)
_OUT_OF_USE = frozenset({"Co", "Cn", "Cc", "Cs"})

# Shares from which a text is odd a little, and plainly; below the least numbers nothing is told.
_UNREADABLE = (0.1, 0.3)  # of characters: private, unassigned, control codes
_MARKS = (0.45, 0.7)  # of characters: neither letters nor figures, repeated ones once
_MIXED = (0.2, 0.4)  # of words
_CAPITALS = (0.2, None)  # for a word; names glued together do it too, so never plainly
_FEW_VOWELS = (0.27, 0.12)  # of Latin letters
_MANY_VOWELS = (0.65, 0.85)
_LEAST_CHARACTERS = (4, 50)
_LEAST_WORDS = (1, 10)
_LEAST_LETTERS = (10, 150)
_LAST_OF_FIRST_PLANE = 0xFFFF


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the statistics are made of; repeated signs once."""

    characters: int
    unreadable: int
    marks: int
    letters: int
    latin: int
    vowels: int
    words: int
    capitals: int
    mixed: int


def oddness(text: str) -> Oddness:
    """Say how little a page's text is like writing."""
    counts = _count(text)
    return next(
        (level for level in (Oddness.PLAIN, Oddness.SOME) if _is_odd(counts, level - 1)), Oddness.NONE
    )


def _count(text: str) -> _Counts:
    numbers = [0] * len(_Class)
    for ch, number in _counted(_REPEATED.sub(r"\1", text)).items():
        for of in _classes(ch):
            numbers[of] += number
    words = text.split()
    return _Counts(
        characters=numbers[_Class.CHARACTER],
        unreadable=numbers[_Class.UNREADABLE],
        marks=numbers[_Class.CHARACTER] - numbers[_Class.NAMED] - numbers[_Class.UNREADABLE],
        letters=numbers[_Class.LETTER],
        latin=numbers[_Class.LATIN],
        vowels=numbers[_Class.VOWEL],
        words=len(words),
        capitals=len(_CAPITAL_WITHIN.findall(text)),
        mixed=0 if text.isascii() else sum(not word.isascii() and _is_mixed(word) for word in words),
    )


class _Class(IntEnum):
    """What a character counts as."""

    CHARACTER = 0
    UNREADABLE = 1
    NAMED = 2
    LETTER = 3
    LATIN = 4
    VOWEL = 5


@lru_cache(maxsize=4096)
def _classes(character: str) -> tuple[_Class, ...]:
    """Return all that a character counts as; blanks are nothing."""
    if character.isspace():
        return ()
    is_latin = character.isalpha() and _script(character) == "LATIN"
    counts_as = {
        _Class.CHARACTER: True,
        _Class.UNREADABLE: _is_unreadable(character),
        _Class.NAMED: character.isalnum() or _is_combining(character),
        _Class.LETTER: character.isalpha(),
        _Class.LATIN: is_latin,
        _Class.VOWEL: is_latin and _base(character) in _VOWELS,
    }
    return tuple(of for of, does_count in counts_as.items() if does_count)


def _counted(text: str) -> Mapping[str, int]:
    """Count a text's characters: all at once, where none of the many signs beyond the first plane is among them."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if not codes.size or codes.max() > _LAST_OF_FIRST_PLANE:
        return Counter(text)
    counts = np.bincount(codes)
    met = np.flatnonzero(counts)
    return dict(zip(map(chr, met.tolist()), counts[met].tolist(), strict=True))


def _is_odd(counts: _Counts, level: int) -> bool:
    if counts.characters < _LEAST_CHARACTERS[level]:
        return False
    return (
        counts.unreadable >= _UNREADABLE[level] * counts.characters
        or counts.marks >= _MARKS[level] * counts.characters
        or _has_odd_vowels(counts, level)
        or (counts.words >= _LEAST_WORDS[level] and _has_odd_words(counts, level))
    )


def _has_odd_vowels(counts: _Counts, level: int) -> bool:
    if counts.latin < _LEAST_LETTERS[level] or counts.latin < 0.9 * counts.letters:
        return False
    return not _FEW_VOWELS[level] * counts.latin < counts.vowels < _MANY_VOWELS[level] * counts.latin


def _has_odd_words(counts: _Counts, level: int) -> bool:
    most = _CAPITALS[level]
    glued = most is not None and counts.capitals >= most * counts.words
    return glued or counts.mixed >= _MIXED[level] * counts.words


def _is_mixed(word: str) -> bool:
    return len({script for ch in word if ch.isalpha() and (script := _script(ch)) is not None}) > 1


@lru_cache(maxsize=4096)
def _script(character: str) -> str | None:
    name = unicodedata.name(character, "").partition(" ")[0]
    if not name or name in _NEUTRAL:
        return None
    return "CJK" if name in _CHINESE else name


@lru_cache(maxsize=4096)
def _base(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0].lower()


@lru_cache(maxsize=4096)
def _is_unreadable(character: str) -> bool:
    return character == REPLACEMENT or (
        not character.isspace() and unicodedata.category(character) in _OUT_OF_USE
    )


@lru_cache(maxsize=4096)
def _is_combining(character: str) -> bool:
    """Whether a mark belongs to a letter: vowel signs of Indian scripts, points of Hebrew and Arabic."""
    return unicodedata.category(character)[0] == "M"
