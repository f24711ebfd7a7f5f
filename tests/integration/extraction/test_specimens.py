"""The specimen reports read as their manifest says, and their generator still makes them."""

import json
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from corpus.vocabulary.documents import ExtractionLimits, Lack
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction import extract_document, read_document
from tests.fakes.make_specimens import TARGET, manifest_of, read_specimens, write_specimens
from tests.fakes.specimen_layouts import MARK

LOCKED = "support-to-25-statement.pdf"
SCANNED = "duties-guidance.pdf"
MANIFEST = {
    entry["file"]: entry for entry in json.loads((TARGET / "manifest.json").read_text(encoding="utf-8"))
}


@pytest.fixture(scope="module")
def readings():
    """Every specimen that can be opened, read once."""
    files = sorted(set(MANIFEST) - {LOCKED})
    with ThreadPoolExecutor(2) as executor:
        return dict(zip(files, executor.map(lambda file: read_document(TARGET / file), files), strict=True))


def test_the_generator_makes_what_is_committed(tmp_path):
    written = write_specimens(tmp_path)

    assert {path.name for path in written} == {path.name for path in TARGET.iterdir()}
    assert (tmp_path / "manifest.json").read_bytes() == (TARGET / "manifest.json").read_bytes()
    assert manifest_of(read_specimens()) == (TARGET / "manifest.json").read_text(encoding="utf-8")


def test_a_drawn_specimen_reads_as_the_committed_one(tmp_path, readings):
    write_specimens(tmp_path)

    assert extract_document(tmp_path / "mentoring-into-work.pdf") == readings["mentoring-into-work.pdf"].text


def test_the_manifest_marks_all_as_specimens_and_they_are_small():
    assert len(MANIFEST) == 8
    assert all(entry["title"].startswith("Specimen: ") for entry in MANIFEST.values())
    assert sum(path.stat().st_size for path in TARGET.iterdir()) < 700_000


def test_every_specimen_has_the_title_of_the_manifest(readings):
    assert {file: reading.text.title for file, reading in readings.items()} == {
        file: entry["title"] for file, entry in MANIFEST.items() if file != LOCKED
    }


def test_only_the_one_with_a_file_name_for_a_title_needs_its_typography(readings):
    by_type = {file for file, reading in readings.items() if reading.text.title_from == "typography"}

    assert by_type == {"supported-flats-abroad.pdf"}


def test_every_page_but_the_scanned_ones_carries_the_mark(readings):
    for file, reading in readings.items():
        assert all((MARK in page.text) is (file != SCANNED) for page in reading.text.pages), file


def test_words_stand_on_the_page_and_in_the_text(readings):
    for reading in readings.values():
        for page in reading.text.pages:
            for word in page.words:
                assert page.text[word.start : word.end] == word.text
                assert 0 <= word.box.x0 < word.box.x1 <= page.width
                assert 0 <= word.box.top < word.box.bottom <= page.height


def test_the_long_report_has_twelve_pages_and_its_sections_in_order(readings):
    text = readings["stay-near-offer.pdf"].text

    assert len(text.pages) == 12
    parts = [
        "1 Background",
        "2.3 Outcome measures",
        "5 Facilitators",
        "6 Barriers",
        "Appendix A",
        "Appendix C",
    ]
    places = [text.text.rindex(f"{part}") for part in parts]
    assert places == sorted(places)


def test_two_columns_are_read_one_after_the_other(readings):
    text = readings["mentoring-into-work.pdf"].text.pages[0].text

    assert (
        text.index("hours worked, a job")
        < text.index("A mentor who knows the trade")
        < text.index("In work 74 53")
    )


def test_slides_are_wider_than_tall(readings):
    assert all(page.width > page.height for page in readings["further-study-bursary.pdf"].text.pages)


def test_rows_of_a_table_are_lines(readings):
    lines = readings["care-leaver-statistics.pdf"].text.pages[0].text.split("\n")

    assert "Independent living 9,340 9,610 9,820" in lines


def test_the_scan_has_a_page_without_words():
    (page,) = extract_document(TARGET / SCANNED, limits=ExtractionLimits(recognised_pages=0)).pages

    assert (page.text, page.words, page.lack) == ("", (), Lack.PICTURE)
    assert (round(page.width), round(page.height)) == (595, 842)


def test_the_locked_one_is_refused_with_the_reason():
    with pytest.raises(ExtractionError, match=r"^The document is encrypted and asks for a password\.$"):
        extract_document(TARGET / LOCKED)


def test_any_executor_may_extract(readings):
    with ProcessPoolExecutor(1) as executor:
        text = executor.submit(extract_document, TARGET / SCANNED).result()

    assert text == readings[SCANNED].text
