"""Drawings that a clipping path cuts out of larger ones: only what shows is drawn."""

import pytest

from corpus.vocabulary.documents import Box
from harvester.extraction.pdfium import PdfiumDocument
from tests.integration.extraction.drawing import write_pdf

CURVE = b"0 0 m 100 390 200 390 300 0 c S"
IMAGE = b"200 0 0 200 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI"
PART = Box(50, 200, 150, 300)


def ink_of(path, content):
    return PdfiumDocument(write_pdf(path, content=b"q " + content + b" Q")).read_page(0).ink


@pytest.mark.parametrize(
    "clip",
    [
        b"50 100 100 100 re W n",
        b"50 100 100 250 re W n 0 50 300 150 re W n",  # what both let show
        b"50 150 m 100 200 l 150 150 l 100 100 l h W n",
    ],
)
def test_a_curve_reaches_as_far_as_it_shows(tmp_path, clip):
    ink = ink_of(tmp_path / "curve.pdf", clip + b" " + CURVE)

    assert ink.drawings == (PART,)


def test_without_a_clip_all_of_it_shows(tmp_path):
    (curve,) = ink_of(tmp_path / "curve.pdf", CURVE).drawings

    assert curve.x1 - curve.x0 >= 300


def test_a_picture_is_cropped(tmp_path):
    ink = ink_of(tmp_path / "picture.pdf", b"50 100 100 100 re W n " + IMAGE)

    assert ink.pictures == ink.drawings == (PART,)


def test_what_is_clipped_away_draws_nothing(tmp_path):
    drawn = b" 20 300 m 280 300 l S 20 200 60 80 re S "

    ink = ink_of(tmp_path / "away.pdf", b"200 0 50 50 re W n " + drawn + IMAGE.replace(b"200", b"100"))

    assert not any((ink.across, ink.areas, ink.drawings, ink.pictures))


def test_curves_that_share_a_clip_are_each_cut(tmp_path):
    ink = ink_of(tmp_path / "many.pdf", b"50 100 100 100 re W n " + 3 * (CURVE + b" "))

    assert ink.drawings == (PART,) * 3
