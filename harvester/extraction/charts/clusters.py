"""Marks that stand close to each other, found on a coarse grid over the page that running text and tables part."""

from collections import deque

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
    return np.array([_first(grid[top:bottom, x0:x1]) for x0, top, x1, bottom in places], np.int32)


def _cells(boxes: Floats, grid: Grid, cell: float, *, reach: float) -> list[list[int]]:
    """Return the cells that boxes touch as first and last but one, across and down."""
    grown = boxes + np.array([-reach, -reach, reach, reach])
    cells = (grown / cell).astype(int)
    cells[:, 2:] += 1
    down, across = grid.shape
    found: list[list[int]] = np.clip(cells, 0, [across, down, across, down]).tolist()
    return found


def _numbered(grid: Grid) -> Grid:
    """Give the cells that hang together, and are -1, a number of their own."""
    cells: list[list[int]] = np.pad(grid, 1).tolist()  # a list is asked faster than an array, cell by cell
    number = 0
    for row, column in (np.argwhere(grid == -1) + 1).tolist():
        if cells[row][column] != -1:
            continue
        number += 1
        cells[row][column] = number
        left = deque([(row, column)])
        while left:
            y, x = left.popleft()
            for down, across in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                if cells[down][across] == -1:
                    cells[down][across] = number
                    left.append((down, across))
    return np.array(cells, np.int32)[1:-1, 1:-1]


def _first(cells: Grid) -> int:
    held = cells[cells > 0]
    return int(held[0]) if held.size else 0
