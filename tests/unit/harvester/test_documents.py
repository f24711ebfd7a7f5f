"""What became of a file: judged by what is said of it and by its own bytes."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.media_types import REPORTS, file_name, type_found, type_named, type_said
from harvester.spiders.base import Fetched
from harvester.spiders.documents import SoughtDocument, may_be_document, settled
from harvester.spiders.pages import Link

URL = "https://charity.example/files/report"
WORD, OPEN = REPORTS[2], REPORTS[3]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20)


def archive(*names: str, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as members:
        if mimetype:
            members.writestr("mimetype", mimetype)
        for name in names:
            members.writestr(name, "x")
    return file.getvalue()


def answer(body: bytes, media_type: str = "", *, url: str = URL, **headers: str) -> Fetched:
    return Fetched(url, 200, media_type, headers, body, None, ())


@pytest.mark.parametrize(
    ("body", "header", "url", "becomes"),
    [
        (b"%PDF-1.7\n", "application/pdf", URL, "application/pdf"),
        (b"%PDF-1.7\n", "application/octet-stream", f"{URL}.pdf", "application/pdf"),
        (b"%PDF-1.7\n", "text/html", URL, "application/pdf"),
        (b"\n" * 1000 + b"%PDF-1.4", "application/x-pdf", URL, "application/pdf"),
        (archive("word/document.xml"), "application/octet-stream", URL, WORD),
        (archive("word/document.xml"), "application/zip", f"{URL}.zip", WORD),
        (archive("content.xml", mimetype=OPEN), "", URL, OPEN),
        (OLE, "application/octet-stream", f"{URL}.DOC?download=1", "application/msword"),
        (b"{\\rtf1 a}", "text/rtf", URL, "application/rtf"),
        (b"{\\rtf1 a}", "", URL, "application/rtf"),
    ],
)
def test_a_file_is_known_by_its_bytes_and_by_what_is_said_of_it(body, header, url, becomes):
    document = settled(SoughtDocument(url), answer(body, header, url=url), media_types=REPORTS)

    assert (document.status, document.media_type, document.reason) == ("retrieved", becomes, None)


@pytest.mark.parametrize(
    ("body", "header", "url", "reason"),
    [
        (b"", "application/pdf", URL, "empty"),
        (b"<!DOCTYPE html><p>Sorry", "application/pdf", URL, "web page instead of the file"),
        (b"\xef\xbb\xbf <html><p>Log in", "", f"{URL}.pdf", "web page instead of the file"),
        (
            b"<?xml version='1.0'?><html>",
            "application/octet-stream",
            f"{URL}.docx",
            "web page instead of the file",
        ),
        (b"no mark-up at all", "text/html", f"{URL}.docx", "web page instead of the file"),
        (b"plain words", "application/pdf", URL, "not a PDF"),
        (archive("a.txt"), "application/octet-stream", f"{URL}.pdf", "not a PDF"),
        (b"plain words", "", f"{URL}.docx", f"not the file that it is said to be: {WORD}"),
        (b"\x89PNG\r\n", "image/png", URL, "not a kind of document that is sought: image/png"),
        (
            archive("xl/workbook.xml"),
            "",
            URL,
            "not a kind of document that is sought: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (archive("a.txt"), "", URL, "not a kind of document that is sought: application/zip"),
        (b"\0\1\2", "", URL, "not a kind of document that is sought: unknown"),
    ],
)
def test_what_is_no_document_says_why(body, header, url, reason):
    document = settled(SoughtDocument(url), answer(body, header, url=url), media_types=REPORTS)

    assert (document.status, document.reason) == ("not_retrieved", reason)


def test_the_name_that_the_server_gives_counts():
    named = answer(
        OLE,
        "application/octet-stream",
        **{"content-disposition": "attachment; filename*=UTF-8''caf%C3%A9.doc"},
    )

    assert settled(SoughtDocument(URL), named, media_types=REPORTS).media_type == "application/msword"


@pytest.mark.parametrize(
    ("link", "is_one"),
    [
        (Link(f"{URL}.pdf?v=2", ""), True),
        (Link(f"{URL}.xlsx", ""), True),
        (Link("https://charity.example/file/12/download?token=ab", ""), True),
        (Link("https://charity.example/media/ab12cd34/file", ""), True),
        (Link(URL, "Full report (PDF, 742kb)"), True),
        (Link(URL, "", is_download=True), True),
        (Link("https://charity.example/sites/default/files/cover.png?itok=1", "Download"), False),
        (Link("https://charity.example/sites/default/files/", "All files"), False),
        (Link("https://charity.example/reports/next", "The next report"), False),
        (Link("https://charity.example/profile/", "Pdfs of us"), False),
    ],
)
def test_links_that_look_like_documents_are_known(link, is_one):
    assert may_be_document(link) is is_one


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://a.example/x/Report.PDF?download=1", "application/pdf"),
        ("https://a.example/x.docx", WORD),
        ("https://a.example/pdf/", None),
        ("https://a.example/a.pdf/view", None),
        ("https://a.example/a%2Epdf", "application/pdf"),
    ],
)
def test_an_ending_names_a_type(url, said):
    assert type_named(url) == said


@given(st.binary(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_any_bytes_and_headers_are_borne(body, header, disposition):
    said = type_said(header)
    found = type_found(body, said=(said,))

    assert found is None or b"/" in found.encode()
    assert isinstance(file_name(disposition), str)
    document = settled(
        SoughtDocument(URL), answer(body, said, **{"content-disposition": disposition}), media_types=REPORTS
    )
    assert (document.status == "retrieved") is (document.reason is None)


def test_a_file_that_opens_with_comments_without_end_costs_nothing():
    assert type_found(b"<!---->" * 140 + b"x", said=()) is None
