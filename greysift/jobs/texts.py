"""Extracted texts, from where they are stored."""

from corpus.blobs import read_blob
from corpus.selectors.records import DocumentView
from corpus.vocabulary.documents import ExtractedText
from harvester.extraction import from_json


def text_of(document: DocumentView) -> ExtractedText | None:
    """Return a document's text; ``None`` when it has not been, or could not be, read."""
    return from_json(read_blob(document.blob_sha256)) if document.blob_sha256 else None
