"""A text's fingerprint: MinHash over runs of words, by which near copies are found without comparing texts.

Broder, *On the resemblance and containment of documents*, 1997. The share of equal numbers in two fingerprints estimates
the share of runs of words that both texts have. Written here and not taken from a library because it must be the same on
every machine for ever, and because what such libraries bring takes longer to load than a document to read; datasketch's
indices take these numbers as they are.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]

LENGTH = 128  # numbers: the estimate's standard error is at most 0.044
RUN = 5  # words: shorter runs are common to texts on one subject, longer ones break with every correction
_WORD = re.compile(r"\w+")
_SEED = b"greysift fingerprint 1"


def fingerprint_of(text: str) -> tuple[int, ...]:
    """Return 128 numbers below 2³²; none where the text has fewer than five words.

    Case, punctuation and how lines are broken make no difference.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if len(words) < RUN:
        return ()
    known = {word: _number(word.encode()) for word in dict.fromkeys(words)}
    runs = _runs(np.fromiter(map(known.__getitem__, words), np.uint64, len(words)))
    least = []
    spread = np.empty_like(runs)
    for factor, addend in zip(*_functions(), strict=True):
        # Products go round at 2⁶⁴, as they are meant to; the upper half of each is well mixed.
        np.multiply(runs, factor, out=spread)
        np.add(spread, addend, out=spread)
        least.append(int(spread.min()) >> 32)
    return tuple(least)


def similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate the share of runs of words that two texts have in common, of all that either has."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def _runs(words: Numbers) -> Numbers:
    """Return a number for each run of words, in which their order counts."""
    count = len(words) - RUN + 1
    total = np.zeros(count, np.uint64)
    for place in range(RUN):
        total = _mix(total ^ words[place : place + count])
    return total


def _mix(numbers: Numbers) -> Numbers:
    """Spread every bit over all (Steele, Lea and Flood's SplitMix64)."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


@cache
def _functions() -> tuple[Numbers, Numbers]:
    """Return the hash functions, x ↦ (factor · x + addend) mod 2⁶⁴ with odd factors: the same everywhere."""
    numbers = [_number(_SEED + place.to_bytes(2, "big")) for place in range(2 * LENGTH)]
    return np.array([number | 1 for number in numbers[:LENGTH]], np.uint64), np.array(
        numbers[LENGTH:], np.uint64
    )


def _number(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big")
