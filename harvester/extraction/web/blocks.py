"""The elements of a page's content as blocks: headings, paragraphs, list items, tables, captions, footnotes."""

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from lxml.etree import _Element as Element

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.web.content import Content
from harvester.extraction.web.elements import BLOCKS, heading_level, is_silent, tag_of
from harvester.extraction.web.grids import Grid, grid_of
from harvester.extraction.words import clean

_BULLET = "•"
_BREAK = "\r"
_FOOTNOTE = re.compile(r"_?(?:fn|ftn|edn|footnote|endnote)s?[-_:.]?\d{1,4}", re.IGNORECASE)
_BACK = re.compile(r"[\s↩↑^\ufe0e]*")  # what links that lead back from a note are made of
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")  # soft hyphens, and what has no width
_LISTED = frozenset({BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.FOOTNOTE})
_CAPTIONS = frozenset({"caption", "figcaption"})


@dataclass(slots=True)
class Found:
    """A block as it was met: ``grid`` are the cells of a table; ``names_table`` is true of the caption of the next one."""

    kind: BlockKind
    text: str
    level: int | None = None
    marker: str | None = None
    goes_on: bool = False
    grid: Grid | None = None
    names_table: bool = False
    was_told: bool = True


@dataclass(frozen=True, slots=True)
class _Around:
    """What the text being met lies in; ``depth`` is that of lists, ``item`` the list item or note."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    marker: str | None = None
    is_kept_as_written: bool = False
    names_table: bool = False
    depth: int = 0
    item: Element | None = None


@dataclass(slots=True)
class _Pen:
    """The block being written."""

    content: Content
    found: list[Found] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    owner: Element | None = None
    last_item: Element | None = None

    def write(self, text: str | None, owner: Element) -> None:
        """Add text that an element holds; the first of a block owns it."""
        if text:
            self.pieces.append(text.replace("\r", "\n"))
            self.owner = self.owner if self.owner is not None else owner

    def break_line(self, around: _Around) -> None:
        """Write a line break that the page makes: a mark of its own where line feeds in its source mean nothing."""
        self.pieces.append("\n" if around.is_kept_as_written else _BREAK)

    def end(self, around: _Around) -> None:
        """Finish the block that has been written, if there is one."""
        text = one_block("".join(self.pieces), as_written=around.is_kept_as_written)
        owner, self.owner = self.owner, None
        self.pieces.clear()
        if not text or owner is None:
            return
        goes_on = around.item is not None and around.item is self.last_item
        self.last_item = around.item
        block = Found(around.kind, text, around.level, around.marker, goes_on, names_table=around.names_table)
        self.add(block, owner, text)

    def add(self, block: Found, owner: Element, text: str) -> None:
        """Keep a block unless it is none of the content."""
        block.was_told = self.content.was_told(text)
        if block.was_told or self.content.may_hold(owner):
            self.found.append(block)


def find_blocks(content: Content) -> list[Found]:
    """Return the content's blocks in order.

    Elements that nobody sees are left out; text between blocks is a paragraph. Where a judge told what is content, blocks
    of which it said nothing are kept among those that it named, and after them lists alone with their headings, as references are; what else
    follows is said of the page: by whom, under which tags, with which comments.
    """
    pen = _Pen(content)
    _read(content.container, pen, _Around())
    pen.end(_Around())
    last = max((number for number, block in enumerate(pen.found) if block.was_told), default=len(pen.found))
    ending = list(takewhile(lambda block: block.kind in _LISTED, pen.found[last + 1 :]))
    while ending and ending[-1].kind is BlockKind.HEADING:
        ending.pop()
    return [*pen.found[: last + 1], *ending]


def _read(element: Element, pen: _Pen, around: _Around) -> None:
    """Read an element's content; parsers bound how deep elements nest, so that the calls do."""
    pen.write(element.text, element)
    number = _first_number(element)
    for child in element:
        tag = tag_of(child)
        if is_silent(child):
            pass
        elif tag == "br":
            pen.break_line(around)
        elif _leads_back(child, tag):
            pass
        elif tag in BLOCKS:
            pen.end(around)
            inner = _inside(child, tag, around, number)
            number += tag == "li"
            if tag == "table" and (grid := grid_of(child)) is not None:
                _read_table(child, grid, pen, around)
            else:
                _read(child, pen, inner)
            pen.end(inner)
        else:
            _read(child, pen, around)
        pen.write(child.tail, element)


def _inside(child: Element, tag: str, around: _Around, number: int) -> _Around:
    """Return what the text in a block lies in."""
    inner = around
    if level := heading_level(tag):
        inner = _Around(BlockKind.HEADING, level)
    elif tag in {"ul", "ol"}:
        inner = replace(around, depth=around.depth + 1)
    elif tag == "li" and _FOOTNOTE.fullmatch(child.get("id") or ""):
        inner = _Around(BlockKind.FOOTNOTE, marker=str(number), item=child)
    elif tag == "li":
        depth, marker = max(around.depth, 1), f"{number}." if _is_numbered(child) else _BULLET
        inner = _Around(BlockKind.LIST_ITEM, depth, marker, depth=depth, item=child)
    elif tag in _CAPTIONS:
        inner = _Around(BlockKind.CAPTION, names_table=tag == "caption")
    elif tag == "pre":
        inner = replace(around, is_kept_as_written=True)
    return inner


def _read_table(table: Element, grid: Grid, pen: _Pen, around: _Around) -> None:
    caption = next((child for child in table if tag_of(child) == "caption"), None)
    if caption is not None:
        inner = _Around(BlockKind.CAPTION, names_table=True)
        _read(caption, pen, inner)
        pen.end(inner)
    text = " ".join(cell.text for cell in grid)
    pen.add(Found(BlockKind.TABLE, "", grid=grid), table, text)
    pen.last_item = around.item


def _first_number(element: Element) -> int:
    start = element.get("start") or ""
    return int(start) if tag_of(element) == "ol" and start.isdecimal() and len(start) < 6 else 1


def _is_numbered(item: Element) -> bool:
    parent = item.getparent()
    return parent is not None and tag_of(parent) == "ol"


def _leads_back(element: Element, tag: str) -> bool:
    """Whether this is the link from a note back to its place in the text."""
    href = element.get("href") or ""
    return tag == "a" and href.startswith("#") and bool(_BACK.fullmatch("".join(element.itertext())))


def one_block(text: str, *, as_written: bool = False) -> str:
    """Return a block's text: white space folded, line breaks where the page makes them."""
    cleaned = clean(text.translate(_INVISIBLE))
    lines = cleaned.split("\n") if as_written else cleaned.split(_BREAK)
    kept = (line.rstrip() if as_written else " ".join(line.split()) for line in lines)
    return "\n".join(line for line in kept if line.strip())
