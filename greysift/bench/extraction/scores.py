"""How near a text comes to the truth. What each measure is and where it is from: docs/reference/measures.md."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from greysift.bench.extraction.tools import PYPDF, PYPDFIUM2

JOINED_HYPHEN = "\ufffe"  # what PDFium writes for a hyphen at a line's end, line feed and all
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "ꜳ": "aa"}
_UNLIGATED = str.maketrans(_LIGATURES)
_HYPHENS = ("-", JOINED_HYPHEN)
_CLEANED_AS_PUBLISHED = frozenset({PYPDF, PYPDFIUM2})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Scores:
    """One text beside its truth, each from 0 to 1; ``anchors`` are the words that the order is told from."""

    published: float
    cleaned: float
    neutral: float
    word_f1: float
    order: float
    anchors: int


def score(tool: str, texts: Sequence[str], labels: Sequence[str], *, truth: str) -> Scores:
    """Score what a tool read, page by page, against the whole document's truth."""
    mended = clean_up(texts, labels)
    raw = "\n".join(texts)
    ours, right = neutral(raw), neutral(truth)
    order, anchors = reading_order(words(right), words(ours))
    cleaned = Indel.normalized_similarity(mended, truth)
    as_it_is = tool not in _CLEANED_AS_PUBLISHED
    return Scores(
        published=Indel.normalized_similarity(raw, truth) if as_it_is else cleaned,
        cleaned=cleaned,
        neutral=Indel.normalized_similarity(ours, right),
        word_f1=word_f1(words(right), words(ours)),
        order=order,
        anchors=anchors,
    )


def clean_up(texts: Sequence[str], labels: Sequence[str]) -> str:
    """Mend as the published benchmark does: ligatures, hyphens at line ends, the page's label at either end."""
    return "\n".join(
        _without_label(_joined(text.translate(_UNLIGATED)), label)
        for text, label in zip(texts, labels, strict=True)
    )


def _joined(text: str) -> str:
    lines = [line.rstrip() for line in text.replace(JOINED_HYPHEN, JOINED_HYPHEN + "\n").split("\n")]
    broken = [line.endswith(_HYPHENS) for line in lines[:-1]]
    for number, is_broken in enumerate(broken):
        if is_broken:
            head, blank, rest = lines[number + 1].partition(" ")
            lines[number] = lines[number][:-1] + head
            lines[number + 1] = blank + rest
    return "\n".join(lines)


def _without_label(text: str, label: str) -> str:
    if label and (start := text.lstrip()).startswith(label):
        text = start[len(label) :]
    if label and (end := text.rstrip()).endswith(label):
        text = end[: -len(label)]
    return text


def neutral(text: str) -> str:
    """Text in normal form KC, every run of white space one blank: how lines were broken is not scored."""
    return " ".join(unicodedata.normalize("NFKC", text).replace(JOINED_HYPHEN, "").split())


def words(text: str) -> list[str]:
    """Words in lower case, in their order."""
    return _WORD.findall(text.lower())


def word_f1(truth: Iterable[str], found: Iterable[str]) -> float:
    """Harmonic mean of precision and recall of the words, each as often as it occurs."""
    right, ours = Counter(truth), Counter(found)
    total = right.total() + ours.total()
    return 2 * (right & ours).total() / total if total else 1.0


def reading_order(truth: Sequence[str], found: Sequence[str]) -> tuple[float, int]:
    """Share of the words that occur once in both whose order need not be changed, and how many those words are.

    That is one less the Ulam distance over its greatest value: the longest run of them, in the truth's order, that the
    found text has in the same order.
    """
    right = {word: place for place, word in enumerate(truth)}
    once = _once(truth) & _once(found)
    places = [right[word] for word in found if word in once]
    return (_longest_rise(places) / len(places) if places else 1.0), len(places)


def _once(found: Sequence[str]) -> set[str]:
    return {word for word, times in Counter(found).items() if times == 1}


def _longest_rise(places: Sequence[int]) -> int:
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
