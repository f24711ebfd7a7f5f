"""XMP packets: what they say by name, and bytes that are none."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.extraction.plumber import xmp_packet
from harvester.extraction.tidying import LONGEST_VALUE, MOST_VALUES, tidy
from harvester.extraction.xmp import read_xmp

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:p="http://ns.adobe.com/pdf/1.3/" p:Producer="Word"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:h="http://ns.adobe.com/xap/1.0/mm/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Work &amp; care</rdf:li><rdf:li xml:lang="cy">Gwaith</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>A. One</rdf:li><rdf:li>B. Two</rdf:li></rdf:Seq></dc:creator>
<dc:format>application/pdf</dc:format><dc:rights/><h:DocumentID>uuid:1</h:DocumentID>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
SAID = {
    "pdf:Producer": "Word",
    "dc:title": "Work & care",
    "dc:creator": "A. One; B. Two",
    "dc:format": "application/pdf",
}


def test_known_schemas_are_read_by_their_usual_names():
    assert read_xmp(PACKET.encode()) == SAID


def test_other_encodings_are_read():
    assert read_xmp(PACKET.replace("\ufeff", "").encode("utf-16")) == SAID


def test_entities_are_not_resolved():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    packet = PACKET.partition("?>\n")[2].replace("application/pdf", "&b;")
    assert "aaaa" not in str(read_xmp((bomb + packet).encode()))


@given(st.binary(max_size=200))
def test_any_bytes_say_something_or_nothing(packet):
    assert isinstance(read_xmp(packet), dict)


@given(st.integers(0, len(PACKET)), st.binary(max_size=4))
def test_a_damaged_packet_never_raises(place, junk):
    packet = PACKET.encode()
    assert isinstance(read_xmp(packet[:place] + junk + packet[place + 1 :]), dict)


@given(st.dictionaries(st.text(), st.text(), max_size=80))
def test_values_are_kept_short_and_on_one_line(declared):
    kept = tidy(declared)
    assert len(kept) <= MOST_VALUES
    assert all(
        value == " ".join(value.split()) and 0 < len(value) <= LONGEST_VALUE for value in kept.values()
    )


@pytest.mark.parametrize("packing", pikepdf.ObjectStreamMode.__members__.values())
def test_packet_is_found_plain_and_packed(tmp_path, packing):
    path = tmp_path / "said.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Metadata = pdf.make_stream(
            PACKET.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        pdf.save(path, object_stream_mode=packing)

    assert read_xmp(xmp_packet(path)) == SAID


def test_document_without_packet_has_none(tmp_path):
    path = tmp_path / "silent.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)

    assert xmp_packet(path) == b""
