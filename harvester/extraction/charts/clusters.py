"""Marks that stand close to each other, found on a coarse grid over the page that running text and tables part."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from harvester.extraction.geometry import Floats

_CELL = 6.0  # points: half a line of type
_LARGEST = 600  # cells from side to side; of larger pages cells are larger
_REACH = 7.0  # points around each mark: marks of one drawing lie within a line of type of each other

Grid = NDArray[np.int32]


def clusters_of(marks: Floats, barriers: Floats, *, width: float, height: float) -> NDArray[np.int32]:
    """Return the cluster, from 1, of each mark; 0 where a mark lies on nothing but barriers."""
    cell = max(_CELL, width / _LARGEST, height / _LARGEST)
    grid = np.zeros((int(height / cell) + 2, int(width / cell) + 2), np.int32)
    places = _cells(marks, grid, cell, reach=_REACH)
    for x0, top, x1, bottom in places:
        grid[top:bottom, x0:x1] = -1
    for x0, top, x1, bottom in _cells(barriers, grid, cell, reach=-1.0):
        grid[top:bottom, x0:x1] = 0
    grid = _numbered(grid)
    return np.array([_first(grid, place) for place in places], np.int32)


def _cells(boxes: Floats, grid: Grid, cell: float, *, reach: float) -> list[list[int]]:
    """Return the cells that boxes touch as first and last but one, across and down."""
    grown = boxes + np.array([-reach, -reach, reach, reach])
    cells = (grown / cell).astype(int)
    cells[:, 2:] += 1
    down, across = grid.shape
    found: list[list[int]] = np.clip(cells, 0, [across, down, across, down]).tolist()
    return found


def _numbered(grid: Grid) -> Grid:
    """Give the cells that hang together, and are -1, a number of their own, in the order in which each is met first."""
    starts, ends = _runs(grid)
    owner = list(range(len(starts)))
    above: Sequence[int] = ()
    row, here = -1, list[int]()
    for run, (y, x0) in enumerate(starts):
        if y != row:
            above, row, here = (here if y == row + 1 else ()), y, []
        for other in above:
            if starts[other][1] < ends[run] and x0 < ends[other]:
                one, two = sorted((_root(owner, run), _root(owner, other)))
                owner[two] = one
        here.append(run)
    numbers: dict[int, int] = {}
    numbered = np.zeros_like(grid)
    for run, (y, x0) in enumerate(starts):
        numbered[y, x0 : ends[run]] = numbers.setdefault(_root(owner, run), len(numbers) + 1)
    return numbered


def _runs(grid: Grid) -> tuple[list[tuple[int, int]], list[int]]:
    """Return where cells of -1 that follow each other in a row begin, by row and column, and the column after each."""
    edges = np.diff(np.pad((grid == -1).astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, columns = np.nonzero(edges == 1)
    return list(zip(rows.tolist(), columns.tolist(), strict=True)), np.nonzero(edges == -1)[1].tolist()


def _root(owner: list[int], run: int) -> int:
    while owner[run] != run:
        owner[run] = owner[owner[run]]
        run = owner[run]
    return run


def _first(grid: Grid, place: Sequence[int]) -> int:
    x0, top, x1, bottom = place
    if x0 >= x1 or top >= bottom:
        return 0
    if number := grid[top, x0]:  # of most marks, which no text parts
        return int(number)
    cells = grid[top:bottom, x0:x1]
    held = cells[cells > 0]
    return int(held[0]) if held.size else 0
