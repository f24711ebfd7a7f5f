"""Where sentences end: a rule of typography and of English abbreviations, in time linear in the text.

A full stop ends a sentence when white space and something that can begin one follow. What it may be instead (part of an
abbreviation, of an initial, of a number that counts) is told from the word that it stands at and the word that follows.
"""

import re
from collections.abc import Iterator

from corpus.vocabulary.abbreviations import is_abbreviated

_OPENING = r"[\"'“‘„«(\[{]"
_CLOSING = r"[\"'”’»)\]}]"
_BULLETS = "•■◼▪●◦‣⁃➢➤✓\uf0b7\uf0a7\uf0d8"
# What may be an end, with what closes behind it and the marks of notes; or dot leaders with the number of a page. Each
# repetition is bounded or gives nothing back, and the first set of characters stands alone: a search for it is fast.
_CANDIDATE = re.compile(
    rf"""
    (?P<stop>[.!?…](?<![.!?…]{{2}})[.!?…]*+)
    (?:
      (?:(?<=\.{{4}})|(?<=\.\ \.\ \.)|(?<=……))(?P<entry>\ {{0,9}}(?:\d{{1,4}}|[ivxlc]{{1,7}})(?=\s{{0,9}}(?:\n|\Z)))
      |
      (?P<close>{_CLOSING}{{0,4}})
      (?P<mark>(?:\d{{1,3}}(?:[,–-]\d{{1,3}}){{0,9}}|[*†‡§¹²³⁰⁴-⁹]{{1,4}}|\[\d{{1,3}}(?:[,–-]\ ?\d{{1,3}}){{0,9}}\]|\(\d{{1,3}}\))?)
      {_CLOSING}{{0,2}}(?P<space>\s{{1,99}})
      (?={_OPENING}{{0,3}}(?P<next>[^\W_]{{0,20}})(?P<dot>\.?))
    )
    """,
    re.VERBOSE,
)
_BULLET_LINE = re.compile(rf"\n(?=[{_BULLETS}])")
_NOT_FIRST = frozenset(",;:.)]}”»%&=+/<>|…!?")  # what no sentence begins with
_DASHES = "-–—"

_COUNTS_ON = re.compile(r"\(?(?:[a-z]|[ivxl]{1,6})[.)]\s")  # (a), iv.
_ENUMERATOR = re.compile(
    rf"[\s{_BULLETS}]{{0,4}}(?:(?:table|figure|fig\.?|box|chart|chapter|section|part|appendix|annex|recommendation|step|map|graph|sec\.?|article|clause|item|paragraph|"
    r"exhibit|question|note|case\ study)\s)?\(?(?:(?:[A-Za-z]\.?)?\d{1,4}(?:\.\d{1,3}){0,5}|([A-Za-z])\1?|[ivxlcIVXLC]{2,7})\.?\)?",
    re.IGNORECASE,
)
_LONGEST_ENUMERATOR = 40
_LONGEST_WORD = 30
_LONGEST_STOP = 4


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return first and last but one character of each sentence, in order, without white space at its ends.

    Between them is nothing but white space: a text that ends nowhere is one sentence.
    """
    spans = []
    start = 0
    for end in _ends(text):
        piece = text[start:end]
        if kept := piece.strip():
            begin = start + piece.index(kept[0])
            spans.append((begin, begin + len(kept)))
        start = end
    return spans


def _ends(text: str) -> Iterator[int]:
    start = 0
    for line in [*(found.end() for found in _BULLET_LINE.finditer(text)), len(text)]:
        for found in _CANDIDATE.finditer(text, start, line):
            if found["entry"] or _is_end(text, found, start):
                start = found.end()
                yield start
        start = line
        yield line


def _is_end(text: str, found: re.Match[str], start: int) -> bool:
    stop, close, mark, space, after = (
        found["stop"],
        found["close"],
        found["mark"],
        found["space"],
        found["next"],
    )
    at, end = found.start(), found.end()
    if end == len(text) or not _can_begin(text, end, after, may_be_bullet="\n" in space and not close):
        return False
    if stop != ".":
        # An ellipsis in brackets stands for words left out; a long row of dots leads the eye.
        return len(stop) <= _LONGEST_STOP and not (
            close[:1] in {"]", ")"} and text[at - 1 : at] in {"[", "("}
        )
    word = _word_before(text, at)
    if mark and not (close or _may_bear_mark(word)):
        return False
    if at - start <= _LONGEST_ENUMERATOR and _ENUMERATOR.fullmatch(text, start, at):
        return False
    # A stop in brackets ends a sentence that is in brackets as a whole, or belongs to an abbreviation; one in quotation
    # marks ends what is quoted.
    if close and close[0] not in {")", "]"}:
        return True
    return not (is_abbreviated(word, text[end], after, stop=bool(found["dot"])) or _counts(text, word, at))


def _can_begin(text: str, at: int, word: str, *, may_be_bullet: bool) -> bool:
    """Whether a sentence can begin at a place where a word stands, or another sign.

    A dash begins an entry of a list, but behind a quotation it leads to who said it.
    """
    first = text[at]
    if first.islower() or word[:1].islower():
        return _COUNTS_ON.match(text, at) is not None
    return first not in _NOT_FIRST and (first not in _DASHES or may_be_bullet)


def _word_before(text: str, at: int) -> str:
    """Return what stands before a stop without a blank."""
    words = text[max(0, at - _LONGEST_WORD) : at].rsplit(None, 1)
    if not words or text[at - 1].isspace():
        return ""
    return words[-1].lstrip("\"'“‘„«([{–—")


def _may_bear_mark(word: str) -> bool:
    """Whether digits behind a word's stop are a note's mark: not in decimals, addresses, numbers of parts."""
    return word[-2:].isalpha() and len(word) > 1 and "/" not in word and not word.startswith("www.")


def _counts(text: str, word: str, at: int) -> bool:
    """Whether a number behind a colon or comma counts what follows: "the aims were: 1. To find"."""
    return (
        len(word) <= 2
        and word.isdigit()
        and text[max(0, at - len(word) - 3) : at - len(word)].rstrip()[-1:] in {":", ";", ","}
    )
