"""Whether a hyphen at a line's end broke a word or belongs to it, told from how the document writes words elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable

from harvester.extraction.lines import Line

HYPHENS = "-\N{HYPHEN}\N{SOFT HYPHEN}\N{NON-BREAKING HYPHEN}"
_WORD = re.compile(r"[^\W_]+(?:[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}][^\W_]+)*")
_LAST_PART = re.compile(r"[^\W_]+$")
_FIRST_PART = re.compile(r"[^\W_]+")
# What follows a hyphen that hangs: "short- and long-term".
_HANGING = frozenset({"and", "or", "to", "und", "oder"})
# Parts of compounds that are written with a hyphen, but for what ends "selfless" and "wellness": in joined words no
# syllable that is broken off is like them.
_FIRST_OF_COMPOUNDS = frozenset({"self", "well"})
_ENDINGS = ("ish", "less", "ness", "same")
_LAST_OF_COMPOUNDS = frozenset(
    {"based", "term", "making", "focused", "oriented", "driven", "specific", "quality"}
)
_WHOLE_WORD = 4  # letters from which two halves that are both words are more likely two words than one


class Hyphens:
    """How often a document writes which words within a line."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._seen: Counter[str] = Counter(_WORD.findall(" ".join(map(_without_broken, lines)).casefold()))

    def join(self, first: str, second: str) -> str | None:
        """Return what stands between the halves of a word: nothing or a hyphen; ``None`` where they are no one word.

        ``first`` ends with a hyphen and a line, ``second`` begins the next line. The document's own use decides. Where
        it shows neither spelling, a hyphen before a capital or a digit stays, and two halves that it uses as words of
        their own make a compound, as do parts that compounds are often made with.
        """
        is_page_number = first[:1] in HYPHENS and first[1:-1].isdigit()  # "-2-"
        if first[-1:] not in HYPHENS or is_page_number:
            return None
        before, after = _LAST_PART.search(first[:-1]), _FIRST_PART.match(second)
        if not before or not after or after[0].casefold() in _HANGING:
            return None
        if first[-1] == "\N{SOFT HYPHEN}":
            return ""
        left, right = before[0].casefold(), after[0].casefold()
        whole, compound = self._seen[left + right], self._seen[f"{left}-{right}"]
        if whole or compound:
            return "" if whole >= compound else "-"
        if not after[0][0].islower():
            return "-"
        are_words = min(len(left), len(right)) >= _WHOLE_WORD and (
            bool(self._seen[left] and self._seen[right]) or _is_compound(left, right)
        )
        return "-" if are_words or left.isdigit() else ""


def _is_compound(left: str, right: str) -> bool:
    begins = left in _FIRST_OF_COMPOUNDS and not right.startswith(_ENDINGS)
    return begins or right in _LAST_OF_COMPOUNDS


def _without_broken(line: Line) -> str:
    """Return a line's text without a word that its end breaks."""
    words = line.words[:-1] if line.words[-1].text[-1:] in HYPHENS else line.words
    return " ".join([word.text for word in words])
