"""Whether a hyphen at a line's end broke a word or belongs to it, told from how the document writes words elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from harvester.extraction.compounds import is_compound, is_within_chain
from harvester.extraction.lines import Line

HYPHENS = "-\N{HYPHEN}\N{SOFT HYPHEN}\N{NON-BREAKING HYPHEN}"
_CHAIN = r"[^\W_]+(?:[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}][^\W_]+)*"
_WORD = re.compile(_CHAIN)
_PARTING = re.compile(r"[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}]")
_LAST_PART = re.compile(r"[^\W_]+$")
# What follows a hyphen that hangs: "short- and long-term".
_HANGING = frozenset({"and", "or", "to", "und", "oder"})
# Forms of one word, so that "care-leavers" tells of "care-leaver".
_ENDINGS = ("", "s", "es", "ed", "ing", "ly", "er", "ers")
_LEAST_STEM = 4


class Hyphens:
    """How often a document writes which words within a line."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = tuple(lines)

    # Counted when the first broken word is met: many documents break none.
    @cached_property
    def _seen(self) -> Counter[str]:
        return Counter(_WORD.findall(_PARTING.sub("-", " ".join(_unbroken(self._lines)).casefold())))

    @cached_property
    def _parts(self) -> set[str]:
        return {part for word in self._seen for part in word.split("-")}

    def join(self, first: str, second: str) -> str | None:
        """Return what stands between the halves of a word: nothing or a hyphen; ``None`` where they are no one word.

        ``first`` ends with a hyphen and a line, ``second`` begins the next line. The document's own use decides, of
        the word itself and then of its other forms. Where it shows neither spelling, a hyphen stays before a capital
        or a digit, behind an acronym, within a chain of words, and between parts of a compound.
        """
        is_page_number = first[:1] in HYPHENS and first[1:-1].isdigit()  # "-2-"
        if first[-1:] not in HYPHENS or is_page_number:
            return None
        before, after = _LAST_PART.search(first[:-1]), _WORD.match(second)
        if not before or not after or after[0].casefold() in _HANGING:
            return None
        if first[-1] == "\N{SOFT HYPHEN}":
            return ""
        head, tail = (_PARTING.sub("-", part.casefold()) for part in (_last_chain(first[:-1]), after[0]))
        left, right = before[0].casefold(), tail.partition("-")[0]
        for one, other in ((head, tail), (left, right)):
            if (shown := self._shown(one, other)) is not None:
                return shown
        is_acronym = len(left) > 1 and before[0].isupper()
        if left.isdigit() or is_acronym or not after[0][0].islower():
            return "-"
        is_within = is_within_chain(left, right, goes_before=head != left, goes_behind=tail != right)
        return "-" if is_within or is_compound(left, right, is_word=self._parts.__contains__) else ""

    def _shown(self, left: str, right: str) -> str | None:
        """Return what the document has between two parts elsewhere, in this form or else in others; ``None``: nothing."""
        for forms in ({right}, _forms(right)):
            whole, compound = (
                sum(self._seen[f"{left}{between}{form}"] for form in forms) for between in ("", "-")
            )
            if whole or compound:
                return "" if whole >= compound else "-"
        return None


def _forms(word: str) -> set[str]:
    stems = {word.removesuffix(ending) for ending in _ENDINGS}
    return {stem + ending for stem in stems if len(stem) >= _LEAST_STEM for ending in _ENDINGS}


def _last_chain(text: str) -> str:
    """Return the last word of a text, with what hyphens join to it: all of "face-to"."""
    *_, last = _WORD.finditer(text)
    return last[0]


def _unbroken(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the words of lines without the halves of those that a line's end breaks."""
    is_broken = False
    for line in lines:
        words = [word.text for word in line.words[is_broken:]]
        is_broken = line.words[-1].text[-1:] in HYPHENS
        yield from words[: len(words) - is_broken]
