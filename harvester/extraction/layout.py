"""From the lines of a document's pages to blocks in reading order, and to the pages' text."""

from collections.abc import Mapping, Sequence

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.composing import ComposedPage, Piece, compose
from harvester.extraction.furniture import find_furniture, is_page_number, parts_of
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.lines import PageLines
from harvester.extraction.ordering import in_reading_order
from harvester.extraction.paragraphs import Leading, into_blocks


def lay_out(pages: Sequence[PageLines]) -> list[ComposedPage]:
    """Compose each page: headers first, then what is read, then footers."""
    furniture = find_furniture(pages)
    leading = Leading.measure(pages)
    hyphens = Hyphens(line for page in pages for line in page.lines)
    return [
        compose(page, _pieces(page, running, leading), number=number, hyphens=hyphens)
        for number, (page, running) in enumerate(zip(pages, furniture, strict=True), start=1)
    ]


def _pieces(page: PageLines, running: Mapping[int, BlockKind], leading: Leading) -> list[Piece]:
    edges: dict[bool, list[Piece]] = {True: [], False: []}
    for index, kind in running.items():
        line = page.lines[index]
        edges[2 * line.box.top < page.height] += [
            Piece(BlockKind.PAGE_NUMBER if is_page_number(part) else kind, (part,)) for part in parts_of(line)
        ]
    for pieces in edges.values():
        pieces.sort(key=lambda piece: (round(piece.box.top), piece.box.x0))
    body = [line for index, line in enumerate(page.lines) if index not in running]
    blocks = [
        Piece(BlockKind.PARAGRAPH, tuple(lines)) for lines in in_reading_order(into_blocks(body, leading))
    ]
    return [*edges[True], *blocks, *edges[False]]
