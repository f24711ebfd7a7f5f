"""Tables on a page, from its words and what is drawn around them. Pure: plain values in, plain values out."""

from harvester.extraction.tables.finding import find_tables
from harvester.extraction.tables.shapes import FoundTable, GridCell, Ink, Kind, Placed

__all__ = ["FoundTable", "GridCell", "Ink", "Kind", "Placed", "find_tables"]
