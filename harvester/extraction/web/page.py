"""A web page into text: one page without paper, with headings, lists and tables as blocks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import lxml.html
from lxml.etree import ErrorTypes, ParserError, _ListErrorLog
from lxml.etree import _Element as Element

from corpus.vocabulary.documents import Block, BlockKind, Cell, DocumentFacts, ExtractedText, Page, Table
from harvester.extraction.structure import find_authors, find_date, sections_of
from harvester.extraction.structure.titling import agree
from harvester.extraction.telling import tell
from harvester.extraction.tidying import one_line, tidy
from harvester.extraction.titles import is_left_behind, is_sensible
from harvester.extraction.version import EXTRACTOR, EXTRACTOR_VERSION
from harvester.extraction.web.blocks import Found, find_blocks
from harvester.extraction.web.content import find_content
from harvester.extraction.web.decoding import decode
from harvester.extraction.web.elements import is_silent, tag_of
from harvester.extraction.web.shallow import shallow

ENGINE = "trafilatura"
_FRONT = 12  # blocks among which authors and date are looked for
_SITE = re.compile(r"\s[|–—·»:-]{1,2}\s")  # what parts a page's title from the name of its site
_NAMES_TABLE = re.compile(r"table\s{0,3}[\w.]{1,8}", re.IGNORECASE)
_BETWEEN_BLOCKS, _BETWEEN_ROWS, _BETWEEN_CELLS = "\n\n", "\n", " "


def extract_html(html: bytes | str, *, title: str | None = None) -> ExtractedText:
    """Take the content of a web page: its headings, paragraphs, lists and tables, without the site around it.

    A web page has no paper: the result is one page of width and height 0 without words. A page without
    text gives an empty text.

    Parameters
    ----------
    html
        A document or a fragment. Bytes are decoded by byte order mark, declared charset, else UTF-8;
        what cannot be decoded becomes U+FFFD.
    title
        The title that the source gives; else the page's ``title`` (both count as metadata), else its first
        ``h1`` (typography).
    """
    root = parse(decode(html))
    body = next((el for el in root if tag_of(el) == "body"), root)
    return read_tree(body, title=title, declared=_declared(root), engine=ENGINE)


def read_tree(body: Element, *, title: str | None, declared: Mapping[str, str], engine: str) -> ExtractedText:
    """Take the content of a parsed page, or of whatever was written as one."""
    found = find_blocks(find_content(body))
    printed = [one_line(text, longest=1_000) for text in _main_headings(body)]
    said = one_line(title or "", longest=1_000) or _own_title(declared.get("title", ""), printed)
    best = said or next(iter(printed), "")
    text, blocks, tables = _compose(_levelled(_with_title(found, best, is_printed=best in printed)))
    front = [line for block in found[:_FRONT] if block.grid is None for line in block.text.split("\n")]
    author = declared.get("author") or declared.get("creator")
    read = ExtractedText(
        title=best or None,
        title_from="metadata" if said else "typography" if best else None,
        pages=(Page(number=1, width=0.0, height=0.0, text=text, words=(), engine=engine),),
        extractor=EXTRACTOR,
        extractor_version=EXTRACTOR_VERSION,
        blocks=blocks,
        tables=tables,
        facts=DocumentFacts(
            declared=tidy(declared),
            authors=find_authors(front, title=best or None, declared=author),
            dated=find_date(front),
        ),
    )
    return tell(replace(read, sections=sections_of(read)))


def parse(html: str) -> Element:
    """Parse characters as browsers do; the result has a head and a body.

    The parser stops where elements nest too deep: such a page is parsed without its deepest ones.
    """
    page, log = _parse(html)
    if any(entry.type == ErrorTypes.ERR_RESOURCE_LIMIT for entry in log):
        page, _ = _parse(shallow(html))
    return page


def _parse(html: str) -> tuple[Element, _ListErrorLog]:
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = lxml.html.document_fromstring(html, parser=parser, ensure_head_body=True)
    except ParserError:  # nothing but white space and comments
        page = lxml.html.document_fromstring("<html><body></body></html>", parser=parser)
    return page, parser.error_log


def _declared(root: Element) -> dict[str, str]:
    """Return what the page's head declares, by the names it uses."""
    declared: dict[str, str] = {}
    for element in root.iter("title", "meta"):
        name = "title" if element.tag == "title" else element.get("name") or element.get("property")
        value = "".join(element.itertext()) if element.tag == "title" else element.get("content")
        if name and value:
            declared.setdefault(name, value)
    return declared


