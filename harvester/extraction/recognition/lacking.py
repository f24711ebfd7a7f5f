"""Which pages have no text that can be used, and why."""

from collections.abc import Sequence

import pypdfium2

from corpus.vocabulary.documents import Lack
from harvester.extraction.lines import PageLines
from harvester.extraction.pdfium import PdfiumDocument
from harvester.extraction.progress import at_page
from harvester.extraction.recognition.soup import Oddness, oddness
from harvester.extraction.words import readable_characters

FEW = 20  # readable characters: a running header; a page of text has more
# Scans may carry a stamp, a running number or a few words of their own, which is no text of the page yet.
STAMPED = 150
_COVERED = 0.75  # of the page by pictures: a scan, in one piece or in strips, and no illustration
_LARGE = 0.02  # of the page by pictures: they could hold a line of text; smaller ones are marks and logos
_MANY_STROKES = 100  # letters drawn as curves are one each; a rule or a frame are few


_GUESSED = 0.5  # of the characters: the font says of most of them what they are, or does not


def find_lacking(
    document: PdfiumDocument, pages: Sequence[PageLines | None], *, unread: Sequence[int] = ()
) -> dict[int, Lack]:
    """Return the pages (from 0) whose text is not to be had from their letters.

    A page of a few characters counts where a picture or many strokes may show more. One with a stamp's worth of
    characters counts where pictures cover it, and only in a document of which most pages are such: elsewhere it is
    a cover. A page whose text is no writing counts, a little odd text only where the font does not say what its codes
    are. Pages that were not read are not looked at.
    """
    stamped: list[int] = []
    lacking: dict[int, Lack] = {}
    for index, page in enumerate(pages[: document.page_count]):
        if index in unread:
            continue
        words = [word.text for line in page.lines for word in line.words] if page else []
        try:
            if _is_soup(document, index, " ".join(words)):
                lacking[index] = Lack.CODES
            elif (readable := readable_characters(words)) < STAMPED:
                with at_page(index):
                    drawn = document.drawn(index)
                if readable < FEW and (drawn.pictures >= _LARGE or drawn.strokes >= _MANY_STROKES):
                    lacking[index] = Lack.PICTURE
                elif readable and drawn.pictures >= _COVERED:
                    stamped.append(index)
        except pypdfium2.PdfiumError:  # the page cannot be loaded: the other engine read it
            continue
    if 2 * (len(stamped) + len(lacking)) > len(pages):
        lacking |= dict.fromkeys(stamped, Lack.PICTURE)
    return lacking


def _is_soup(document: PdfiumDocument, index: int, text: str) -> bool:
    found = oddness(text)
    return found is Oddness.PLAIN or (found is Oddness.SOME and document.unmapped_share(index) >= _GUESSED)
