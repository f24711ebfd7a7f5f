"""Documents that cost too much, are damaged, or outlive their reader: a reason, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pikepdf
import pytest

from corpus.vocabulary.documents import ExtractionLimits, Lack
from corpus.vocabulary.errors import ExtractionError, WorkspaceError
from harvester.extraction import Body, attempt, documents, extract_document, read_document
from harvester.extraction.remarks import remarks
from harvester.extraction.settings import held_back
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


def test_a_page_that_fits_no_memory_is_named_and_the_others_are_read(tmp_path):
    path = write_pdf(tmp_path / "bomb.pdf", pages=5, content=show(b"Hello world"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for number in (2, 4):
            bomb = zlib.compress(show(b"Hello") + b" " * 150_000_000)
            pdf.pages[number].Contents = pdf.make_stream(bomb, Filter=pikepdf.Name.FlateDecode)
        pdf.save(path, compress_streams=False)

    reading = read_document(path, limits=ExtractionLimits(memory_bytes=300 * 2**20))

    text = reading.text
    assert [page.text for page in text.pages] == ["Hello world", "Hello world", "", "Hello world", ""]
    assert [page.lack for page in text.pages] == [None, None, Lack.COSTLY, None, Lack.COSTLY]
    assert (text.pages[2].width, text.pages[2].height, text.pages[2].engine) == (300, 400, None)
    assert next(remarks(text)).startswith("Pages 3, 5: what takes more memory or time to read")
    assert held_back(text) == {"seconds": "120", "memory_bytes": str(300 * 2**20)}


def make_huge_picture(path, *, side):
    """A page of text, and one that is a picture of so many pixels squared, packed a thousandfold."""
    pdf = pikepdf.open(write_pdf(path, pages=2, content=show(b"Hello world")), allow_overwriting_input=True)
    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(bytes(side)) for _ in range(side)) + packed.flush()
    picture = pdf.make_stream(zlib.compress(data))
    picture.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": side,
            "/Height": side,
            "/BitsPerComponent": 8,
            "/ColorSpace": pikepdf.Name.DeviceGray,
            "/Filter": pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]),
        }
    )
    pdf.pages[1].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=picture))
    pdf.pages[1].Contents = pdf.make_stream(b"q 300 0 0 400 0 0 cm /X Do Q")
    pdf.save(path)
    return path


def test_a_picture_that_fits_no_memory_costs_no_text(tmp_path):
    path = make_huge_picture(tmp_path / "huge.pdf", side=14_000)
    assert path.stat().st_size < 200_000

    text = extract_document(path, limits=ExtractionLimits(memory_bytes=300 * 2**20))

    assert text.pages[0].text == "Hello world"
    assert (text.pages[1].text, text.pages[1].engine) == ("", "pdfium")
    assert text.settings["recognised_pages"] == "60"  # as was asked, though no page could be drawn


@pytest.mark.parametrize(
    "content",
    [
        b"q " * 200_000 + show(b"Hello world"),
        b"[" * 200_000 + b"]" * 200_000 + show(b"Hello world"),
        b"<<" * 100_000 + show(b"Hello world"),
        show(b"Hello world") + b" /Form Do" * 10_000,
    ],
    ids=["states", "arrays", "dictionaries", "missing forms"],
)
def test_deep_nesting_ends_with_a_text_or_a_reason(tmp_path, content):
    path = write_pdf(tmp_path / "deep.pdf", content=content)

    try:
        text = extract_document(path, limits=ExtractionLimits(seconds=30, memory_bytes=2**29))
    except ExtractionError as error:
        assert str(error).startswith(("The ", "Two ", "Reading "))  # noqa: PT017 - either end is right
    else:
        assert text.pages[0].text in {"", "Hello world"}


def test_a_form_that_draws_itself_ends(tmp_path):
    pdf = pikepdf.open(
        write_pdf(tmp_path / "loop.pdf", content=show(b"Hello world") + b" /X Do"),
        allow_overwriting_input=True,
    )
    form = pdf.make_stream(b"/X Do")
    form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form})
    form["/BBox"] = pikepdf.Array([0, 0, 300, 400])
    form["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X=form)
    pdf.save(tmp_path / "loop.pdf")

    assert extract_document(tmp_path / "loop.pdf").pages[0].text == "Hello world"


def test_a_page_as_large_as_a_field_is_read(tmp_path):
    path = write_pdf(tmp_path / "field.pdf", size="0 0 200000 200000", content=show(b"Hello world"))

    page = extract_document(path).pages[0]

    assert (page.text, page.width) == ("Hello world", 200_000)


def test_scripts_and_embedded_files_are_let_alone(tmp_path):
    path = write_pdf(tmp_path / "busy.pdf", content=show(b"Hello world"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments["secret.txt"] = b"attached"
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="while (true) app.alert('scripted');")
        pdf.Root.OpenAction = script
        pdf.pages[0].AA = pikepdf.Dictionary(O=script)
        pdf.save(path)

    text = extract_document(path, limits=ExtractionLimits(seconds=30))

    assert text.text == "Hello world"
    assert "attached" not in str(text)
    assert "scripted" not in str(text)


def test_the_empty_password_is_tried(tmp_path):
    path = write_pdf(tmp_path / "owned.pdf", content=show(b"Hello world"))
    for password, expected in (("", "Hello world"), ("open", None)):
        with pikepdf.open(path) as pdf:
            pdf.save(
                tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="owner", user=password, R=6)
            )
        if expected is None:
            with pytest.raises(ExtractionError, match="asks for a password"):
                extract_document(tmp_path / "locked.pdf")
        else:
            assert extract_document(tmp_path / "locked.pdf").pages[0].text == expected


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


def test_bytes_are_read_as_files_are():
    path = min(TARGET.glob("*.pdf"))
    assert extract_document(path.read_bytes()) == extract_document(path)
