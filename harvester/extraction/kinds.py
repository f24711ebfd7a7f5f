"""Which reader a file needs, by its bytes first, by what is said of it where they do not tell."""

from dataclasses import replace
from pathlib import Path

from corpus.vocabulary.documents import ExtractionLimits
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction.exchange import Reading
from harvester.extraction.progress import NOTHING_AVOIDED, Avoided
from harvester.extraction.settings import told
from harvester.extraction.words import readable_characters
from harvester.media_types import PDF, WEB_PAGE, type_found, type_named

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
READABLE = frozenset({PDF, WEB_PAGE, DOCX, ODT})
"""Types of files whose text can be taken."""

LARGEST_PAGE = 50 * 1024**2  # bytes of a web page
_EMPTY_PAGE = "The page has no text: a script may show some, which is not run, or pictures do."
_OTHERS = {
    "application/msword": "an old Word document",
    "application/rtf": "a rich text document",
    "application/epub+zip": "an e-book",
    "application/zip": "an archive",
}


def read_file(
    path: Path,
    *,
    limits: ExtractionLimits,
    media_type: str | None = None,
    title: str | None = None,
    avoided: Avoided = NOTHING_AVOIDED,
) -> Reading:
    """Read a file with the reader for its kind, in this process.

    Parameters
    ----------
    path, limits
        The file; what it may cost.
    media_type
        What is said of it, where its bytes do not tell: a web page may begin with anything.
    title
        The source's title for it, which a web page or office file is given.
    avoided
        Pages of a PDF that are left out, since reading or drawing them ended an earlier child.

    Raises
    ------
    ExtractionError
        With the reason: among others that nothing here reads such files.
    """
    read = _read(path, _kind_of(path, media_type), limits=limits, title=title, avoided=avoided)
    return replace(read, text=replace(read.text, settings={**told(limits), **read.text.settings}))


def _read(path: Path, kind: str, *, limits: ExtractionLimits, title: str | None, avoided: Avoided) -> Reading:
    if kind == PDF:
        from harvester.extraction import reading  # noqa: PLC0415 - each kind loads what it needs alone

        return reading.read_pdf(path, limits=limits, avoided=avoided)
    if kind == WEB_PAGE:
        if path.stat().st_size > LARGEST_PAGE:
            raise ExtractionError(f"The page has more than {LARGEST_PAGE // 2**20} MiB.")
        from harvester.extraction import web  # noqa: PLC0415

        text = web.extract_html(path.read_bytes(), title=title)
    else:
        from harvester.extraction import office  # noqa: PLC0415

        text = (office.read_docx if kind == DOCX else office.read_odt)(path, title=title)
    if not readable_characters(page.text for page in text.pages):
        raise ExtractionError(_EMPTY_PAGE if kind == WEB_PAGE else "The file has no text.")
    return Reading(text, tuple(page.engine for page in text.pages))


def _kind_of(path: Path, media_type: str | None) -> str:
    said = [kind for kind in (media_type, type_named(path.name)) if kind]
    is_page = path.suffix.lower() in {".html", ".htm", ".xhtml"}
    found = type_found(path.read_bytes(), said=said)
    if found is None:
        found = WEB_PAGE if WEB_PAGE in said or is_page else PDF  # whose reader says what is wrong with it
    if found not in READABLE:
        what = _OTHERS.get(found, f"a file of type {found}")
        raise ExtractionError(f"This is {what}, which cannot be read here: save it as PDF or .docx.")
    return found
