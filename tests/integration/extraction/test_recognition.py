"""Pages without letters: read from their pictures where tesseract is, and said to be unread where it is not."""

import io
import re
from collections import Counter

import pikepdf
import pytest
from PIL import Image
from typer.testing import CliRunner

from corpus.vocabulary.documents import ExtractionLimits, Lack
from greysift.cli.app import app
from harvester.extraction import extract_document, from_json, render_page, to_json
from harvester.extraction.recognition import tesseract
from harvester.extraction.remarks import remark_on, remarks
from harvester.extraction.settings import told
from tests.fakes.make_specimens import TARGET
from tests.integration.extraction.drawing import show, write_pdf
from tests.programs import needs_tesseract

REPORT = TARGET / "mentoring-into-work.pdf"


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    """Two pages of a report as pictures of 200 dots per inch, nothing else."""
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    pictures = [
        Image.open(io.BytesIO(render_page(REPORT, page=page, dpi=200))).convert("L") for page in (1, 2)
    ]
    pictures[0].save(path, resolution=200, save_all=True, append_images=pictures[1:])
    return path


@pytest.fixture(scope="module")
def recognised(scan):
    return extract_document(scan)


@pytest.fixture
def no_tesseract(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    yield
    tesseract.forget()


def words_of(text):
    return Counter(re.findall(r"\w+", text.lower()))


@needs_tesseract
def test_a_scanned_page_is_read_back(recognised):
    truth = extract_document(REPORT)
    for page, true in zip(recognised.pages, truth.pages[:2], strict=True):
        read, wanted = words_of(page.text), words_of(true.text)
        common = (read & wanted).total()
        assert 2 * common / (read.total() + wanted.total()) >= 0.95


@needs_tesseract
def test_a_page_that_lies_on_its_side_is_read_back_and_keeps_its_places(recognised, tmp_path):
    picture = Image.open(io.BytesIO(render_page(REPORT, page=1, dpi=200))).convert("L")
    picture.rotate(90, expand=True).save(tmp_path / "side.pdf", resolution=200)

    page, upright = extract_document(tmp_path / "side.pdf").pages[0], recognised.pages[0]

    common = (words_of(page.text) & words_of(upright.text)).total()
    assert common >= 0.95 * words_of(upright.text).total()
    places = {word.text: word.box for word in upright.words}
    single = {text for text, times in Counter(word.text for word in page.words).items() if times == 1}
    turned = [(word.box, places[word.text]) for word in page.words if word.text in single & set(places)]
    assert len(turned) > 40
    # What stood so far from the left of the upright page stands so far above the bottom of this one.
    assert all(abs((page.height - one.bottom) - other.x0) < 4 for one, other in turned)
    assert all(abs(one.x0 - other.top) < 4 for one, other in turned)


@needs_tesseract
def test_recognised_words_stand_where_the_letters_were(recognised):
    truth = extract_document(REPORT).pages[0]
    single = {text for text, times in Counter(word.text for word in truth.words).items() if times == 1}
    places = {word.text: word.box for word in recognised.pages[0].words}
    found = [(word.box, places[word.text]) for word in truth.words if word.text in single & set(places)]

    assert len(found) > 40
    # Boxes of letters have room above and below, boxes of ink have not: sides and middle must agree.
    assert all(abs(one.x0 - other.x0) < 3 and abs(one.x1 - other.x1) < 3 for one, other in found)
    assert all(one.top - 1 < (other.top + other.bottom) / 2 < one.bottom + 1 for one, other in found)


@needs_tesseract
def test_it_is_marked_with_its_confidence_and_survives_storing(recognised):
    assert [page.engine for page in recognised.pages] == ["tesseract", "tesseract"]
    assert all(0.8 < page.confidence <= 1 and page.lack is None for page in recognised.pages)
    assert re.fullmatch(r"tesseract \d\S*, eng(\+\w+)*", recognised.settings["recognition"])
    assert from_json(to_json(recognised)) == recognised
    assert recognised.blocks
    assert next(remarks(recognised)).startswith("Pages 1–2: recognised from the picture by tesseract, ")


@needs_tesseract
def test_the_number_of_pages_is_limited_and_the_rest_named(scan):
    text = extract_document(scan, limits=ExtractionLimits(recognised_pages=1))

    assert [page.lack for page in text.pages] == [None, Lack.PICTURE]
    assert text.pages[1].text == ""
    assert "not within the limits (1 pages" in list(remarks(text))[1]


@needs_tesseract
def test_the_time_is_limited(scan):
    text = extract_document(scan, limits=ExtractionLimits(recognition_seconds=0.01))

    assert [page.lack for page in text.pages] == [Lack.PICTURE, Lack.PICTURE]


@needs_tesseract
def test_recognition_has_a_clock_of_its_own(scan):
    text = extract_document(scan, limits=ExtractionLimits(seconds=1.5))

    assert [page.engine for page in text.pages] == ["tesseract", "tesseract"]


@needs_tesseract
def test_a_blank_scan_is_no_lack(tmp_path):
    Image.new("L", (850, 1100), 250).save(tmp_path / "blank.pdf", resolution=100)

    page = extract_document(tmp_path / "blank.pdf").pages[0]

    assert (page.text, page.lack, page.confidence) == ("", None, None)


def test_a_page_with_letters_is_not_recognised(tmp_path):
    text = extract_document(write_pdf(tmp_path / "short.pdf", content=show(b"Hello")))

    assert text.pages[0].engine == "pdfium"
    assert text.settings == told(ExtractionLimits())


@pytest.mark.usefixtures("no_tesseract")
def test_without_the_program_the_result_says_what_was_needed(scan):
    text = extract_document(scan)

    assert [(page.text, page.lack) for page in text.pages] == [("", Lack.PICTURE)] * 2
    assert text.settings["recognition"] == "not installed"
    assert from_json(to_json(text)) == text
    assert "tesseract, which is not installed: see `greysift doctor`" in remark_on(text, text.pages[0])


@pytest.mark.django_db
@pytest.mark.usefixtures("no_tesseract")
def test_the_command_says_so_and_doctor_says_how(scan):
    tesseract.forget()
    assert (
        "Pages 1–2: no text of its own but a picture;"
        in CliRunner().invoke(app, ["extract", str(scan)]).stderr
    )
    assert "apt-get install tesseract-ocr" in CliRunner().invoke(app, ["doctor", "--json"]).stdout


def test_recognition_can_be_switched_off(scan):
    done = CliRunner().invoke(app, ["extract", "--recognise", "0", str(scan)])

    assert "recognition was switched off" in done.stderr


@pytest.fixture(scope="module")
def soup(tmp_path_factory):
    """A page that looks as ever, whose font says of each code that it is a private one."""
    path = tmp_path_factory.mktemp("soup") / "soup.pdf"
    write_pdf(
        path,
        content=b"BT /F1 14 Tf 20 TL 20 360 Td " + b"".join(b"(%s) Tj T* " % line for line in LINES) + b"ET",
    )
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pairs = b" ".join(b"<%02x> <%04x>" % (code, 0xE000 + code) for code in range(33, 123))
        cmap = (
            b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
            b"90 beginbfchar %s endbfchar endcmap end" % pairs
        )
        pdf.pages[0].Resources.Font.F1.ToUnicode = pdf.make_stream(cmap)
        pdf.save(path)
    return path


LINES = [b"Young people leave care at", b"eighteen, and need a home", b"and somebody who listens."]


@needs_tesseract
def test_letters_that_are_codes_are_read_from_the_picture(soup):
    text = extract_document(soup)

    (page,) = text.pages
    assert page.text == b"\n".join(LINES).decode()
    assert (page.engine, page.lack) == ("tesseract", None)


@pytest.mark.usefixtures("no_tesseract")
def test_codes_are_kept_and_marked_where_they_cannot_be_read(soup):
    text = extract_document(soup)

    (page,) = text.pages
    assert page.lack is Lack.CODES
    assert len(page.words) == 14
    assert "letters whose codes stand for others; recognition needs tesseract" in next(remarks(text))
