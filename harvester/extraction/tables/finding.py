"""All tables of a page: first those whose cells are drawn, then those that alignment shows among the other words."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around
from harvester.extraction.tables.aligned import sheet_of
from harvester.extraction.tables.bands import bands_of
from harvester.extraction.tables.captions import caption_of
from harvester.extraction.tables.heads import by_heads
from harvester.extraction.tables.judging import (
    FEWEST_ROWS,
    FEWEST_ROWS_WITHOUT_LINES,
    is_crowded,
    is_grid,
    is_table,
)
from harvester.extraction.tables.prose import by_columns, gutter_of, part_prose
from harvester.extraction.tables.rows import Row, rows_of
from harvester.extraction.tables.ruled import fill, grids_of, numbered, with_stub
from harvester.extraction.tables.ruling import lines_across, lines_down
from harvester.extraction.tables.runs import runs_of
from harvester.extraction.tables.scattered import FEWEST, holds, scattered
from harvester.extraction.tables.shapes import FoundTable, Ink, Kind, Placed
from harvester.extraction.tables.wrapping import cells_of

FEWEST_CELLS = 5  # two rows of two may be anything that happens to stand so
BACKGROUND = 0.9  # of the page's width: a picture behind everything, not a plot


def find_tables(words: Sequence[Placed], ink: Ink, *, width: float, height: float) -> tuple[FoundTable, ...]:
    """Find a page's tables, from top to bottom."""
    ink = _without_background(ink, width)
    tables = list(_ruled(words, ink))
    taken = {at for table in tables for cell in table.cells for at in cell.words}
    free = [at for at in range(len(words)) if at not in taken]
    rows = rows_of(words, free)
    tables += _aligned(rows, words, ink, width)
    tables.sort(key=lambda table: (table.box.top, table.box.x0))
    return tuple(_captioned(tables, rows)) if tables else ()


def _captioned(tables: Sequence[FoundTable], rows: Sequence[Row]) -> Iterator[FoundTable]:
    taken = {at for table in tables for cell in table.cells for at in cell.words}
    for table in tables:
        caption = caption_of(table, _without(rows, taken))
        taken |= set(caption)
        yield replace(table, caption=caption)


def _without_background(ink: Ink, width: float) -> Ink:
    if not ink.drawings:
        return ink
    return replace(ink, drawings=tuple(box for box in ink.drawings if box.x1 - box.x0 < BACKGROUND * width))


def _ruled(words: Sequence[Placed], ink: Ink) -> Iterator[FoundTable]:
    grids = grids_of(ink)
    regions: list[Box] = []
    for coloured in _coloured(grids, words, ink):
        regions.append(coloured.box)
        yield coloured
    taken: set[int] = set()
    if regions:
        taken.update(at for at, word in enumerate(words) if any(holds(box, word.box) for box in regions))
    for drawn in grids:
        if any(holds(box, around(drawn)) for box in regions):
            continue
        free = [at for at in range(len(words)) if at not in taken]
        grid = with_stub(drawn, words, free)
        filled = fill(grid, words, free)
        cells = numbered(filled)
        if is_crowded(cells, words):
            inside = [at for _, chosen in filled for at in chosen]
            table = _table_of(rows_of(words, inside), words, ink, ruled=lines_down(around(grid), ink))
        elif is_grid(cells):
            table = FoundTable(around(grid), cells, Kind.RULED)
        else:
            table = None
        if table is not None:
            taken |= {at for cell in table.cells for at in cell.words}
            yield table


def _coloured(grids: Sequence[Sequence[Box]], words: Sequence[Placed], ink: Ink) -> Iterator[FoundTable]:
    """Yield tables of figures of which cells are coloured here and there."""
    if len(grids) < FEWEST or not words:
        return
    heights = sorted(word.box.bottom - word.box.top for word in words)
    for region in scattered([around(grid) for grid in grids], height=heights[len(heights) // 2]):
        rows = rows_of(words, [at for at, word in enumerate(words) if holds(region, word.box)])
        pieces = [piece for row in rows for piece in row.pieces]
        if 2 * sum(piece.is_figure for piece in pieces) > len(pieces):
            table = _table_of(rows, words, ink)
            if table is not None:
                yield table


def _aligned(rows: Sequence[Row], words: Sequence[Placed], ink: Ink, width: float) -> Iterator[FoundTable]:
    if not any(len(row.pieces) > 1 for row in rows):
        return
    for band in bands_of(ink, rows):
        inside = {at for row in rows for at in _words_in(row, band)}
        table = _table_of(_without(rows, outside=inside), words, ink) if inside else None
        if table is not None:
            yield table
            rows = _without(rows, inside)
    others, prose = part_prose(rows)
    for part in by_columns(others, gutter_of(prose, width), ink):
        for run in runs_of(part, 0.0, width):
            tables = (_table_of(rows, words, ink) for rows in by_heads(run))
            yield from (table for table in tables if table is not None)


def _words_in(row: Row, region: Box) -> Iterator[int]:
    for piece in row.pieces:
        if holds(region, piece.box):
            yield from piece.words


def _without(
    rows: Sequence[Row], taken: Collection[int] = (), *, outside: Collection[int] | None = None
) -> list[Row]:
    """Return what is left of rows without pieces that have taken words, or words outside of a choice."""
    parts = [
        tuple(
            piece
            for piece in row.pieces
            if not any(at in taken or (outside is not None and at not in outside) for at in piece.words)
        )
        for row in rows
    ]
    return [Row(pieces) for pieces in parts if pieces]


def _table_of(
    run: Sequence[Row], words: Sequence[Placed], ink: Ink, *, ruled: Sequence[float] = ()
) -> FoundTable | None:
    is_crossed = bool(ink.across or ink.areas or ruled)
    if len(run) < (FEWEST_ROWS if is_crossed else FEWEST_ROWS_WITHOUT_LINES):
        return None
    sheet = sheet_of(run, words, ruled=ruled)
    if sheet is None:
        return None
    box = around([row.box for row in sheet.rows])
    lines = lines_across(box, ink)
    if not is_table(sheet, ink, lines=len(lines) + len(ruled)):
        return None
    cells = cells_of(sheet, words, lines)
    if len({cell.row for cell in cells}) < 2 or len(cells) < FEWEST_CELLS:
        return None
    return FoundTable(box, cells, Kind.PARTLY_RULED if lines else Kind.ALIGNED)
