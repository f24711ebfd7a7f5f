"""The steps from composed pages to structure, in their order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.vocabulary.documents import ASIDE, Block, BlockKind, ExtractedText
from harvester.extraction.collecting import without_collector
from harvester.extraction.composing import ComposedPage
from harvester.extraction.structure.authors import find_authors
from harvester.extraction.structure.contents import find_contents
from harvester.extraction.structure.covers import (
    find_placed_title,
    find_printed_title,
    instead_of_publisher,
    title_words,
    with_subtitle,
)
from harvester.extraction.structure.dates import find_date
from harvester.extraction.structure.headings import MOST_LINES, find_headings
from harvester.extraction.structure.lists import Item, find_items
from harvester.extraction.structure.outline import OutlineEntry, match_outline
from harvester.extraction.structure.ranks import levels_of
from harvester.extraction.structure.sections import sections_of
from harvester.extraction.structure.titling import find_title_blocks
from harvester.extraction.structure.typography import Look, Style, body_style, looks_of
from harvester.extraction.structure.wording import key_of

_FRONT = 2  # pages on which authors and date are looked for, blank ones aside


@without_collector()
def with_structure(
    text: ExtractedText, pages: Sequence[ComposedPage], *, outline: Sequence[OutlineEntry], author: str | None
) -> ExtractedText:
    """Say of a document's blocks what they are, and add sections, authors, date.

    ``text.blocks`` are those of ``pages``, ``author`` is the one of the document information.
    """
    looks, now = looks_of(pages)
    body = body_style(looks)
    title = find_title_blocks(looks, text.title)
    if text.title_from != "metadata":
        title = _told_by_place(looks, title, body)
        if title:
            text = replace(text, title=title_words(title), title_from="typography")
    elif text.title and not title:
        title = find_printed_title(looks, body, declared=text.title)
    contents = find_contents(looks)
    outlined = match_outline(outline, looks, most_lines=MOST_LINES)
    outlined = {index: level for index, level in outlined.items() if index not in contents.blocks}
    headings = find_headings(
        looks,
        body,
        contents=contents,
        named={key_of(entry) for entry in contents.entries} | {looks[index].key for index in outlined},
        skipped={look.index for look in title},
    )
    levels = levels_of(
        [heading[0] for heading in headings], outlined=outlined, unranked=sorted(contents.headings)
    )
    named = {look.index for heading in headings for look in heading} | {look.index for look in title}
    items = find_items(looks, skipped=named | contents.blocks)
    told: dict[int, Block] = {}
    for place, look in enumerate(title):
        told[look.index] = replace(look.block, kind=BlockKind.TITLE, goes_on=place > 0)
    for heading in headings:
        for place, look in enumerate(heading):
            told[look.index] = replace(
                look.block, kind=BlockKind.HEADING, level=levels[heading[0].index], goes_on=place > 0
            )
    blocks = _told(looks, told, items)
    lines = _front_lines(looks)
    facts = replace(
        text.facts,
        authors=find_authors(lines, title=text.title, declared=author),
        dated=find_date(lines),
    )
    tables = tuple(
        replace(
            table,
            block=now[table.block],
            caption=None if table.caption is None else now[table.caption],
        )
        for table in text.tables
    )
    text = replace(text, blocks=blocks, tables=tables, facts=facts)
    return replace(text, sections=sections_of(text))


def _told_by_place(looks: Sequence[Look], title: list[Look], body: Style) -> list[Look]:
    """Return the title's blocks: by their place where no larger type tells on the first page; with what goes on below."""
    first = next((look.block.page for look in looks if look.lines), 0)
    if not title or title[0].block.page > first:
        title = find_placed_title(looks, body) or title
    return instead_of_publisher(looks, with_subtitle(looks, title, body), body)


def _told(looks: Sequence[Look], told: Mapping[int, Block], items: Mapping[int, Item]) -> tuple[Block, ...]:
    """Return all blocks, each as what it was found to be; what goes on is what the block is that it goes on with."""
    blocks: list[Block] = []
    last: Block | None = None  # of what were paragraphs
    for look in looks:
        block = look.block
        if block.kind is not BlockKind.PARAGRAPH:
            blocks.append(block)
            continue
        item = items.get(look.index)
        if look.index in told:
            block = told[look.index]
        elif item:
            block = replace(block, kind=BlockKind.LIST_ITEM, level=item.level, marker=item.marker)
        elif block.goes_on and last is not None and last.kind is BlockKind.LIST_ITEM:
            block = replace(block, kind=BlockKind.LIST_ITEM, level=last.level)
        elif block.goes_on and last is not None and last.kind is not BlockKind.PARAGRAPH:
            block = replace(block, goes_on=False)
        blocks.append(block)
        last = block
    return tuple(blocks)


def _front_lines(looks: Sequence[Look]) -> list[str]:
    """Return the lines of the first pages with text."""
    lines: list[str] = []
    pages: set[int] = set()
    for look in looks:
        pages.add(look.block.page)
        if len(pages) > _FRONT:
            break
        if look.block.kind not in ASIDE or look.block.kind is BlockKind.FOOTER:
            lines += [placed.line.text for placed in look.lines]
    return lines