def _main_headings(body: Element) -> list[str]:
    """Return the page's headings of the first level, within its content or above it."""
    shown = (el for el in body.iter("h1") if not any(map(is_silent, (el, *el.iterancestors()))))
    return [text for text in ("".join(el.itertext()).strip() for el in shown) if text]


def _own_title(declared: str, printed: Sequence[str]) -> str:
    """Return the declared title unless a program left it there, or a doubtful one stands against a printed one."""
    own = _without_site(declared, printed)
    return "" if is_left_behind(own) or (printed and own not in printed and not is_sensible(own)) else own


def _without_site(declared: str, printed: Sequence[str]) -> str:
    """Return the declared title; where it is a printed one with the site's name beside it, or cut, the printed one."""
    said = one_line(declared, longest=1_000)
    own = _SITE.split(said, maxsplit=1)[0]
    same = [text for text in printed if text.casefold() in said.casefold()]
    return max(same, key=len, default=None) or next((text for text in printed if agree(own, text)), said)


def _with_title(found: Sequence[Found], title: str, *, is_printed: bool) -> list[Found]:
    """Mark the first heading that is the title; put it before the content where the page has it above."""
    wanted = title.casefold()
    for number, block in enumerate(found):
        if block.kind is BlockKind.HEADING and " ".join(block.text.split()).casefold() == wanted:
            marked = replace(block, kind=BlockKind.TITLE, level=None)
            return [*found[:number], marked, *found[number + 1 :]]
    return [Found(BlockKind.TITLE, title), *found] if is_printed else list(found)


def _levelled(found: Sequence[Found]) -> list[Found]:
    """Count levels of headings from 1: those below a title begin at whatever level the page's author liked."""
    levels = [block.level for block in found if block.kind is BlockKind.HEADING and block.level]
    down = min(levels, default=1) - 1
    return [
        replace(block, level=block.level - down) if block.kind is BlockKind.HEADING and block.level else block
        for block in found
    ]


def _compose(found: Sequence[Found]) -> tuple[str, tuple[Block, ...], tuple[Table, ...]]:
    """Write the blocks one after the other; a table row by row."""
    pieces: list[str] = []
    blocks: list[Block] = []
    tables: list[Table] = []
    at = 0
    caption: int | None = None
    for number, block in enumerate(found):
        if pieces:
            pieces.append(_BETWEEN_BLOCKS)
            at += len(_BETWEEN_BLOCKS)
        text, cells = _grid_text(block, at) if block.grid is not None else (block.text, ())
        if block.grid is not None:
            tables.append(Table(number, cells, caption))
        caption = number if block.names_table or _is_tables_name(block) else None
        pieces.append(text)
        blocks.append(
            Block(block.kind, 1, at, at + len(text), None, block.level, block.marker, goes_on=block.goes_on)
        )
        at += len(text)
    return "".join(pieces), tuple(blocks), tuple(tables)


def _is_tables_name(block: Found) -> bool:
    return block.kind is BlockKind.CAPTION and _NAMES_TABLE.match(block.text) is not None


def _grid_text(block: Found, start: int) -> tuple[str, tuple[Cell, ...]]:
    text = ""
    cells: list[Cell] = []
    row = -1
    for cell in block.grid or ():
        if text:
            text += _BETWEEN_CELLS if cell.row == row else _BETWEEN_ROWS
        row, begin = cell.row, start + len(text)
        text += cell.text
        cells.append(
            Cell(
                cell.row,
                cell.column,
                begin,
                start + len(text),
                row_span=cell.row_span,
                column_span=cell.column_span,
            )
        )
    return text, tuple(cells)
