"""The document's own outline, matched with its headings by page and wording."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.structure.typography import Look
from harvester.extraction.structure.wording import key_of

MOST_ENTRIES = 5_000
_SHORTEST = 4  # letters that tell something
_NUMBER = 12  # characters that the printed number of an entry may take
_NEAR = 1  # pages between where an entry leads and where its words stand
_SHARE = 0.3  # of the entries must be found before the others' levels count


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry: its words, how deep it lies (from 1), the page that it leads to (from 1), where it leads to one."""

    title: str
    level: int
    page: int | None


def match_outline(
    entries: Sequence[OutlineEntry], looks: Sequence[Look], *, most_lines: int
) -> Mapping[int, int]:
    """Return the blocks, by index, that are what entries name, with the entries' levels.

    The level of what heads the whole document (its title) is not counted. An outline of which hardly a word is
    printed (another document's, names of files) tells nothing.
    """
    keys = [(key, entry) for entry in entries[:MOST_ENTRIES] if len(key := key_of(entry.title)) >= _SHORTEST]
    if not keys:
        return {}
    wanted = {key for key, _ in keys}
    longest = max(len(entry.title) for _, entry in keys) + _NUMBER
    places: dict[str, list[Look]] = {}
    for look in looks:
        is_short = 0 < len(look.lines) <= most_lines and look.block.end - look.block.start <= longest
        if is_short and look.block.kind is BlockKind.PARAGRAPH and look.key in wanted:
            places.setdefault(look.key, []).append(look)
    found: dict[int, int] = {}
    top = _top([entry for _, entry in keys])
    for key, entry in keys:
        near = [
            look
            for look in places.get(key, ())
            if look.index not in found and (entry.page is None or abs(look.block.page - entry.page) <= _NEAR)
        ]
        if near:
            best = min(near, key=lambda look: abs(look.block.page - (entry.page or look.block.page)))
            found[best.index] = max(1, entry.level - top)
    return found if len(found) >= _SHARE * len(keys) else {}


def _top(entries: Sequence[OutlineEntry]) -> int:
    """How many levels lie above the first that has more than one entry."""
    roots = sum(entry.level == 1 for entry in entries)
    return 1 if roots == 1 and len(entries) > 2 else 0
