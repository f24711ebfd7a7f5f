"""From the lines of a document's pages to blocks in reading order, and to the pages' text."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from corpus.vocabulary.documents import BlockKind
from harvester.extraction.bullets import with_bullets
from harvester.extraction.charts.captions import with_captions
from harvester.extraction.charts.drawn import drawn_on
from harvester.extraction.charts.finding import find_charts, may_draw
from harvester.extraction.charts.marks import Places, standing_on
from harvester.extraction.collecting import without_collector
from harvester.extraction.composing import ComposedPage, Piece, compose
from harvester.extraction.continuing import read_on
from harvester.extraction.furniture import find_furniture, is_page_number, parts_of
from harvester.extraction.hyphens import Hyphens
from harvester.extraction.labels import figures_of, take_out
from harvester.extraction.lines import Direction, Line, PageLines
from harvester.extraction.notes import with_notes
from harvester.extraction.ordering import in_reading_order
from harvester.extraction.paragraphs import Leading, into_blocks
from harvester.extraction.tabling import SetTable, between, in_order, placed, set_apart
from harvester.extraction.turned import find_turned
from harvester.extraction.upright import read_down, turned, turned_back, way_of


@without_collector()
def lay_out(shown: Sequence[PageLines], *, recognised: Collection[int] = ()) -> list[ComposedPage]:
    """Compose each page: headers first, then what is read, then footers; a page of turned text with its text upright.

    ``recognised`` are the pages (from 0) that were read from their pictures.
    """
    size = body_size(shown)
    ways = [way_of(page) for page in shown]
    shown = [read_down(page, way) for page, way in zip(shown, ways, strict=True)]
    pages = [turned(page, way) for page, way in zip(shown, ways, strict=True)]
    furniture = _find_running(shown, pages, ways, size, recognised)
    leading = Leading.measure(pages)
    hyphens = Hyphens(line for page in pages for line in page.lines)
    read: list[list[Piece]] = []
    found: list[list[SetTable]] = []
    standing: Places | None = None
    for page, running in zip(pages, furniture, strict=True):
        body = [line for index, line in enumerate(page.lines) if index not in running]
        outside, inside = take_out(body, figures_of(page))
        drawn = drawn_on(page)
        if may_draw(page):
            standing = standing_on(pages) if standing is None else standing
            charts = find_charts(page, outside, standing, is_first=not read)
            inside += [[outside[place] for place in sorted(chart.lines)] for chart in charts]
            taken = {place for chart in charts for place in chart.lines}
            outside = [line for place, line in enumerate(outside) if place not in taken]
            drawn += [chart.box for chart in charts]
        tables, text = set_apart(outside, page.ink, width=page.width, height=page.height)
        text = with_bullets(text, page.ink)
        parts = [block for part in between(text, tables) for block in into_blocks(part, leading)]
        blocks = in_order(parts, tables)
        pieces = in_reading_order(_with_figures(blocks, inside, body))
        pieces = with_captions(pieces, drawn)
        read.append(with_notes(pieces, body_size=size, height=page.height))
        found.append(tables)
    composed: list[ComposedPage] = []
    for page, running, pieces, tables in zip(pages, furniture, read_on(read, hyphens), found, strict=True):
        above, below = _running_pieces(page, running)
        made = compose(page, [*above, *pieces, *below], number=len(composed) + 1, hyphens=hyphens)
        made = replace(made, tables=placed(tables, made.lines))
        composed.append(turned_back(made, ways[len(composed)]))
    return composed


def _find_running(
    shown: Sequence[PageLines],
    upright: Sequence[PageLines],
    ways: Sequence[Direction],
    size: float,
    recognised: Collection[int],
) -> list[dict[int, BlockKind]]:
    """Return what runs on each page: as it is shown, at its sides, or at top and bottom of its turned text."""
    found = find_furniture(shown, body_size=size, recognised=recognised)
    found = [of or sides for of, sides in zip(found, find_turned(shown, found), strict=True)]
    if all(way is Direction.RIGHT for way in ways):
        return found
    along = find_furniture(upright, body_size=size, recognised=recognised)
    return [
        of if of or way is Direction.RIGHT else turned_of
        for of, way, turned_of in zip(found, ways, along, strict=True)
    ]


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
        is_upright = line.direction is Direction.RIGHT
        is_below = 2 * line.box.top >= page.height if is_upright else kind is BlockKind.FOOTER
        edges[is_below].extend(
            Piece(BlockKind.PAGE_NUMBER if is_page_number(part) else kind, (part,)) for part in parts_of(line)
        )
    for pieces in edges:
        pieces.sort(key=lambda piece: (round(piece.box.top), piece.box.x0))
    return edges
