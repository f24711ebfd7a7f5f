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
from harvester.extraction.structure.numbering import BULLETS, heading_depth
from harvester.extraction.structure.roles import role_of
from harvester.extraction.structure.typography import Look, Style
from harvester.extraction.structure.wording import (
    begins_as_name,
    goes_over,
    is_labelled_date,
    may_name,
)

MOST_LINES = 4  # of a heading
_LARGER = 1.04  # of the body's size: what a designer chose to be larger, rounding aside
_MUCH_LARGER = 1.2
_SMALLEST = 0.82  # of the body's size; smaller type labels and annotates
_SHORTEST_KEY = 4  # letters of what outline or contents name
_SHORT = 0.6  # of a style's blocks that must be short where it names things
_MOST_IN_A_ROW = 2  # headings of one style without anything between
_TEXT_WORDS = 12  # of a block that is text
_APART = 0.6  # type sizes of white space above a heading that is set as text is


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
    document = _Document(body, _naming_styles(read, body), named, _front(read))
    found: list[Look] = []
    before: Look | None = None
    for look in read:
        may_be = look.block.kind is BlockKind.PARAGRAPH and len(look.lines) <= MOST_LINES
        is_free = look.index not in skipped and look.index not in contents.blocks
        if look.index in contents.headings or (
            may_be and is_free and _is_heading(look, before, after, document)
        ):
            found.append(look)
        before = look
    return _without_rows(_joined(found, after), after, named)


def _beyond(look: Look, after: Mapping[int, Look | None]) -> Look | None:
    """Return what stands below a heading, further lines of its own aside."""
    following = after[look.index]
    if following is not None and _continues(look, following):
        return after[following.index]
    return following


@dataclass(frozen=True, slots=True)
class _Document:
    """What of a document tells whether a block is a heading."""

    body: Style
    names: Mapping[Style, bool]
    named: Collection[str]
    front: int


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
    if not (ratio >= _MUCH_LARGER or begins_as_name(look.text)) or not may_name(look.text):
        return False
    return (names or _names_by_words(look, before, following, document.body)) and _may_be(
        look, following, document
    )


def _names_by_words(look: Look, before: Look | None, following: Look, body: Style) -> bool:
    """Whether one line set as the text is, or nearly so, is a heading: by capitals, slant, a known wording."""
    if not (_is_apart(look, before) and _is_running(following)):
        return False
    return (_differs(look.style, body) and look.last_sign not in ".:") or role_of(look.text) is not None


def _may_be(look: Look, following: Look, document: _Document) -> bool:
    """Whether words and place allow a heading."""
    text = look.text
    if look.first.direction is not Direction.RIGHT or text[0] in BULLETS:
        return False
    if _is_label(look, following) or look.is_parted or is_byline(text):
        return False
    if _is_running(following):
        # A line of a cover: a date, names, an address.
        return look.block.page > document.front or not (is_labelled_date(text) or text.count(",") >= 2)
    return look.block.page > document.front and text[-1] != ":"


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
            short[look.style] += len(look.lines) <= 2 and look.last_sign not in ".,;"
    return {
        style: _stands_out(style, body) and short[style] >= _SHORT * count for style, count in every.items()
    }


def _stands_out(style: Style, body: Style) -> bool:
    if style.size < _SMALLEST * body.size:
        return False
    return style.size >= _LARGER * body.size or (style.bold and not body.bold)


def _front(looks: Sequence[Look]) -> int:
    """Return the last page of those before the first text, and the page where it begins: covers, letterheads."""
    first = next((look for look in looks if look.is_text and len(look.text.split()) >= 2 * _TEXT_WORDS), None)
    return first.block.page if first else 0


def _is_running(look: Look) -> bool:
    """Whether a block is text and not another line of a cover."""
    if look.block.kind is not BlockKind.PARAGRAPH:
        return look.block.kind is BlockKind.TABLE
    return look.is_text or len(look.text.split()) >= _TEXT_WORDS or look.text[0] in BULLETS


def _is_label(look: Look, following: Look) -> bool:
    """Whether what follows stands beside it, as in a form."""
    one, other = look.block.box, following.block.box
    if one is None or other is None or look.block.page != following.block.page:
        return False
    return other.x0 >= one.x1 and abs(other.top - one.top) < 0.5 * look.first.size


def _is_apart(look: Look, before: Look | None) -> bool:
    """Whether white space parts a block from the one above it."""
    if (
        before is None
        or before.block.page != look.block.page
        or before.block.box is None
        or look.block.box is None
    ):
        return True
    return not -look.first.size < look.block.box.top - before.block.box.bottom < _APART * look.first.size


def _joined(found: Sequence[Look], after: Mapping[int, Look | None]) -> list[list[Look]]:
    """Join what is one heading over several blocks: close, in one style, its first line not its last by the words."""
    headings: list[list[Look]] = []
    for look in found:
        last = headings[-1][-1] if headings else None
        if last is not None and after[last.index] is look and _continues(last, look):
            headings[-1].append(look)
        else:
            headings.append([look])
    return headings


def _continues(last: Look, look: Look) -> bool:
    above, below = last.block.box, look.block.box
    if (
        last.block.page != look.block.page
        or above is None
        or below is None
        or last.style.size != look.style.size
    ):
        return False
    is_close = -0.5 * look.first.size <= below.top - above.bottom <= look.first.size
    return is_close and heading_depth(look.text) is None and goes_over(last.text, look.text)


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
