"""Which role is in force where a heading stands, as far as the annotated pages tell."""

from corpus.vocabulary.documents import SectionRole
from greysift.bench.structure.truth import Annotated, Item, ItemKind


def roles_in_force(annotated: Annotated) -> dict[Item, SectionRole | None]:
    """Return for each heading its own role, or else the one inherited from the headings above it.

    ``None`` after pages that were not annotated, until a heading of the first level: something may be inherited from
    there.
    """
    found: dict[Item, SectionRole | None] = {}
    above: list[tuple[int, SectionRole | None]] = []
    before = 0
    for page in annotated.pages:
        if page != before + 1:
            above = [(0, None)]
        before = page
        for item in annotated.of(ItemKind.HEADING, page=page):
            level = item.level or 1
            if level == 1:
                above = []
            while above and above[-1][0] >= level:
                above.pop()
            inherited = above[-1][1] if above else SectionRole.OTHER
            found[item] = item.role or inherited
            above.append((level, found[item]))
    return found
