"""Sections: each heading with what stands under it, and what that is for."""

from dataclasses import replace

from corpus.vocabulary.documents import BlockKind, ExtractedText, Section, SectionRole
from harvester.extraction.structure.roles import role_of

_LONGEST_TITLE = 300


def sections_of(text: ExtractedText) -> tuple[Section, ...]:
    """Return a document's sections in the order of their headings, nested by level.

    A heading whose words do not say what its section is for has the role of the section that holds it.
    """
    titles = _titles(text)
    sections: list[Section] = []
    open_sections: list[int] = []  # those that hold the next, by their place
    for number, title in titles:
        level = text.blocks[number].level or 1
        while open_sections and sections[open_sections[-1]].level >= level:
            _close(sections, open_sections.pop(), number)
        inherited = sections[open_sections[-1]].role if open_sections else SectionRole.OTHER
        open_sections.append(len(sections))
        sections.append(
            Section(title[:_LONGEST_TITLE], level, role_of(title) or inherited, number, len(text.blocks))
        )
    return tuple(sections)


def _close(sections: list[Section], place: int, last: int) -> None:
    sections[place] = replace(sections[place], last=last)


def _titles(text: ExtractedText) -> list[tuple[int, str]]:
    """Return headings, by their first blocks, with their words on one line."""
    titles: list[tuple[int, str]] = []
    for number, block in enumerate(text.blocks):
        if block.kind is BlockKind.HEADING:
            words = " ".join(text.text_of(block).split())
            if block.goes_on and titles:
                titles[-1] = (titles[-1][0], f"{titles[-1][1]} {words}")
            else:
                titles.append((number, words))
    return titles
