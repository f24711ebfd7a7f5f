"""Numbers and signs that headings and list items begin with."""

import re
from dataclasses import dataclass

# What symbol fonts and word processors set before items, and nothing else.
BULLETS = frozenset("•■▪●◦‣⁃∙·○□◼◻◆◇❖♦➢➤➔►▶▸✓✔✗❑❒★☐☑→»")
# These also begin paragraphs of other kinds: they count in company only.
DASHES = frozenset("-–—*o")
_SYMBOL_FONTS = ("\uf000", "\uf0ff")  # where symbol fonts keep their signs
_HEADING = re.compile(
    r"^(?:(?:chapter|section|part)\s+)?(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?P<end>[.):]?)\s+(?=\S)",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"^(?P<number>[A-Z](?:\.\d{1,2}){0,3})[.)]\s+(?=\S)")
_ROMAN = re.compile(r"^(?P<number>[IVX]{1,5})\.\s+(?=\S)")
# Divisions of a work by their names, with a dash or a colon behind the number: "Part A:", "TITLE II—".
_DIVISION = re.compile(
    r"^(?:part|title|volume|book|chapter)\s+(?:\d{1,2}|[IVXLC]{1,6}|[A-Z])\s*[:–—]\s*(?=\S)", re.IGNORECASE
)
_SECTION = re.compile(
    r"^[\"'‘“]{0,2}(?:section|sec\.|article|§)\s*\d{1,4}[A-Z]?[.:]?\s+(?=\S)", re.IGNORECASE
)
_ITEM = re.compile(r"^[(\[]?(?:(?P<digits>\d{1,3})|(?P<roman>[ivx]{1,5})|(?P<letter>[A-Za-z]))[.)\]]{1,2}$")
_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Marker:
    """A list item's marker: as printed, its form (``(#)``, ``a.``, ``•``), its numbers by each way to read it."""

    text: str
    form: str
    values: tuple[int, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether it says by itself that an item begins."""
        return not self.values and self.text not in DASHES

    def follows(self, other: "Marker") -> bool:
        """Whether it is the next after another of its form."""
        return any(value - 1 in other.values for value in self.values)


def heading_depth(text: str) -> int | None:
    """Return how deep a heading's number says that it stands: 1 for ``2``, 2 for ``2.1``; ``None`` without one."""
    found = _HEADING.match(text)
    if found:
        return found["number"].count(".") + 1
    found = _LETTERED.match(text)
    if found:
        return found["number"].count(".") + 1
    return 1 if _ROMAN.match(text) or _DIVISION.match(text) else None


def without_number(text: str) -> str:
    """Return a heading's words without the number before them."""
    for pattern in (_HEADING, _ROMAN, _LETTERED, _DIVISION, _SECTION):
        found = pattern.match(text)
        if found:
            return text[found.end() :]
    return text


def marker_of(first_word: str) -> Marker | None:
    """Return the marker that a word is, or, for a bullet without a blank after it, begins with."""
    sign = first_word[0]
    if sign in BULLETS or _SYMBOL_FONTS[0] <= sign <= _SYMBOL_FONTS[1]:
        return Marker(sign, sign)
    if len(first_word) == 1:
        return Marker(sign, sign) if sign in DASHES else None
    if len(first_word) > 7 or first_word[-1] not in ".)]":
        return None
    found = _ITEM.match(first_word)
    if found is None:
        return None
    before, after = (
        first_word[: found.start(found.lastgroup or 0)],
        first_word[found.end(found.lastgroup or 0) :],
    )
    if found["digits"]:
        return Marker(first_word, f"{before}#{after}", (int(found["digits"]),))
    letters = found["roman"] or found["letter"]
    values = []
    if letters[0] in _VALUES:
        values.append(_roman(letters))
    if len(letters) == 1:
        values.append(ord(letters.lower()) - ord("a") + 1)
    return Marker(first_word, f"{before}{'A' if letters.isupper() else 'a'}{after}", tuple(values))


def _roman(letters: str) -> int:
    values = [_VALUES[ch] for ch in letters]
    return sum(
        -value if value < max(values[place + 1 :], default=0) else value for place, value in enumerate(values)
    )
