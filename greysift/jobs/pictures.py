"""Page pictures. Reviewers see what we rendered, never the PDF itself."""

import tempfile
from pathlib import Path

from django.conf import settings

from corpus.selectors.records import DocumentView
from corpus.vocabulary.errors import ExtractionError
from greysift.jobs.bodies import body_of
from harvester.extraction import render_page

DPI = 96


def page_picture(document: DocumentView, *, page: int) -> bytes:
    """Return one page as PNG, rendered in a child process once and kept.

    Raises
    ------
    ExtractionError
        When there is no such page or the document cannot be rendered.
    """
    if document.body_sha256 is None or document.warc_file is None or document.warc_offset is None:
        raise ExtractionError("this document was not retrieved")
    kept = Path(settings.DATA_DIR) / "pictures" / document.body_sha256 / f"{page}@{DPI}.png"
    if kept.exists():
        return kept.read_bytes()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        body = Path(folder) / "body"
        body.write_bytes(body_of(document.warc_file, document.warc_offset))
        draft = Path(folder) / "picture"
        draft.write_bytes(render_page(body, page=page, dpi=DPI))
        draft.replace(kept)
    return kept.read_bytes()
