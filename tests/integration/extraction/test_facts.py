"""What a PDF says of itself, read in the child: labels, document information, XMP, language, fingerprint."""

import zlib

import pikepdf
import pytest

from harvester.extraction import extract_document
from tests.integration.extraction.drawing import show, write_pdf
from tests.unit.harvester.extraction.test_language import DECLARATION
from tests.unit.harvester.extraction.test_xmp import PACKET, SAID

GOOD = PACKET.encode()


def made(path, *, packet=GOOD, pages=3, **stream):
    """Write a PDF of roman and prefixed page labels with document information and an XMP packet."""
    words = DECLARATION["en"].split()
    lines = b" T* ".join(f"({' '.join(words[n : n + 6])}) Tj".encode() for n in range(0, len(words), 6))
    write_pdf(path, pages=pages, content=b"BT /F1 9 Tf 11 TL 20 360 Td " + lines + b" ET")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.PageLabels = pikepdf.Dictionary(
            Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.r), 2, pikepdf.Dictionary(S=pikepdf.Name.D, P="A-")]
        )
        pdf.docinfo["/Author"] = "A. One\n and   B. Two"
        pdf.docinfo["/Keywords"] = ""
        meta = pdf.make_stream(packet)
        for name, value in stream.items():
            meta[f"/{name}"] = value
        pdf.Root.Metadata = meta
        pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return path


def test_a_document_says_what_it_declares(tmp_path):
    text = extract_document(made(tmp_path / "a.pdf"))
    assert [page.label for page in text.pages] == ["i", "ii", "A-1"]
    assert text.facts.declared == {"Author": "A. One and B. Two", **SAID}
    assert text.facts.language == "en"
    assert len(text.facts.fingerprint) == 128


def test_pages_without_labels_have_none(tmp_path):
    text = extract_document(write_pdf(tmp_path / "a.pdf", content=show(b"Care leavers")))
    assert text.pages[0].label is None
    assert (text.facts.declared, text.facts.language, text.facts.fingerprint) == ({}, None, ())


@pytest.mark.parametrize(
    ("packet", "stream"),
    [
        (b"<x:xmpmeta", {}),
        (zlib.compress(b" " * 200_000_000, 9), {"Filter": pikepdf.Name.FlateDecode}),
        (zlib.compress(zlib.compress(b" " * 2**28)), {"Filter": [pikepdf.Name.FlateDecode] * 2}),
        (b"x" * 2_000_000, {}),
    ],
    ids=["torn", "packed large", "packed twice", "large"],
)
def test_a_hostile_packet_costs_the_packet_alone(tmp_path, packet, stream):
    text = extract_document(made(tmp_path / "a.pdf", packet=packet, pages=1, **stream))
    assert text.pages[0].text.startswith("All human beings")
    assert text.facts.declared == {"Author": "A. One and B. Two"}
