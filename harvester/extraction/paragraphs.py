"""Where a block of text ends and the next begins, told by typography: leading, indents, room left on a line."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around
from harvester.extraction.lines import Line, PageLines, share
from harvester.extraction.notes import follows_mark, mark_of

SAME_SIZE = 0.12  # by which the type of two lines may differ, as a share
_OTHER_SIZE = 0.2  # by which it may within a word, where one line has raised or narrow letters
_HYPHENS = frozenset("-\N{HYPHEN}\N{SOFT HYPHEN}")
_LOOSER, _LOOSER_IN_SENTENCE = 1.25, 1.6  # leadings beyond which a line begins a block
_INDENT = 0.8  # of the type size
_SAME_EDGE = 0.35  # of the type size
_PARTLY_LEVEL = 0.3  # of the lower line's height
_SPACE = 0.35  # width of a blank, in type sizes, rather too wide than too narrow
_ENDS = ".!?:;"  # of sentences, and of what introduces lists and parts them
_TAB = 2.0  # a gap before a number at a line's end that is no blank, in type sizes
_PAGE = re.compile(r"^[.·…_]*(?:\d{1,4}|[ivxl]{1,6})$")  # the number of a page, leaders before it perhaps
_LEADER = re.compile(r"^[.·…_]+$")
_BULLET = re.compile(r"^[•■▪●◦‣⁃∙·○□➢➤✓\uf0b7\uf0a7\uf0d8o–—-]$|^[•■▪●◦‣\uf0b7\uf0a7\uf0d8]")


@dataclass(frozen=True, slots=True)
class Leading:
    """How far lines of a type size stand apart in this document, from top to top."""

    by_size: Mapping[float, float]

    def of(self, line: Line) -> float:
        """Return the leading that is usual for a line's size; 1.2 sizes where the document shows none."""
        return self.by_size.get(_class(line.size), 1.2 * line.size)

    @classmethod
    def measure(cls, pages: Sequence[PageLines]) -> "Leading":
        """Measure a document: the most frequent distance of neighbours of one size, the middle one where it is no set size."""
        found: dict[float, list[float]] = defaultdict(list)
        for page in pages:
            for above, below in pairwise(page.lines):
                step = below.box.top - above.box.top
                if is_same_size(above, below) and 0.8 * below.size <= step <= 2.2 * below.size:
                    found[_class(below.size)].append(step)
        return cls({size: _usual(steps) for size, steps in found.items() if len(steps) >= 3})


def _usual(steps: Sequence[float]) -> float:
    counts = Counter(round(step * 2) / 2 for step in steps)
    top, times = counts.most_common(1)[0]
    return top if 3 * times >= len(steps) else median(steps)


def _class(size: float) -> float:
    return round(size * 2) / 2


def is_same_size(one: Line, other: Line) -> bool:
    """Whether two lines are set in type of one size."""
    return abs(one.size - other.size) <= SAME_SIZE * max(one.size, other.size)


def into_blocks(lines: Sequence[Line], leading: Leading) -> list[list[Line]]:
    """Part lines in reading order into blocks."""
    blocks: list[list[Line]] = []
    edges = _right_edges(lines)
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        if blocks and not _begins(blocks[-1], line, following, leading=leading, right=edges[position - 1]):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _begins(
    block: Sequence[Line], line: Line, following: Line | None, *, leading: Leading, right: float
) -> bool:
    """Whether a line begins a block of its own after the lines of the block before it."""
    last = block[-1]
    if line.bullet is not None:
        return True
    if _is_part_of_formula(last, line) or _is_within_word(last, line):
        return False
    differs = last.direction is not line.direction or not is_same_size(last, line) or last.bold != line.bold
    # A line that goes on within a sentence may stand further below, as after a formula, and after a line with room left.
    is_within = is_within_sentence(last, line)
    looser = _LOOSER_IN_SENTENCE if is_within else _LOOSER
    is_apart = line.box.top - last.box.top > looser * max(leading.of(line), leading.of(last))
    is_marked = _is_marked(last, line) or _is_next_note(block[0], line)
    if is_elsewhere(last, line) or differs or is_apart or is_marked or _is_entry(last):
        return True
    return _is_indented(block, line, following) or (not is_within and _left_room(block, line, right=right))


