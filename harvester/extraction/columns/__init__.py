"""Columns of running text that a document draws row by row, put one after the other."""

from harvester.extraction.columns.crossing import find_crossings
from harvester.extraction.columns.ordering import arrange
from harvester.extraction.columns.strips import Words

__all__ = ["Words", "arrange", "find_crossings"]
