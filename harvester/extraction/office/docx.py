"""Word's .docx, by mammoth: its styles become headings, lists, tables and notes."""

from pathlib import Path

import mammoth

from corpus.vocabulary.documents import ExtractedText
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction.office.inner import flatten_inner_tables
from harvester.extraction.office.package import check_package, read_part
from harvester.extraction.office.properties import read_properties
from harvester.extraction.web.decoding import decode
from harvester.extraction.web.page import parse, read_tree

ENGINE = "mammoth"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='TOC Heading'] => p:fresh
"""


def read_docx(path: Path, *, title: str | None = None) -> ExtractedText:
    """Read a document's text without its page headers and footers, pictures and comments.

    Raises
    ------
    ExtractionError
        With the reason when it is damaged, too large or encrypted.
    """
    check_package(path, needs="word/document.xml")
    no_pictures = mammoth.images.img_element(lambda _image: {})
    try:
        with path.open("rb") as file:
            written = mammoth.convert_to_html(file, style_map=_STYLES, convert_image=no_pictures)
    except MemoryError:
        raise
    except Exception as error:  # hostile bytes raise anything, each library its own
        raise ExtractionError("The file is damaged: its text cannot be read.") from error
    declared = read_properties(read_part(path, "docProps/core.xml"))
    body = parse(decode(f"<html><body>{written.value}</body></html>"))[-1]
    flatten_inner_tables(body)
    return read_tree(body, title=title, declared=declared, engine=ENGINE)
