"""What sets a table apart from a list, a form, a table of contents, a page in columns."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around
from harvester.extraction.tables.aligned import Sheet
from harvester.extraction.tables.rows import Piece, Row, piece_of, rows_of
from harvester.extraction.tables.shapes import GridCell, Ink, Placed

_MARKER = re.compile(
    r"\W|[oO§]|[(\[]?(\d{1,3}|[A-Za-z]|[ivxlIVXL]{1,6})([.)\]:]|\.\d{1,2})*|\d{1,2}(\.\d{1,2})+"
)
_LEADER = re.compile(r"\.{4}|(\. ){3}|(- ){3}|…{2}|_{4}")
_LED_TO_PAGE = re.compile(r"\.{3,} ?\d{1,4}$")
FEWEST_ROWS, FEWEST_ROWS_WITHOUT_LINES = 2, 3
FILLED = 0.45  # of its cells: plots and formulas scatter their pieces, a table of which half is blank is rare
EQUATIONS = 1 / 3  # of the rows; a table says what its figures equal in one head at most
PARAGRAPH = 60  # words: a cell that holds most of the words, and as many, is a frame around running text
_NEAR = (
    0.3  # of the height of the type: what is set on one edge or axis lies closer than a thin letter is wide
)


def is_table(sheet: Sheet, ink: Ink, *, lines: int) -> bool:
    """Judge a sheet by its contents and by how many lines cross it from side to side.

    Numbers stand in columns for comparison and nothing else does with such regularity: where most of what stands
    right of the first column is figures, three rows are enough. Words need more evidence: lines, or cells that are
    short and keep to a common edge over four rows and three columns.
    """
    several = [row for row in sheet.rows if len(row.pieces) > 1]
    fewest = FEWEST_ROWS if lines >= 2 else FEWEST_ROWS_WITHOUT_LINES
    if len(several) < fewest or _is_list(several) or _is_contents(several):
        return False
    others = [piece for row in several for piece in row.pieces[1:]]
    figures = sum(piece.is_figure for piece in others) / len(others)
    if _filled(sheet) < FILLED or _is_drawing(sheet, ink):
        return False
    if figures < 0.7 and _is_formula(sheet):
        return False
    words = sum(len(piece.words) for piece in others) / len(others)
    aligned = _aligned(sheet)
    columns = len(sheet.columns)
    if figures >= 0.5:
        return aligned >= 0.5 and (columns > 2 or lines >= 2 or len(several) >= 4)
    if lines >= 2:
        return aligned >= 0.5 and (words <= 6 or lines >= len(several) / 2)
    return columns >= 3 and len(several) >= 4 and aligned >= 0.8 and words <= 3


def is_grid(cells: Sequence[GridCell]) -> bool:
    """Whether drawn cells make a table: two rows and columns at least, most of them written in, not a box of text."""
    rows = max((cell.row for cell in cells), default=0) + 1
    columns = max((cell.column for cell in cells), default=0) + 1
    covered = sum(cell.row_span * cell.column_span for cell in cells)
    if rows < 2 or columns < 2 or len(cells) < 4 or covered < FILLED * rows * columns:
        return False
    longest = max(len(cell.words) for cell in cells)
    return longest < PARAGRAPH or longest < 0.6 * sum(len(cell.words) for cell in cells)


def is_crowded(cells: Sequence[GridCell], words: Sequence[Placed]) -> bool:
    """Whether drawn cells hold several cells each: figures side by side, or as many under one another in two columns.

    Figures do not wrap; two of them in a cell may be a value and its error below.
    """
    beside = 0
    stacked: Counter[tuple[int, int]] = Counter()
    for cell in cells:
        rows = rows_of(words, cell.words)
        beside += sum(sum(piece.is_figure for piece in row.pieces) > 1 for row in rows)
        if len(rows) > 2 and all(_ends_in_figure(row, words) for row in rows):
            stacked[cell.row, len(rows)] += 1
    return beside >= 2 or any(count >= 2 for count in stacked.values())


def _ends_in_figure(row: Row, words: Sequence[Placed]) -> bool:
    return piece_of(words, row.pieces[-1].words[-1:]).is_figure


def _is_list(rows: Sequence[Row]) -> bool:
    """Whether the first pieces are nothing but marks of list items, each with one piece beside it."""
    marked = sum(_MARKER.fullmatch(row.pieces[0].text) is not None and len(row.pieces) == 2 for row in rows)
    return marked >= 0.7 * len(rows)


def _is_contents(rows: Sequence[Row]) -> bool:
    """Whether rows lead from titles to page numbers that never fall, by dots or over white space."""
    pieces = [piece for row in rows for piece in row.pieces]
    if sum(_LED_TO_PAGE.search(piece.text) is not None for piece in pieces) >= 0.5 * len(pieces):
        return True  # titles, dots and numbers of two columns of contents
    texts = [" ".join(piece.text for piece in row.pieces) for row in rows]
    pages = [
        int(last) for last in (text.split()[-1] for text in texts) if last.isdecimal() and len(last) <= 4
    ]
    if len(pages) < 0.7 * len(rows) or any(one > other for one, other in pairwise(pages)):
        return False
    if sum(_LEADER.search(text) is not None for text in texts) >= 0.5 * len(rows):
        return True
    titled = sum(sum(map(str.isalpha, text)) > 0.6 * len(text.replace(" ", "")) for text in texts)
    return pages[0] < pages[-1] and titled >= 0.7 * len(rows) and max(len(row.pieces) for row in rows) <= 3


def _filled(sheet: Sheet) -> float:
    """Return the share of cells with something in them, rows of one piece, which may be headings, left out."""
    several = [row for row in sheet.rows if len(row.pieces) > 1]
    covered = 0
    for row in several:
        spans = sheet.columns.of_row(row)
        covered += len({column for _, first, last in spans for column in range(first, last + 1)})
    return covered / (len(several) * len(sheet.columns))


def _is_drawing(sheet: Sheet, ink: Ink) -> bool:
    """Whether the rows are the labels of a plot: curves run between them, or numbers fall by equal steps as on an axis.

    Years may fall by one; nobody sorts a table so that a column falls by other equal steps.
    """
    box = around([row.box for row in sheet.rows])
    area = (box.x1 - box.x0) * (box.bottom - box.top)
    if sum(_shared(drawing, box) for drawing in ink.drawings) > 0.5 * area:
        return True
    by_column: dict[int, list[float]] = {}
    for row in sheet.rows:
        for piece, first, _ in sheet.columns.of_row(row):
            number = _number(piece.text)
            if number is not None:
                by_column.setdefault(first, []).append(number)
    for numbers in by_column.values():
        steps = {round(other - one, 6) for one, other in pairwise(numbers)}
        if len(numbers) >= 4 and len(steps) == 1 and min(steps) < 0 and steps != {-1.0}:
            return True
    return False


def _shared(one: Box, other: Box) -> float:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(across, 0.0) * max(down, 0.0)


def _number(text: str) -> float | None:
    try:
        return float(text.rstrip("%").replace(",", "").replace("−", "-").replace("–", "-"))
    except ValueError:
        return None


def _is_formula(sheet: Sheet) -> bool:
    """Whether rows are equations, or type of several sizes is stacked as in them: raised, lowered, over strokes."""
    equations = sum(any("=" in piece.text.split() for piece in row.pieces) for row in sheet.rows)
    if equations >= EQUATIONS * len(sheet.rows):
        return True
    pieces = [piece for row in sheet.rows for piece in row.pieces]
    heights = sorted(piece.box.bottom - piece.box.top for piece in pieces)
    middle = heights[len(heights) // 2]
    odd = sum(abs(height - middle) > 0.25 * middle for height in heights)
    stacked = sum(
        below.box.top < above.box.bottom - 0.35 * min(above.height, below.height)
        for above, below in pairwise(sheet.rows)
    )
    return odd > 0.25 * len(heights) or stacked > 0.25 * len(sheet.rows)


def _aligned(sheet: Sheet) -> float:
    """Return the share of pieces that keep to their column's common left edge, right edge or axis."""
    by_column: dict[int, list[Piece]] = {}
    for row in sheet.rows:
        for piece, first, last in sheet.columns.of_row(row):
            if first == last:
                by_column.setdefault(first, []).append(piece)
    kept = total = 0
    for pieces in by_column.values():
        near = _NEAR * max(piece.box.bottom - piece.box.top for piece in pieces)
        kept += max(
            _most_at_one(places, near)
            for places in (
                [piece.box.x0 for piece in pieces],
                [piece.box.x1 for piece in pieces],
                [(piece.box.x0 + piece.box.x1) / 2 for piece in pieces],
            )
        )
        total += len(pieces)
    return kept / total if total else 0.0


def _most_at_one(places: Iterable[float], near: float) -> int:
    ordered = sorted(places)
    start, most = 0, 0
    for end, place in enumerate(ordered):
        while place - ordered[start] > 2 * near:
            start += 1
        most = max(most, end - start + 1)
    return most
