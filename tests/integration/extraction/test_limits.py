"""Documents that cost too much, are damaged, or outlive their reader: a reason, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from corpus.vocabulary.documents import ExtractionLimits
from corpus.vocabulary.errors import ExtractionError, WorkspaceError
from harvester.extraction import Body, attempt, documents, extract_document, read_document
from tests.fakes.make_specimens import TARGET
from tests.integration.extraction.drawing import show, write_pdf


@pytest.fixture
def slow_document(tmp_path):
    """Minutes of work: 300 dense pages."""
    return write_pdf(tmp_path / "slow.pdf", pages=300, content=show(b"many words on a line", times=7_000))


def children_reading(path):
    """Processes whose command line names ``path``."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if b"harvester.extraction.worker" in command and os.fsencode(path) in command:
            found.append(int(entry.name))
    return found


def wait_until(condition, *, seconds=10.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_time_is_limited(slow_document):
    begun = time.monotonic()

    with pytest.raises(ExtractionError, match=r"^Reading the document took longer than 1\.5 s\.$"):
        extract_document(slow_document, limits=ExtractionLimits(seconds=1.5))

    assert time.monotonic() - begun < 4
    assert children_reading(slow_document) == []


def test_memory_is_limited(tmp_path):
    bomb = zlib.compress(show(b"Hello") + b" " * 150_000_000)
    path = write_pdf(tmp_path / "bomb.pdf", content=bomb, filters="/Filter /FlateDecode")
    assert path.stat().st_size < 200_000

    with pytest.raises(ExtractionError, match="most likely 300 MiB of memory were not enough"):
        extract_document(path, limits=ExtractionLimits(memory_bytes=300 * 2**20))


def test_too_little_memory_to_begin_is_a_reason():
    with pytest.raises(ExtractionError, match=r"^Reading the document needed more than 20 MiB of memory\.$"):
        extract_document(TARGET / "duties-guidance.pdf", limits=ExtractionLimits(memory_bytes=20 * 2**20))


def test_pages_are_limited(tmp_path):
    path = write_pdf(tmp_path / "long.pdf", pages=4)

    assert len(extract_document(path, limits=ExtractionLimits(pages=4)).pages) == 4
    with pytest.raises(ExtractionError, match=r"^The document has 4 pages; 3 are allowed\.$"):
        extract_document(path, limits=ExtractionLimits(pages=3))


def test_the_child_dies_with_its_parent(slow_document):
    call = "import sys, pathlib; from harvester.extraction import extract_document as e; e(pathlib.Path(sys.argv[1]))"
    parent = subprocess.Popen([sys.executable, "-c", call, slow_document])
    wait_until(lambda: children_reading(slow_document))

    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    wait_until(lambda: not children_reading(slow_document), seconds=3)


def test_a_document_that_kills_two_readers_is_set_aside_with_its_reason(slow_document):
    call = (
        "import sys, pathlib\nfrom harvester.extraction import extract_document\n"
        "try: extract_document(pathlib.Path(sys.argv[1]))\nexcept Exception as e: print(type(e).__name__, e)"
    )
    parent = subprocess.Popen([sys.executable, "-c", call, slow_document], stdout=subprocess.PIPE, text=True)
    wait_until(lambda: children_reading(slow_document))
    (first,) = children_reading(slow_document)
    os.kill(first, signal.SIGSEGV)
    wait_until(lambda: set(children_reading(slow_document)) - {first})
    (second,) = set(children_reading(slow_document)) - {first}

    os.kill(second, signal.SIGSEGV)

    assert parent.communicate(timeout=60)[0] == (
        "ExtractionError Two readers died with the document; the second: The reader crashed with signal 11 (SIGSEGV).\n"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"Dear colleague", "The file is not a PDF."),
        (b"%PDF-1.7\nnothing more", "The document is damaged: neither reader can open it."),
    ],
)
def test_what_cannot_be_opened_has_a_reason(tmp_path, content, reason):
    path = tmp_path / "a94a8fe5"
    path.write_bytes(content)

    with pytest.raises(ExtractionError) as error:
        extract_document(path)

    assert str(error.value) == reason


def test_a_reader_that_cannot_be_started_says_nothing_of_the_document(tmp_path, monkeypatch):
    code = tmp_path / "harvester" / "extraction"
    code.mkdir(parents=True)
    for package in (code.parent, code):
        (package / "__init__.py").touch()
    (code / "worker.py").write_text("import a_library_that_is_missing\n")
    monkeypatch.setattr(documents, "_CODE", tmp_path)

    with pytest.raises(WorkspaceError, match=r"install greysift anew .*a_library_that_is_missing"):
        attempt(Body("a", (TARGET / "duties-guidance.pdf").read_bytes()))


def test_a_missing_file_has_a_reason(tmp_path):
    with pytest.raises(ExtractionError, match=r"^The file cannot be read: No such file or directory\.$"):
        extract_document(tmp_path / "none.pdf")


def test_no_pages_is_a_reason(tmp_path):
    with pytest.raises(ExtractionError, match=r"^The document has no page that a reader finds\.$"):
        extract_document(write_pdf(tmp_path / "none.pdf", pages=0))


def test_the_name_need_not_end_in_pdf_nor_be_text(tmp_path):
    path = write_pdf(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")), content=show(b"Hello"))

    assert extract_document(path).pages[0].text == "Hello"


def test_a_truncated_document_is_read_as_far_as_it_goes(tmp_path):
    path = write_pdf(tmp_path / "cut.pdf", content=show(b"Hello world"))
    path.write_bytes(path.read_bytes().partition(b"startxref")[0])

    assert extract_document(path).pages[0].text == "Hello world"


def test_what_the_first_engine_refuses_is_read_by_the_second(tmp_path):
    path = write_pdf(tmp_path / "odd.pdf", content=show(b"Hello world"), extra="/KeyWithoutValue")

    reading = read_document(path)

    assert reading.text.pages[0].text == "Hello world"
    assert reading.engines == ("pdfium",)


def test_a_page_of_countless_strokes_goes_to_the_second_engine(tmp_path):
    path = write_pdf(tmp_path / "map.pdf", content=show(b"Hello map") + b" 0 0 m 9 9 l S" * 8_001)

    reading = read_document(path)

    assert reading.text.pages[0].text == "Hello map"
    assert reading.engines == ("pdfium",)


def test_two_readings_give_the_same_text(tmp_path):
    path = write_pdf(tmp_path / "same.pdf", pages=2, content=show(b"Hello world", times=3))

    first = read_document(path)

    assert first.engines == ("pdfium", "pdfium")
    assert read_document(path) == first
