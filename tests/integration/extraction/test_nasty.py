"""Odd and damaged files: each gives text or a reason, and no page loses text that one engine can read."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.vocabulary.documents import ExtractionLimits, Lack
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction import from_json, read_document, to_json
from tests.shared_material import REPOSITORY, SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.shared]

FOLDER = SHARED / "data" / "nasty"
LIMITS = ExtractionLimits(seconds=30, memory_bytes=2**30, recognised_pages=0)
# Blanks and line ends are a fifth of what PDFium counts in running text; the rest must be there.
KEPT_SHARE = 0.7
ENOUGH_TO_COUNT = 200  # characters; below, blanks and control codes weigh too much
# pdfplumber counts letters that are drawn twice; `bench odd-files` compares without them.
DRAWN_TWICE = {
    "docling-parse__duplicate_bold_text_01.pdf",
    "docling-parse__ligatures_01.pdf",
    "olmocr__large_prompt_hint3.pdf",
    "olmocr__newspaper.pdf",
}


def entries():
    """All files, as the manifest says what each engine made of them."""
    return json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def outcomes():
    """What became of each file: a reading or the reason against it."""

    def attempt(entry):
        try:
            return read_document(FOLDER / entry["file"], limits=LIMITS)
        except ExtractionError as error:
            return error

    with ThreadPoolExecutor(2) as executor:
        return list(zip(entries(), executor.map(attempt, entries()), strict=True))


def test_text_that_an_engine_reads_is_there(outcomes):
    lossy = {}
    for entry, outcome in outcomes:
        has_junk = "(cid:" in entry["reason"] or entry["file"] in DRAWN_TWICE
        expected = max(entry["pdfium_chars"], 0 if has_junk else entry["pdfplumber_chars"])
        got = 0 if isinstance(outcome, ExtractionError) else len("".join(outcome.text.text.split()))
        if expected >= ENOUGH_TO_COUNT and got < KEPT_SHARE * expected:
            lossy[entry["file"]] = (got, expected)
    assert lossy == {}


def test_what_one_engine_opens_with_text_is_no_failure(outcomes):
    failed = [
        entry["file"]
        for entry, outcome in outcomes
        if isinstance(outcome, ExtractionError) and entry["pdfium_chars"] + entry["pdfplumber_chars"] > 0
    ]
    assert failed == []


def test_nothing_was_met_that_nobody_foresaw(outcomes):
    texts = [outcome.text for _, outcome in outcomes if not isinstance(outcome, ExtractionError)]
    assert [text.settings["failed"] for text in texts if "failed" in text.settings] == []


def test_no_file_that_is_opened_gives_a_text_without_pages(outcomes):
    assert all(outcome.text.pages for _, outcome in outcomes if not isinstance(outcome, ExtractionError))
    assert len(outcomes) == 139


def test_the_page_of_outcomes_names_every_file(outcomes):
    page = (REPOSITORY / "docs/reference/odd-files.md").read_text(encoding="utf-8")
    lines = [line.split(" | ") for line in page.splitlines() if ".pdf | " in line]
    said = {line[0].removeprefix("| "): (line[1], line[-1].removesuffix(" |")) for line in lines}

    assert set(said) == {entry["file"] for entry, _ in outcomes}
    for entry, outcome in outcomes:
        is_reason = isinstance(outcome, ExtractionError)
        assert said[entry["file"]][0] == str(0 if is_reason else len(outcome.text.pages))
        assert not is_reason or said[entry["file"]][1] == str(outcome)


def test_failures_are_sentences_about_the_document(outcomes):
    reasons = [str(outcome) for _, outcome in outcomes if isinstance(outcome, ExtractionError)]

    assert reasons
    assert all(reason.startswith(("The document", "The file")) for reason in reasons)


def test_every_reading_can_be_stored_and_its_words_stand_in_place(outcomes):
    readings = [outcome for _, outcome in outcomes if not isinstance(outcome, ExtractionError)]

    assert len(readings) > 15
    for reading in readings:
        assert from_json(to_json(reading.text)) == reading.text
        assert len(reading.engines) == len(reading.text.pages)


def test_glyph_soup_is_known_and_nothing_else_taken_for_it(outcomes):
    marked = {
        entry["file"]
        for entry, outcome in outcomes
        if not isinstance(outcome, ExtractionError)
        and any(page.lack is Lack.CODES for page in outcome.text.pages)
    }

    assert marked == {  # looked at, each beside its picture
        "PdfPig__test-2_so_74165171.pdf",
        "pdf.js__bug1151216.pdf",
        "pdf.js__cff_bluescale_small_zones.pdf",
        "pdf.js__complex_ttf_font.pdf",
        "pdf.js__issue11131_reduced.pdf",
        "pdf.js__issue19550.pdf",
        "pdf.js__issue19802.pdf",
        "pdf.js__issue20453.pdf",
        "pdf.js__issue5874.pdf",
    }
