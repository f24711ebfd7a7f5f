"""Pictures of pages with their sentences highlighted, for looking at."""

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.vocabulary.documents import ExtractedText
from corpus.vocabulary.errors import ExtractionError, WorkspaceError
from harvester.extraction import extract_document, render_page
from harvester.extraction.overlay import Part, draw_boxes

DPI = 120
# Multiples of this share fall evenly into the beginnings, middles and ends of documents, whatever their number.
_GOLDEN = (5**0.5 - 1) / 2


def draw_pictures(
    pdfs: Sequence[Path], into: Path, *, count: int, tell: Callable[[str], None] = lambda _: None
) -> list[dict[str, object]]:
    """Draw pages spread over documents and over their lengths, by a fixed rule.

    Documents are taken at even distances, pages where the rule points or, where no sentence is there, after it. A
    document that cannot be read, or has no sentence, gives no picture.

    Returns
    -------
    list of dict
        ``picture``, ``document``, ``page``, and ``error`` where there is no picture.

    Raises
    ------
    WorkspaceError
        When the folder cannot be made.
    """
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{into} cannot be made: {error.strerror}") from error
    drawn: list[dict[str, object]] = []
    for number in range(count):
        pdf = pdfs[int((number + 0.5) * len(pdfs) / count)]
        tell(f"picture {number + 1} of {count}, {pdf.name}")
        drawn.append(_draw(pdf, into / f"{number + 1:03}.png", share=(number + 1) * _GOLDEN % 1))
    return drawn


def _draw(pdf: Path, picture: Path, *, share: float) -> dict[str, object]:
    try:
        text = extract_document(pdf)
        page = _page_at(text, share)
        drawn = render_page(pdf, page=page, dpi=DPI)
    except ExtractionError as error:
        return {"picture": None, "document": pdf.name, "page": None, "error": str(error)}
    picture.write_bytes(draw_boxes(drawn, text, page=page, parts={Part.SENTENCES}))
    return {"picture": picture.name, "document": pdf.name, "page": page}


def _page_at(text: ExtractedText, share: float) -> int:
    """Return the first page with a sentence from a share of a document's length on, from its start again at the end."""
    count = len(text.pages)
    held = {span.page for sentence in text.sentences for span in sentence.spans}
    if not held:
        raise ExtractionError("The document has no sentence.")
    wanted = 1 + int(share * count)
    return min(held, key=lambda page: (page - wanted) % count)
