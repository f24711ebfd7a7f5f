"""Where strips are drawn across white space, and the white space that so many have in common that it parts columns."""

from collections.abc import Sequence
from itertools import pairwise

from harvester.extraction.columns.crossing import BESIDE, FEWEST, FEWEST_WORDS, WIDE, Crossing, most_crossed
from harvester.extraction.columns.strips import Strip, Words

_MOST = 4  # looked for beside a gutter
_RUN_OVER = 0.5  # strips run over a gutter, at most, for each that keeps it white: blanks of justified lines do not meet


def crossings_among(strips: Sequence[Strip], words: Words) -> list[Crossing]:
    """Return the crossings within strips, and from one to the next."""
    boxes = words.boxes
    within = [
        Crossing(
            boxes[cut - 1][2],
            boxes[cut][0],
            cut,
            cut,
            min(cut - strip.start, strip.end - cut) >= FEWEST_WORDS,
        )
        for strip in strips
        for cut in strip.cuts
    ]
    return within + [
        Crossing(
            one.x1,
            other.x0,
            one.end,
            other.start,
            min(one.end - one.start, other.end - other.start) >= FEWEST_WORDS,
        )
        for one, other in pairwise(strips)
        if other.x0 - one.x1 > WIDE * min(one.height, other.height)
        and abs(other.middle - one.middle) < BESIDE * min(one.height, other.height)
    ]


def is_between_words(crossing: Crossing, words: Words) -> bool:
    """Whether words and no figures end and begin at a crossing of several words."""
    return crossing.is_between_texts and all(
        any(map(str.isalpha, words.texts[at])) for at in (crossing.end - 1, crossing.word)
    )


def gutters_of(strips: Sequence[Strip], words: Words) -> list[float]:
    """Return places from left to right that part columns."""
    found = []
    crossings = crossings_among(strips, words)
    for _ in range(_MOST):
        x, here = most_crossed(crossings)
        if len(here) < FEWEST:
            break
        if sum(words.part(strip, x) is None for strip in strips) <= _RUN_OVER * len(here):
            found.append(x)
        crossings = [crossing for crossing in crossings if not crossing.x0 < x < crossing.x1]
    return sorted(found)
