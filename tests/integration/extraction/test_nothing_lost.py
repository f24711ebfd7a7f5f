"""What PDFium reads of a page is in its text, or in what its mends lead back to."""

from collections import Counter

import pypdfium2
import pytest

from harvester.extraction import read_document
from harvester.extraction.glyphs import LINE_END_HYPHENS
from harvester.extraction.words import clean
from tests.fakes.make_specimens import TARGET
from tests.shared_material import SHARED, needs_shared

SPECIMENS = sorted(path for path in TARGET.glob("*.pdf") if path.name != "support-to-25-statement.pdf")
REPORTS = sorted((SHARED / "data" / "pdf").glob("*/*.pdf"), key=lambda path: path.stat().st_size)[::12]


def letters(text):
    return Counter(clean(text))


def check_nothing_is_lost(path):
    pages = pypdfium2.PdfDocument(path)
    for page, drawn in zip(read_document(path).text.pages, pages, strict=True):
        text = drawn.get_textpage().get_text_range()
        for hyphen in LINE_END_HYPHENS:
            text = text.replace(hyphen, "-")
        lost = letters("".join(text.split())) - letters("".join(page.original.split()))
        assert not lost, page.number


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_no_letter_of_a_specimen_is_lost(path):
    check_nothing_is_lost(path)


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_no_letter_of_a_real_document_is_lost(path):
    check_nothing_is_lost(path)
