"""From the lines of a document's pages to blocks in reading order, and to the pages' text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.collecting import without_collector
from harvester.extraction.composing import ComposedPage, Piece, compose
from harvester.extraction.furniture import find_furniture, is_page_number, parts_of
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.labels import figures_of, take_out
from harvester.extraction.lines import Direction, Line, PageLines
from harvester.extraction.notes import with_notes
from harvester.extraction.ordering import in_reading_order
from harvester.extraction.paragraphs import Leading, breaks_off, into_blocks, is_elsewhere
from harvester.extraction.tabling import between, in_order, placed, set_apart


@without_collector()
def lay_out(pages: Sequence[PageLines]) -> list[ComposedPage]:
    """Compose each page: headers first, then what is read, then footers."""
    furniture = find_furniture(pages)
    leading = Leading.measure(pages)
    hyphens = Hyphens(line for page in pages for line in page.lines)
    size = body_size(pages)
    composed: list[ComposedPage] = []
    last: Piece | None = None
    for number, (page, running) in enumerate(zip(pages, furniture, strict=True), start=1):
        above, below = _running_pieces(page, running)
        body = [line for index, line in enumerate(page.lines) if index not in running]
        outside, inside = take_out(body, figures_of(page))
        tables, text = set_apart(outside, page.ink, width=page.width, height=page.height)
        parts = [block for part in between(text, tables) for block in into_blocks(part, leading)]
        blocks = in_order(parts, tables)
        pieces = in_reading_order(_with_figures(blocks, inside, body))
        pieces = with_notes(pieces, body_size=size, height=page.height)
        pieces, last = _with_continuations(pieces, last)
        made = compose(page, [*above, *pieces, *below], number=number, hyphens=hyphens)
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
            sizes[round(line.size, 1)] += sum(len(word.text) for word in line.words)
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


def _with_continuations(pieces: Sequence[Piece], last: Piece | None) -> tuple[list[Piece], Piece | None]:
    """Say of paragraphs over a column's or page's end that they go on; return the last paragraph too."""
    told: list[Piece] = []
    for position, piece in enumerate(pieces):
        if piece.kind is BlockKind.PARAGRAPH and piece.lines[0].direction is Direction.RIGHT:
            is_broken = last is not None and breaks_off(last.lines[-1]) and _begins_within(piece)
            if is_broken and (position == 0 or (told and is_elsewhere(told[-1].lines[-1], piece.lines[0]))):
                told.append(replace(piece, goes_on=True))
            else:
                told.append(piece)
            last = told[-1]
        else:
            told.append(piece)
    return told, last


def _begins_within(piece: Piece) -> bool:
    """Whether a piece begins within a sentence: with a small letter, or a number of something."""
    first, *others = (word.text for word in piece.lines[0].words[:2])
    return first[0].islower() or (first.isdigit() and bool(others) and others[0][0].islower())
