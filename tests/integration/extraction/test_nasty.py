"""Odd and damaged files: each gives text or a reason, and no page loses text that one engine can read."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.vocabulary.documents import ExtractionLimits
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction import from_json, read_document, to_json
from tests.shared_material import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.shared]

FOLDER = SHARED / "data" / "nasty"
LIMITS = ExtractionLimits(seconds=30, memory_bytes=2**30)
# Blanks and line ends are a fifth of what PDFium counts in running text; the rest must be there.
KEPT_SHARE = 0.7
ENOUGH_TO_COUNT = 200  # characters; below, blanks and control codes weigh too much


def sample():
    """Every sixth file of the manifest, and every one with much text that the first engine loses."""
    if not FOLDER.is_dir():
        return []
    entries = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    lost = [entry for entry in entries if "SILENT LOSS" in entry["reason"]]
    return [*lost, *(entry for entry in entries[::6] if entry not in lost)]


@pytest.fixture(scope="module")
def outcomes():
    """What became of each file of the sample: a reading or the reason against it."""

    def attempt(entry):
        try:
            return read_document(FOLDER / entry["file"], limits=LIMITS)
        except ExtractionError as error:
            return error

    with ThreadPoolExecutor(2) as executor:
        return list(zip(sample(), executor.map(attempt, sample()), strict=True))


def test_text_that_an_engine_reads_is_there(outcomes):
    lossy = {}
    for entry, outcome in outcomes:
        expected = max(entry["pdfium_chars"], 0 if "(cid:" in entry["reason"] else entry["pdfplumber_chars"])
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
