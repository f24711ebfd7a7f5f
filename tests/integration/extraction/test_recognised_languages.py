"""Scans in other languages than English, and scans that lie on their side, with a program that is told what it reads."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from harvester.extraction import extract_document
from harvester.extraction.recognition import tesseract
from harvester.extraction.recognition.recognising import PageReader
from harvester.extraction.remarks import remarks
from tests.unit.harvester.extraction.test_language import DECLARATION

FAKE = Path(__file__).parents[2] / "fakes" / "tesseract.py"
WELSH, ENGLISH = DECLARATION["cy"], DECLARATION["en"]
MISREAD = WELSH.replace("w", "vv")
"""Welsh as a reader of English has it."""


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put the program first in the path; return what tells it, and what it was asked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = FAKE.read_text(encoding="utf-8").partition("\n")[2]
    (folder / "tesseract").write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    (folder / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")

    def tell(*, installed, **reads):
        told = {
            "installed": installed,
            "reads": {name.replace("_", "+"): said for name, said in reads.items()},
        }
        (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")
        return folder / "asked.txt"

    tesseract.forget()
    yield tell
    tesseract.forget()


def scan(path, *, pages=1, size=(850, 1100)):
    pictures = [Image.new("L", size, 255) for _ in range(pages)]
    for picture in pictures:
        picture.paste(0, (100, 100, 700, 140))
    pictures[0].save(path, resolution=100, save_all=True, append_images=pictures[1:])
    return path


def test_a_welsh_scan_is_read_as_welsh_where_that_is_installed(program, tmp_path):
    asked = program(installed=["eng", "osd", "cym"], eng=(MISREAD, 80), cym=(WELSH, 95))

    text = extract_document(scan(tmp_path / "welsh.pdf", pages=2))

    assert [page.text.split() for page in text.pages] == [WELSH.split()] * 2
    assert text.pages[0].confidence == 0.95
    assert text.facts.language == "cy"
    assert text.settings["recognition"] == "tesseract 9.9, eng+cym"
    assert asked.read_text().split() == [
        "eng",
        "cym",
        "cym",
    ]  # the second page begins with what the first was in
    assert list(remarks(text))[1:] == ["The text is in cy (ISO 639-1), not in English."]


def test_a_welsh_scan_that_was_read_as_english_says_what_to_install(program, tmp_path):
    program(installed=["eng", "osd"], eng=(MISREAD, 80))

    text = extract_document(scan(tmp_path / "welsh.pdf"))

    assert "The text is in cy, and was recognised as English" in list(remarks(text))[1]
    assert "Install tesseract-ocr-cym" in list(remarks(text))[1]


def test_a_page_that_is_read_badly_is_read_in_all_languages_that_are_installed(program, tmp_path):
    program(installed=["eng", "osd", "rus"], eng=("a1 b2 c3 d4", 55), eng_rus=("Права человека", 92))

    text = extract_document(scan(tmp_path / "other.pdf"))

    assert text.pages[0].text == "Права человека"


def test_english_is_asked_for_once(program, tmp_path):
    asked = program(installed=["eng", "osd", "cym"], eng=(ENGLISH, 95))

    text = extract_document(scan(tmp_path / "english.pdf"))

    assert text.pages[0].text.split() == ENGLISH.split()
    assert asked.read_text().split() == ["eng"]


def test_pages_that_lie_on_their_side_are_turned_and_keep_their_places(program, tmp_path):
    asked = program(installed=["eng", "osd"], eng=(ENGLISH, 95))

    text = extract_document(scan(tmp_path / "lies.pdf", pages=2, size=(1100, 850)))

    for page in text.pages:
        assert page.text.split() == ENGLISH.split()
        assert (page.width, page.height) == (792, 612)
        first, second = page.words[0].box, page.words[8].box
        assert first.bottom - first.top > first.x1 - first.x0  # the word runs down the page as it is shown
        assert second.x1 < first.x0  # and the next line stands to the left
        assert all(
            0 <= box.x0 < box.x1 <= 792 and 0 <= box.top < box.bottom <= 612 for box in (first, second)
        )
    assert asked.read_text().split() == ["eng", "osd", "eng", "eng"]  # the second page is turned at once


def test_what_was_read_counts_where_the_time_suffices_for_no_more(program, monkeypatch):
    program(installed=["eng", "osd", "cym"], eng=(MISREAD, 80))
    read = tesseract.recognise

    def run_out(picture, *, language, **how):
        if language != "eng":
            raise subprocess.TimeoutExpired("tesseract", 1)
        return read(picture, language=language, **how)

    monkeypatch.setattr(tesseract, "recognise", run_out)
    picture = np.full((1100, 850), 255, np.uint8)

    page = PageReader().read(picture, width=612, height=792, seconds=60)

    assert " ".join(line.text for line in page.lines.lines).split() == MISREAD.split()
