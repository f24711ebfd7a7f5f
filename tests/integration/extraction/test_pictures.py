"""Pictures of pages, and that the boxes of words lie on the ink that they name."""

import io
from contextlib import closing

import pytest
from PIL import Image

from corpus.vocabulary.errors import ExtractionError
from harvester.extraction import read_document, render_page
from harvester.extraction.composing import compose_as_drawn
from harvester.extraction.plumber import PlumberDocument
from tests.fakes.make_specimens import TARGET
from tests.integration.extraction.drawing import write_pdf

DPI = 144


def picture_of(path, **options):
    return Image.open(io.BytesIO(render_page(path, **options)))


def ink_in(picture, box):
    """Share of dark pixels inside a box given in points."""
    scale = DPI / 72
    part = picture.convert("L").crop([round(edge * scale) for edge in (box.x0, box.top, box.x1, box.bottom)])
    return sum(part.histogram()[:128]) / (part.width * part.height)


CORNERS = (
    b"BT /F1 18 Tf 60 320 Td (north) Tj 120 0 Td (east) Tj -60 -120 Td (middle) Tj -60 -110 Td (west) Tj ET"
)


@pytest.fixture(params=[0, 90, 180, 270])
def rotation(request):
    return request.param


@pytest.fixture(params=[None, (40, 50, 290, 380)])
def turned(request, tmp_path, rotation):
    """A page with four words that is turned, and cropped or not, with its size as shown."""
    box = request.param or (0, 0, 300, 400)
    crop = f"/CropBox [{' '.join(map(str, request.param))}]" if request.param else ""
    path = write_pdf(tmp_path / "turned.pdf", content=CORNERS, extra=f"/Rotate {rotation} {crop}")
    size = (box[2] - box[0], box[3] - box[1])
    return path, size if rotation in {0, 180} else size[::-1]


def check_boxes_hold_all_ink(page, picture):
    assert sorted(word.text for word in page.words) == ["east", "middle", "north", "west"]
    assert picture.size == (page.width * DPI / 72, page.height * DPI / 72)
    inks = [ink_in(picture, word.box) for word in page.words]
    areas = [(word.box.x1 - word.box.x0) * (word.box.bottom - word.box.top) for word in page.words]
    all_ink = sum(picture.convert("L").histogram()[:128]) / (DPI / 72) ** 2
    assert min(inks) > 0.1
    assert sum(ink * area for ink, area in zip(inks, areas, strict=True)) == pytest.approx(all_ink, rel=0.05)


def test_boxes_hold_the_ink_of_turned_and_cropped_pages(turned):
    path, size = turned
    reading = read_document(path)

    picture = picture_of(path, page=1, dpi=DPI)

    assert reading.engines == ("pdfium",)
    assert (reading.text.pages[0].width, reading.text.pages[0].height) == size
    check_boxes_hold_all_ink(reading.text.pages[0], picture)


def test_so_do_the_boxes_of_the_second_engine(turned):
    path, size = turned
    with closing(PlumberDocument(path)) as document:
        page = compose_as_drawn(document.read_page(0), number=1).page

    picture = picture_of(path, page=1, dpi=DPI)

    assert (page.width, page.height) == size
    check_boxes_hold_all_ink(page, picture)


def test_dots_per_inch_set_the_size():
    assert picture_of(TARGET / "further-study-bursary.pdf", page=2, dpi=72).size == (720, 405)


def test_a_huge_page_is_drawn_smaller(tmp_path):
    path = write_pdf(tmp_path / "huge.pdf", size="0 0 14000 9000")

    width, height = picture_of(path, page=1, dpi=300).size

    assert 11_000_000 < width * height < 12_100_000
    assert width / height == pytest.approx(14 / 9, rel=0.01)


@pytest.mark.parametrize("page", [0, 13])
def test_a_page_that_is_not_there_is_refused(page):
    with pytest.raises(ExtractionError, match=f"has 12 pages, none with number {page}"):
        render_page(TARGET / "stay-near-offer.pdf", page=page)


def test_what_is_no_pdf_is_not_drawn(tmp_path):
    (tmp_path / "note.pdf").write_text("not a PDF", encoding="utf-8")

    with pytest.raises(ExtractionError, match="cannot be drawn"):
        render_page(tmp_path / "note.pdf", page=1)


def test_a_locked_document_is_not_drawn():
    with pytest.raises(ExtractionError, match="encrypted"):
        render_page(TARGET / "support-to-25-statement.pdf", page=1)


def test_no_dots_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="at least 1 dot"):
        render_page(TARGET / "stay-near-offer.pdf", page=1, dpi=0)
