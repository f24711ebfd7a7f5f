"""Places that have a quotation's words, a few of them with other letters: one reading misread what another did not.

The document is the same, so no word comes or goes: a place with a word more, a word less, or another figure says
something else, and is none.
"""

import re
from collections import Counter, defaultdict

from corpus.vocabulary.documents import ExtractedText
from corpus.vocabulary.letters import Letters, Occurrence, in_common

_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
FEWEST = 5  # words; a shorter quotation has nothing to know it by when one is misread
MOST_MISREAD = 0.2  # of the words
SHORTEST = 4  # letters of a word that can be told to be misread
# Shapes that are taken for each other, beside any one letter for another.
_ALIKE = [{"rn", "m"}, {"cl", "d"}, {"vv", "w"}, {"ri", "n"}, {"li", "h"}]


def near_occurrences(text: ExtractedText, quote: str) -> list[Occurrence]:
    """Return the places as ``occurrences`` does."""
    wanted = _WORD.findall(quote)
    if len(wanted) < FEWEST:
        return []
    found = []
    for page in text.pages:
        words = list(_WORD.finditer(page.text))
        for begin in _begins(wanted, [word[0] for word in words]):
            here = words[begin : begin + len(wanted)]
            if _are_alike(wanted, [word[0] for word in here]):
                letters = Letters(page.text)
                first = len(Letters(page.text[: here[0].start()]).bare)
                length = len(Letters(page.text[here[0].start() : here[-1].end()]).bare)
                found.append(Occurrence(page.number, letters, first, first + length))
    return found


def _begins(wanted: list[str], words: list[str]) -> list[int]:
    """Return where on a page enough of the words stand in their order, each where it would be."""
    positions: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        positions[word].append(at)
    votes = Counter(at - number for number, word in enumerate(wanted) for at in positions.get(word, ()))
    enough = (1 - MOST_MISREAD) * len(wanted)
    last = len(words) - len(wanted)
    return sorted(begin for begin, count in votes.items() if count >= enough and 0 <= begin <= last)


def _are_alike(wanted: list[str], words: list[str]) -> bool:
    return all(one == other or _is_misread(one, other) for one, other in zip(wanted, words, strict=True))


def _is_misread(one: str, other: str) -> bool:
    """Whether two words may be one that was misread in one letter: another, or one more or less.

    Figures never are: where both words have some, they must be the same. Nor is what is too short to tell.
    """
    figures = [_DIGITS.findall(word) for word in (one, other)]
    if (all(figures) and figures[0] != figures[1]) or min(len(one), len(other)) < SHORTEST:
        return False
    begin = in_common(one, other)
    one, other = one[begin:], other[begin:]
    end = in_common(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) <= 1 or {one, other} in _ALIKE
