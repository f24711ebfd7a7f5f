"""What a document's blocks are to a reader: title, headings with levels, lists, sections, authors, date."""

from harvester.extraction.structure.authors import find_authors
from harvester.extraction.structure.building import with_structure
from harvester.extraction.structure.dates import find_date
from harvester.extraction.structure.outline import OutlineEntry
from harvester.extraction.structure.roles import role_of
from harvester.extraction.structure.sections import sections_of

__all__ = ["OutlineEntry", "find_authors", "find_date", "role_of", "sections_of", "with_structure"]
