"""Formulas: signs that fonts of TeX have no names for, and raised type."""

import pytest

from harvester.extraction import read_document
from harvester.extraction.pdfium import PdfiumDocument
from tests.integration.extraction.drawing import write_pdf


def typeset(path, shown, *, font):
    """A page of one line in a font of that name, which is not there."""
    write_pdf(path, content=b"BT /F1 12 Tf 20 360 Td " + shown + b" ET")
    name = b"/BaseFont /Helvetica"
    path.write_bytes(path.read_bytes().replace(name, b"/BaseFont /%s" % font.encode().ljust(9)))
    return path


def words_of(path):
    return [word for line in PdfiumDocument(path).read_page(0).lines for word in line.words]


@pytest.mark.parametrize(
    ("font", "drawn", "read"),
    [
        ("CMSY10", b"h0Ai", "⟨′A⟩"),
        ("CMEX10", b"PXZ", "∑∑∫"),
        ("CMEX10", b"p\\020x\\021", "√(x)"),
        ("CMR10", b"P0", "P0"),
        ("CMSYMBOL", b"1", "1"),
        ("Times-Bo", b"h0", "h0"),
    ],
)
def test_codes_of_tex_become_the_signs_that_they_stand_for(tmp_path, font, drawn, read):
    (word,) = words_of(typeset(tmp_path / "a.pdf", b"(%s) Tj" % drawn, font=font))
    assert word.text == read
    if read.isascii():
        assert word.original is None


def test_what_the_document_has_for_a_sign_is_kept(tmp_path):
    path = typeset(tmp_path / "a.pdf", b"(h0A) Tj", font="CMSY10")
    (page,) = read_document(path).text.pages
    assert (page.text, page.original) == ("⟨′A", "h0A")


@pytest.mark.parametrize(("rise", "size"), [(5, 7), (-2, 7), (4, 8)])
def test_raised_and_lowered_type_belongs_to_the_word_that_it_stands_at(tmp_path, rise, size):
    shown = b"(Area of R) Tj /F1 %d Tf %d Ts (n) Tj /F1 12 Tf 0 Ts ( here) Tj" % (size, rise)
    words = words_of(typeset(tmp_path / "a.pdf", shown, font="Helvetica"))
    assert [word.text for word in words] == ["Area", "of", "Rn", "here"]


def test_raised_type_after_a_blank_is_a_word_of_its_own(tmp_path):
    path = typeset(tmp_path / "a.pdf", b"(Area ) Tj /F1 7 Tf 5 Ts (n) Tj", font="Helvetica")
    assert [word.text for word in words_of(path)] == ["Area", "n"]


def test_the_mark_of_a_footnote_is_no_part_of_its_first_word(tmp_path):
    shown = b"/F1 7 Tf 5 Ts (2) Tj /F1 10 Tf 0 Ts 4.4 0 Td (For the rest) Tj"
    words = words_of(typeset(tmp_path / "a.pdf", shown, font="Helvetica"))
    assert [word.text for word in words] == ["2", "For", "the", "rest"]
