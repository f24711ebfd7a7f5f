"""From the lines of a document's pages to blocks in reading order, and to the pages' text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.collecting import without_collector
from harvester.extraction.composing import ComposedPage, Piece, compose
from harvester.extraction.continuing import read_on
from harvester.extraction.furniture import find_furniture, is_page_number, parts_of
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.labels import figures_of, take_out
from harvester.extraction.lines import Line, PageLines
from harvester.extraction.notes import with_notes
from harvester.extraction.ordering import in_reading_order
from harvester.extraction.paragraphs import Leading, into_blocks
from harvester.extraction.tabling import SetTable, between, in_order, placed, set_apart
from harvester.extraction.turned import find_turned


@without_collector()
def lay_out(pages: Sequence[PageLines]) -> list[ComposedPage]:
    """Compose each page: headers first, then what is read, then footers."""
    size = body_size(pages)
    furniture = find_furniture(pages, body_size=size)
    furniture = [of or turned for of, turned in zip(furniture, find_turned(pages, furniture), strict=True)]
    leading = Leading.measure(pages)
    hyphens = Hyphens(line for page in pages for line in page.lines)
    read: list[list[Piece]] = []
    found: list[list[SetTable]] = []
    for page, running in zip(pages, furniture, strict=True):
        body = [line for index, line in enumerate(page.lines) if index not in running]
        outside, inside = take_out(body, figures_of(page))
        tables, text = set_apart(outside, page.ink, width=page.width, height=page.height)
        parts = [block for part in between(text, tables) for block in into_blocks(part, leading)]
        blocks = in_order(parts, tables)
        pieces = in_reading_order(_with_figures(blocks, inside, body))
        read.append(with_notes(pieces, body_size=size, height=page.height))
        found.append(tables)
    composed: list[ComposedPage] = []
    for page, running, pieces, tables in zip(pages, furniture, read_on(read, hyphens), found, strict=True):
        above, below = _running_pieces(page, running)
        made = compose(page, [*above, *pieces, *below], number=len(composed) + 1, hyphens=hyphens)
        composed.append(replace(made, tables=placed(tables, made.lines)))
    return composed


def _with_figures(
    pieces: list[Piece], figures: Sequence[Sequence[Line]], drawn: Sequence[Line]
) -> list[Piece]:
    """Put the letters of each figure, as one block, where they were drawn."""
    labels = [Piece(BlockKind.FIGURE, tuple(lines)) for lines in figures if lines]
    if not labels:
        return pieces
    place = {id(word): number for number, line in enumerate(drawn) for word in line.words}
    return sorted([*pieces, *labels], key=lambda piece: place[id(piece.lines[0].words[0])])


def body_size(pages: Sequence[PageLines]) -> float:
    """Return the type size of most of a document's characters; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += sum([len(word.text) for word in line.words])
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _running_pieces(page: PageLines, running: Mapping[int, BlockKind]) -> tuple[list[Piece], list[Piece]]:
    """Return what runs at a page's top and at its bottom."""
    edges: tuple[list[Piece], list[Piece]] = ([], [])
    for index, kind in running.items():
        line = page.lines[index]
        edges[2 * line.box.top >= page.height].extend(
            Piece(BlockKind.PAGE_NUMBER if is_page_number(part) else kind, (part,)) for part in parts_of(line)
        )
    for pieces in edges:
        pieces.sort(key=lambda piece: (round(piece.box.top), piece.box.x0))
    return edges
