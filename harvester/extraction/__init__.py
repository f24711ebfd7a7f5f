"""Documents in, text with places out: a library that knows no crawl and no database.

Each child process loads this: readers of other kinds than PDF are not loaded here.
"""

from harvester.extraction.attempts import Attempt, Body, attempt
from harvester.extraction.documents import extract_document, read_document, render_page
from harvester.extraction.exchange import Reading
from harvester.extraction.storage import from_json, to_json
from harvester.extraction.version import EXTRACTOR, EXTRACTOR_VERSION

__all__ = [
    "EXTRACTOR",
    "EXTRACTOR_VERSION",
    "Attempt",
    "Body",
    "Reading",
    "attempt",
    "extract_document",
    "from_json",
    "read_document",
    "render_page",
    "to_json",
]
