"""Where a document's title is printed."""

from collections.abc import Sequence

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.structure.typography import Look
from harvester.extraction.structure.wording import letters_of

FIRST_PAGES = 3
_WHOLE = 0.8  # of the title's characters that must stand there
_MOST_LINES, _MOST_BLOCKS = 8, 12


def find_title_blocks(looks: Sequence[Look], title: str | None) -> list[Look]:
    """Return the blocks that print the title, one after the other, where they are set largest; none where it is not printed."""
    wanted = letters_of(title or "")
    best: list[Look] = []
    for place, look in enumerate(looks):
        if look.block.page > FIRST_PAGES:
            break
        run = _run(looks[place : place + _MOST_BLOCKS], wanted)
        if run and (not best or run[0].first.size > best[0].first.size):
            best = run
    return best


def _run(looks: Sequence[Look], wanted: str) -> list[Look]:
    """Return the blocks from the first on that together are the title, or nearly all of it."""
    run: list[Look] = []
    said = ""
    for look in looks:
        if look.block.kind is not BlockKind.PARAGRAPH or not 0 < len(look.lines) <= _MOST_LINES:
            break
        key = said + letters_of(look.text)
        if not wanted or key not in wanted or look.block.page != looks[0].block.page:
            break
        run.append(look)
        said = key
    return run if len(said) >= _WHOLE * len(wanted) and said else []
