"""A document as Markdown for people to read: structure shown, running headers and footers left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.vocabulary.documents import Block, BlockKind, ExtractedText, Page, Table
from harvester.extraction.nesting import OpenLists, is_number

_LEFT_OUT = frozenset({BlockKind.HEADER, BlockKind.FOOTER, BlockKind.PAGE_NUMBER})
_LARGEST = 6  # Markdown's deepest heading
_RING = "o"  # word processors take the letter of a typewriter face for a bullet
# What would be read as markup: anywhere, at a word's edge, at a line's start.
_ANYWHERE = re.compile(r"[\\`*<]|\](?=[(:\[])|&(?=#?\w{1,40};)")
_EDGE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"^(?=[#>~|=]|[-+](?:\s|$)|-{3})")
_NUMBERED_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"(?:(?<=\s)|^)#(?=#*$)")  # a heading's last signs are taken for its end


@dataclass(slots=True)
class _Piece:
    """A paragraph of the output, of the kind that it was printed as; ``None`` for the comment at a page's start."""

    kind: BlockKind | None
    text: str


def to_markdown(text: ExtractedText) -> str:
    """Write a document as CommonMark with pipe tables.

    A page's start is a comment (``<!-- page 3 (iv) -->``), which readers of the source see and rendered pages hide; a
    paragraph that goes over it is not broken. Notes and text within figures stand as quotations where they occur. Where
    nothing is known of a page's structure, its lines stand as they are.
    """
    pieces = list(_by_blocks(text) if text.blocks else _by_pages(text.pages))
    if text.title and not any(piece.kind is BlockKind.TITLE for piece in pieces):
        pieces.insert(0, _Piece(BlockKind.TITLE, f"# {_inline(text.title)}"))
    lines: list[str] = []
    last: BlockKind | None = None
    for piece in pieces:
        if lines and not (last is piece.kind is BlockKind.LIST_ITEM):
            lines.append("")
        lines.append(piece.text)
        last = piece.kind
    return "\n".join(lines) + "\n" if lines else ""


def _by_blocks(text: ExtractedText) -> Iterable[_Piece]:
    tables = {table.block: table for table in text.tables}
    pieces: list[_Piece] = []
    lists = OpenLists()
    newest: dict[BlockKind, _Piece] = {}
    page = 0
    for number, block in enumerate(text.blocks):
        if block.kind in _LEFT_OUT:
            continue
        content = text.text_of(block)
        before = newest.get(block.kind)
        if block.goes_on and before and number not in tables:
            before.text += f" {_inline(content)}"
            continue
        if block.page != page:
            pieces += [_comment(text.pages[number - 1]) for number in range(page + 1, block.page + 1)]
            page = block.page
            lists.end()
        table = tables.get(number)
        if block.kind is BlockKind.LIST_ITEM and not table:
            shown = _list_item(block, content, lists)
        else:
            lists.end()
            shown = _table(text, block, table) if table else _block(block, content)
        piece = _Piece(block.kind, shown)
        newest[block.kind] = piece
        pieces.append(piece)
    return pieces


def _by_pages(pages: Sequence[Page]) -> Iterator[_Piece]:
    for page in pages:
        yield _comment(page)
        if lines := [_escaped(line) for line in page.text.splitlines() if line.strip()]:
            yield _Piece(BlockKind.PARAGRAPH, "\n".join(lines))


def _comment(page: Page) -> _Piece:
    label = page.label if page.label != str(page.number) else None
    shown = f" ({label.replace('--', '- -').replace('>', '')})" if label else ""
    return _Piece(None, f"<!-- page {page.number}{shown} -->")


def _block(block: Block, content: str) -> str:
    match block.kind:
        case BlockKind.TITLE | BlockKind.HEADING:
            level = 1 if block.kind is BlockKind.TITLE else 1 + (block.level or 1)
            return f"{'#' * min(level, _LARGEST)} {_CLOSING.sub(_quoted, _inline(content))}"
        case BlockKind.CAPTION:
            return f"*{_inline(content)}*"
        case BlockKind.FOOTNOTE:
            marker = f"**{_inline(block.marker)}** " if block.marker else ""
            words = _without(block.marker, content)
            return f"> {marker}{_inline(words) if marker else _escaped(words)}"
        case BlockKind.FIGURE:
            return f"> *In the figure:* {_inline(content)}"
        case _:
            return _escaped(content)


def _list_item(block: Block, content: str, lists: OpenLists) -> str:
    marker = block.marker or ""
    is_bullet = marker == _RING or not any(ch.isalnum() for ch in marker)
    said = "" if is_bullet or is_number(marker) else f"{_inline(marker)} "
    return f"{lists.begin_item(block.level or 1, marker)}{said}{_escaped(_without(block.marker, content))}"


def _without(marker: str | None, content: str) -> str:
    """Content without the marker that it begins with."""
    return content.lstrip().removeprefix(marker) if marker else content


def _table(text: ExtractedText, block: Block, table: Table) -> str:
    page = text.pages[block.page - 1].text
    rows = 1 + max((cell.row for cell in table.cells), default=0)
    columns = 1 + max((cell.column for cell in table.cells), default=0)
    grid = [[""] * columns for _ in range(rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = _inline(page[cell.start : cell.end]).replace("|", "\\|")
    shown = [f"| {' | '.join(row)} |" for row in grid]
    return "\n".join([shown[0], f"|{' --- |' * columns}", *shown[1:]])


def _flat(content: str) -> str:
    return " ".join(content.split())


def _inline(content: str) -> str:
    """Text on one line with nothing in it that would be read as markup, save at its start."""
    return _EDGE.sub(r"\\_", _ANYWHERE.sub(_quoted, _flat(content)))


def _quoted(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _escaped(line: str) -> str:
    """Return a paragraph, or the first line of one."""
    return _NUMBERED_START.sub(r"\1\\\2", _LINE_START.sub(r"\\", _inline(line)))
