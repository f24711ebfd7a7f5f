"""Which files the slow engine is asked to open as well."""

import pytest

from harvester.extraction import opening
from tests.integration.extraction.drawing import show, write_pdf


@pytest.fixture
def asked(monkeypatch):
    """The paths that the second engine is asked to open; it cannot."""
    paths = []
    monkeypatch.setattr(opening, "_open_with_plumber", lambda path: (paths.append(path), (None, False))[1])
    return paths


def damaged(path, *, extra=""):
    """Three pages in a file whose table of contents points nowhere."""
    write_pdf(path, pages=3, content=show(b"text"), extra=extra)
    content = path.read_bytes()
    table = content.index(b"xref\n")
    path.write_bytes(content[:table] + content[table:].replace(b"0000", b"9999"))
    return path


def test_a_mended_file_in_which_no_more_pages_are_named_is_not_opened_twice(tmp_path, asked):
    document = opening.open_document(damaged(tmp_path / "a.pdf"))
    assert (document.pdfium.is_sound, document.page_count, asked) == (False, 3, [])


@pytest.mark.parametrize("more", ["/Other << /Type /Page >>", "/Note (/ObjStm)"])
def test_a_mended_file_that_may_hold_more_pages_is_asked_of_both(tmp_path, asked, more):
    document = opening.open_document(damaged(tmp_path / "a.pdf", extra=more))
    assert document.page_count == 3
    assert len(asked) == 1


def test_a_sound_file_is_opened_once(tmp_path, asked):
    path = write_pdf(tmp_path / "a.pdf", content=show(b"text"), extra="/Other << /Type /Page >>")
    assert (opening.open_document(path).page_count, asked) == (1, [])