def _is_within_word(last: Line, line: Line) -> bool:
    """Whether a word goes on in a line below: letter and hyphen at the end, a small letter that is no bullet next.

    Nobody ends a paragraph so, wherever the lines begin and whatever room is left; type much larger is a heading's.
    """
    ending, first = last.words[-1].text[-2:], line.words[0].text
    return (
        ending[:1].isalpha()
        and ending[1:] in _HYPHENS
        and first[0].islower()
        and not (_BULLET.match(first) and len(line.words) > 1)
        and last.direction is line.direction
        and abs(last.size - line.size) <= _OTHER_SIZE * max(last.size, line.size)
        and not is_elsewhere(last, line)
    )


def _is_marked(last: Line, line: Line) -> bool:
    """Whether a line begins with a bullet or a footnote's mark."""
    if _BULLET.match(line.words[0].text) and len(line.words) > 1:
        return True
    is_set_in = line.box.x0 > last.box.x0 + _INDENT * line.size
    return mark_of(line) is not None and not is_set_in and not breaks_off(last)


def _is_entry(line: Line) -> bool:
    """Whether a line is an entry of a list of contents to its end: a number stands after leaders or a tab."""
    if len(line.words) < 2 or not _PAGE.match(line.words[-1].text):
        return False
    before, number = line.words[-2:]
    is_led = number.text[0] in ".·…_" or _LEADER.match(before.text) is not None
    return is_led or number.box.x0 - before.box.x1 > _TAB * line.size


def _is_next_note(first: Line, line: Line) -> bool:
    """Whether a line is marked with what comes after its block's mark, at the same edge: notes need not end with a stop."""
    return abs(line.box.x0 - first.box.x0) <= _SAME_EDGE * line.size and follows_mark(line, first)


def _is_part_of_formula(last: Line, line: Line) -> bool:
    """Whether a line is a raised or lowered part of the one before it: level with it in part, and close."""
    level = share(last.box.top, last.box.bottom, line.box.top, line.box.bottom)
    apart = max(line.box.x0 - last.box.x1, last.box.x0 - line.box.x1)
    return level > _PARTLY_LEVEL and apart < line.size


def is_elsewhere(last: Line, line: Line) -> bool:
    """Whether a line does not stand under the one before it: higher up, or beside it."""
    higher = line.box.top < last.box.top - 0.5 * line.size
    return higher or share(last.box.x0, last.box.x1, line.box.x0, line.box.x1) <= 0


def _is_indented(block: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Whether a line is a paragraph's first: set in while the next is not, or set out after lines that hang."""
    last, edge = block[-1], _SAME_EDGE * line.size
    step = line.box.x0 - last.box.x0
    if step >= _INDENT * line.size:
        return (
            not breaks_off(last)
            and following is not None
            and not is_elsewhere(line, following)
            and abs(following.box.x0 - last.box.x0) <= edge
            and abs(last.box.x0 - min(other.box.x0 for other in block)) <= edge
        )
    begin = block[0].begin
    hangs = (len(block) > 1 or block[0].bullet is not None) and begin <= last.box.x0 - _INDENT * line.size
    return hangs and abs(line.box.x0 - begin) <= edge


def is_within_sentence(last: Line, line: Line) -> bool:
    """Whether a sentence goes on from one line to the next: no stop at its end, no capital at the other's start."""
    return last.words[-1].text[-1] not in _ENDS and line.words[0].text[0].islower()


def breaks_off(line: Line) -> bool:
    """Whether a line ends within a sentence."""
    last = line.words[-1].text[-1]
    return last.isalnum() or last in ",-"


def _left_room(block: Sequence[Line], line: Line, *, right: float) -> bool:
    """Whether the line before was ended on purpose: it had room for this line's first word."""
    if line.box.x0 > block[-1].box.x0 + _INDENT * line.size and len(block) > 1:
        return False  # centred lines
    word = _unbroken(line)
    return block[-1].box.x1 + _SPACE * line.size + (word.x1 - word.x0) < right - _SAME_EDGE * line.size


def _unbroken(line: Line) -> Box:
    """Return the box of what a line's end would not part: its first word, a number with what it counts."""
    first, *others = (word.box for word in line.words[:2])
    return around([first, *others]) if line.words[0].text.isdigit() else first


def _right_edges(lines: Sequence[Line]) -> list[float]:
    """For each line, how far lines reach to the right in the stretch of one size and column that it belongs to."""
    edges: list[float] = []
    stretch: list[Line] = []
    for line in [*lines, None]:
        if stretch and (
            line is None or is_elsewhere(stretch[-1], line) or not is_same_size(stretch[-1], line)
        ):
            edges += [max(other.box.x1 for other in stretch)] * len(stretch)
            stretch = []
        if line is not None:
            stretch.append(line)
    return edges
