"""The letters of figures, told from running text by the boxes of the drawings."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around
from harvester.extraction.lines import Line, PageLines

_WORDS_OF_TEXT = 5.0  # a line, on average: labels of a drawing have fewer


def take_out(lines: Sequence[Line], regions: Sequence[Box]) -> tuple[list[Line], list[list[Line]]]:
    """Part lines into those outside of all regions and those of each; a line on an edge is parted by its words."""
    outside: list[Line] = []
    inside: list[list[Line]] = [[] for _ in regions]
    for line in lines:
        rest = line
        for region, held in zip(regions, inside, strict=True):
            flags = [_holds(region, word.box) for word in rest.words]
            if not any(flags):
                continue
            held.append(_with_words(rest, flags, wanted=True))
            if all(flags):
                break
            rest = _with_words(rest, flags, wanted=False)
        else:
            outside.append(rest)
    return outside, inside


def figures_of(page: PageLines) -> list[Box]:
    """Return a page's drawings of which the letters are labels; a framed text is none."""
    _, inside = take_out(page.lines, page.figures)
    return [
        figure
        for figure, lines in zip(page.figures, inside, strict=True)
        if lines and sum(len(line.words) for line in lines) < _WORDS_OF_TEXT * len(lines)
    ]


def _holds(box: Box, word: Box) -> bool:
    across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= across <= box.x1 and box.top <= down <= box.bottom


def _with_words(line: Line, flags: Sequence[bool], *, wanted: bool) -> Line:
    if all(flag is wanted for flag in flags):
        return line
    words = tuple(word for word, flag in zip(line.words, flags, strict=True) if flag is wanted)
    return replace(line, words=words, box=around([word.box for word in words]))
