"""The front of a document, as its title is looked for there: pages up to the first with text, lines that are one."""

from collections.abc import Iterator, Sequence

from corpus.vocabulary.documents import ASIDE, BlockKind
from harvester.extraction.lines import Direction
from harvester.extraction.structure.titling import FIRST_PAGES
from harvester.extraction.structure.typography import Look

_TEXT_WORDS = 20  # of a block that is text and no line of a cover
_LEADING = 0.6  # type sizes of white space between lines that are set as one


def fronts_of(looks: Sequence[Look]) -> Iterator[list[Look]]:
    """Yield what is read on each of the first pages with words: covers, and the first page with text."""
    by_page: dict[int, list[Look]] = {}
    for look in looks:
        if look.block.page > FIRST_PAGES and by_page:
            break
        if look.block.kind not in ASIDE and look.lines and look.first.direction is Direction.RIGHT:
            by_page.setdefault(look.block.page, []).append(look)
    for front in by_page.values():
        yield front
        if any(is_text(look) for look in front):
            return


def groups_of(front: Sequence[Look]) -> list[list[Look]]:
    """Join blocks in one style that follow each other as lines of one paragraph do: names and titles over lines."""
    groups: list[list[Look]] = []
    for look in front:
        if groups and _goes_with(groups[-1][-1], look):
            groups[-1].append(look)
        else:
            groups.append([look])
    return groups


def words_of(looks: Sequence[Look]) -> str:
    """Return the words of blocks on one line."""
    return " ".join(look.text for look in looks)


def is_text(look: Look) -> bool:
    """Whether a block is text or something else that no cover has."""
    if look.block.kind is not BlockKind.PARAGRAPH:
        return True
    return len(look.text.split()) >= _TEXT_WORDS or (look.is_text and not look.style.bold)


def _goes_with(last: Look, look: Look) -> bool:
    above, below = last.block.box, look.block.box
    if above is None or below is None or {last.block.kind, look.block.kind} != {BlockKind.PARAGRAPH}:
        return False
    one, other = last.style, look.style
    if (one.size, one.bold) != (other.size, other.bold):
        return False
    return -0.5 * look.first.size <= below.top - above.bottom <= _LEADING * look.first.size
