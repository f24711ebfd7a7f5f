"""Which blocks are headings: set in type that names things in this document, with words that may name something.

A style names things where it stands out against the running text and most of its blocks are short and no sentences.
What the outline or the list of contents names is a heading in any type.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.vocabulary.documents import ASIDE, BlockKind
from harvester.extraction.lines import Direction
from harvester.extraction.structure.authors import is_byline
from harvester.extraction.structure.contents import Contents
from harvester.extraction.structure.neighbours import (
    TEXT_WORDS,
    continues,
    is_above,
    is_apart,
    is_label,
    is_next_line,
    is_off,
    is_running,
    is_title_of_figure,
)
from harvester.extraction.structure.numbering import heading_depth
from harvester.extraction.structure.roles import role_of
from harvester.extraction.structure.typography import Look, Style
from harvester.extraction.structure.wording import (
    begins_as_name,
    is_labelled_date,
    may_name,
)

MOST_LINES = 4  # of a heading
_LARGER = 1.04  # of the body's size: what a designer chose to be larger, rounding aside
_MUCH_LARGER = 1.2
_SMALLEST = 0.82  # of the body's size; smaller type labels and annotates
_SMALLEST_CAPITALS = 0.7  # bold capitals of this size are as tall as the body's small letters
_SHORTEST_KEY = 4  # letters of what outline or contents name
_SHORT = 0.6  # of a style's blocks that must be short where it names things
_NUMBERED_DEEPER = 2  # a number such as 4.2: no item of a list has one
_MOST_IN_A_ROW = 2  # headings of one style without anything between


def find_headings(
    looks: Sequence[Look],
    body: Style,
    *,
    contents: Contents,
    named: Collection[str],
    skipped: Collection[int],
) -> list[list[Look]]:
    """Return the headings in order, each as its blocks: several where it goes on in the next.

    ``named`` are the keys of what outline and contents name; ``skipped`` are blocks that are something else.
    """
    read = [look for look in looks if look.block.kind not in ASIDE and look.lines]
    after = {look.index: following for look, following in pairwise([*read, None]) if look is not None}
    over_figures = {one.index for one, next_one in pairwise(looks) if next_one.block.kind is BlockKind.FIGURE}
    document = _Document(body, _naming_styles(read, body), named, _front(read), over_figures)
    skipped = {*skipped, *_letterhead(read, skipped)}
    found: list[Look] = []
    before: Look | None = None
    for look in read:
        may_be = look.block.kind is BlockKind.PARAGRAPH and len(look.lines) <= MOST_LINES
        is_free = look.index not in skipped and look.index not in contents.blocks
        if look.index in contents.headings or (
            may_be
            and is_free
            and not is_title_of_figure(look, before)
            and _is_heading(look, before, after, document)
        ):
            found.append(look)
        before = look
    return _without_rows(_joined(found, after), after, named)


def _beyond(look: Look, after: Mapping[int, Look | None]) -> Look | None:
    """Return what stands below a heading, further lines of its own aside."""
    following = after[look.index]
    if following is not None and continues(look, following):
        return after[following.index]
    return following


@dataclass(frozen=True, slots=True)
class _Document:
    """What of a document tells whether a block is a heading."""

    body: Style
    names: Mapping[Style, bool]
    named: Collection[str]
    front: int
    over_figures: Collection[int]


def _letterhead(looks: Sequence[Look], title: Collection[int]) -> set[int]:
    """Return what stands above a title on its page: who publishes, for whom, when; nothing where there is text."""
    first = next((look for look in looks if look.index in title), None)
    above = [look for look in looks if first is not None and is_above(look, first)]
    return set() if any(look.is_text for look in above) else {look.index for look in above}


def _is_heading(
    look: Look, before: Look | None, after: Mapping[int, Look | None], document: _Document
) -> bool:
    following = _beyond(look, after)
    if following is None:
        return False
    if len(look.key) >= _SHORTEST_KEY and look.key in document.named:
        return may_name(look.text) and _may_be(look, following, document)
    ratio = look.style.size / document.body.size if document.body.size else 1.0
    names = document.names.get(look.style, False)
    if not names and (ratio < 1 / _LARGER or len(look.lines) > 1):  # most of the text
        return False
    if not (ratio >= _MUCH_LARGER or begins_as_name(look.text)):
        return False
    if not may_name(look.text.removesuffix(".") if look.style.capitals else look.text):
        return False
    return (names or _names_by_words(look, before, following, document)) and _may_be(
        look, following, document
    )


def _names_by_words(look: Look, before: Look | None, following: Look, document: _Document) -> bool:
    """Whether one line set as the text is, or nearly so, is a heading: by capitals, slant, a number, a known wording.

    Directly above a table or a figure such a line is its title, unless it has a number.
    """
    if not is_apart(look, before):
        return False
    if role_of(look.text) is not None:
        return is_running(following)
    if not (is_running(following) or following.last_sign == ":"):
        return False
    if (heading_depth(look.text) or 0) >= _NUMBERED_DEEPER:
        return look.last_sign.isalnum()
    if following.block.kind is BlockKind.TABLE or look.index in document.over_figures:
        return False
    return _differs(look.style, document.body) and look.last_sign not in (
        ".;" if look.style.capitals else ".;:"
    )


def _may_be(look: Look, following: Look, document: _Document) -> bool:
    """Whether words and place allow a heading."""
    text = look.text
    if look.first.direction is not Direction.RIGHT or look.is_bulleted:
        return False
    if is_label(look, following) or look.is_parted or is_byline(text) or is_off(look, following):
        return False
    if is_running(following):
        # A line of a cover: a date, names, an address.
        return look.block.page > document.front or not (is_labelled_date(text) or text.count(",") >= 2)
    depth = heading_depth(text) or 0
    if depth >= _NUMBERED_DEEPER or (depth and heading_depth(following.text)):
        return True  # a section, and the first below it; no line of a cover has such a number
    may_lead = text[-1] != ":" or (look.style.capitals and following.last_sign == ":")
    return look.block.page > document.front and may_lead


def _differs(style: Style, body: Style) -> bool:
    return any(
        (
            style.capitals and not body.capitals,
            style.italic and not body.italic,
            style.bold and not body.bold,
        )
    )


def _naming_styles(looks: Sequence[Look], body: Style) -> Mapping[Style, bool]:
    """Tell which styles stand out against the body, and are those of blocks that name something."""
    short: Counter[Style] = Counter()
    every: Counter[Style] = Counter()
    for look in looks:
        if look.block.kind is BlockKind.PARAGRAPH:
            every[look.style] += 1
            # Lines in capitals may end with a full stop: no sentence is set so.
            short[look.style] += len(look.lines) <= 2 and look.last_sign not in (
                ",;" if look.style.capitals else ".,;"
            )
    return {
        style: _stands_out(style, body) and short[style] >= _SHORT * count for style, count in every.items()
    }


def _stands_out(style: Style, body: Style) -> bool:
    smallest = _SMALLEST_CAPITALS if style.bold and style.capitals else _SMALLEST
    if style.size < smallest * body.size:
        return False
    return style.size >= _LARGER * body.size or (style.bold and not body.bold)


def _front(looks: Sequence[Look]) -> int:
    """Return the last page of those before the first text, and the page where it begins: covers, letterheads."""
    first = next((look for look in looks if look.is_text and len(look.text.split()) >= 2 * TEXT_WORDS), None)
    return first.block.page if first else 0


def _joined(found: Sequence[Look], after: Mapping[int, Look | None]) -> list[list[Look]]:
    """Join what is one heading over several blocks: close, in one style, its first line not its last by the words."""
    pairs = _pairs(found, after)
    headings: list[list[Look]] = []
    for look in found:
        last = headings[-1][-1] if headings else None
        if last is None or after[last.index] is not look:
            headings.append([look])
        elif continues(last, look) or (look.index in pairs and is_next_line(last, look)):
            headings[-1].append(look)
        else:
            headings.append([look])
    return headings


def _pairs(found: Sequence[Look], after: Mapping[int, Look | None]) -> set[int]:
    """Return the second lines of headings of two lines, by index: of more lines in a row each names something."""
    follows = [after[last.index] is look and last.style == look.style for last, look in pairwise(found)]
    return {
        look.index
        for place, look in enumerate(found)
        if place
        and follows[place - 1]
        and not (place > 1 and follows[place - 2])
        and not (place < len(follows) and follows[place])
    }


def _without_rows(
    headings: list[list[Look]], after: Mapping[int, Look | None], named: Collection[str]
) -> list[list[Look]]:
    """Leave out lines of one style that follow each other without text: columns of labels, names, addresses."""
    rows: list[list[list[Look]]] = []
    for heading in headings:
        last = rows[-1][-1] if rows else None
        if last and after[last[-1].index] is heading[0] and last[0].style == heading[0].style:
            rows[-1].append(heading)
        else:
            rows.append([heading])
    return [
        heading
        for row in rows
        for heading in row
        if len(row) <= _MOST_IN_A_ROW or heading_depth(heading[0].text) is not None or heading[0].key in named
    ]
