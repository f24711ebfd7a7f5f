"""Tables as pairs of neighbouring cells, as the ICDAR 2013 table competition compares them."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

Relations = Counter[tuple[int, str, str, str]]
"""Page, a cell's content, its neighbour's content, the direction; each as often as it occurs."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many relations the truth has, how many were found, and how many of these are right."""

    wanted: int
    found: int
    right: int

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(self.wanted + other.wanted, self.found + other.found, self.right + other.right)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what there is that was found."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.wanted + self.found
        return 2 * self.right / total if total else 1.0


def agreement(truth: Relations, found: Relations) -> Agreement:
    """Compare what was found with the truth."""
    return Agreement(truth.total(), found.total(), (truth & found).total())


def relations(tables: Iterable[Mapping[str, Any]]) -> Relations:
    """Return the relations of tables: each cell and the next one that is not blank, to its right and below it.

    A table is its ``page`` and its ``cells``: row, column, spans over rows and columns, content.
    """
    counted: Relations = Counter()
    for table in tables:
        cells = [(*cell[:4], text) for cell in table["cells"] if (text := normal(cell[4]))]
        across, down = _neighbours(cells, axis=1), _neighbours(cells, axis=0)
        for direction, pairs in (("right", across), ("below", down)):
            counted.update((table["page"], cells[one][4], cells[other][4], direction) for one, other in pairs)
    return counted


def _neighbours(cells: Sequence[tuple[Any, ...]], *, axis: int) -> set[tuple[int, int]]:
    """Pairs of cells, by index, that follow each other along an axis (1: to the right) in some line of the grid."""
    lines: dict[int, list[tuple[int, int]]] = {}
    for index, cell in enumerate(cells):
        start, span = cell[1 - axis], cell[3 - axis]
        for line in range(start, start + span):
            lines.setdefault(line, []).append((cell[axis], index))
    pairs: set[tuple[int, int]] = set()
    for row in lines.values():
        pairs.update(pairwise(index for _, index in sorted(row)))
    return pairs


def normal(content: str) -> str:
    """Content as it is compared: capitals, no white space, one sign for all that is neither letter nor digit."""
    shown = "".join(unicodedata.normalize("NFKC", content).upper().split())
    return "".join(ch if ch.isalnum() else "_" for ch in shown)


def read_truth(path: Path) -> list[dict[str, Any]]:
    """Read the tables of a ``-str.xml`` file; each region of a table is compared by itself.

    Raises
    ------
    etree.XMLSyntaxError
        When it is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.parse(path, parser)
    return [
        {
            "page": int(region.get("page")),
            "cells": [_cell(cell) for cell in region.iter("cell")],
        }
        for region in root.iter("region")
    ]


def _cell(cell: Any) -> list[Any]:  # noqa: ANN401 - an element
    row, column = int(cell.get("start-row")), int(cell.get("start-col"))
    last_row, last_column = int(cell.get("end-row", row)), int(cell.get("end-col", column))
    return [row, column, last_row - row + 1, last_column - column + 1, cell.findtext("content") or ""]
