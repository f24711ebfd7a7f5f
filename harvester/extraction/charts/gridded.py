"""Tables whose cells are drawn and nearly all filled: no chart, though one may stand beside."""

from collections.abc import Sequence

from corpus.vocabulary.documents import Box
from harvester.extraction.geometry import around
from harvester.extraction.lines import Direction, Line, PageLines
from harvester.extraction.tables.ruled import fill, grids_of

_FILLED = 0.75  # of the cells: bars with their values in them leave the space between them empty
_FEWEST_CELLS = 4
_FEWEST = 2  # rows, and columns


def gridded_tables(page: PageLines, lines: Sequence[Line]) -> list[Box]:
    """Return the places of such tables."""
    found = []
    words = [word for line in lines if line.direction is Direction.RIGHT for word in line.words]
    for cells in grids_of(page.ink):
        if (
            len(cells) < _FEWEST_CELLS
            or min(len({cell.top for cell in cells}), len({cell.x0 for cell in cells})) < _FEWEST
        ):
            continue
        filled = fill(cells, words, range(len(words)))
        if sum(bool(inside) for _, inside in filled) >= _FILLED * len(cells):
            found.append(around(cells))
    return found
