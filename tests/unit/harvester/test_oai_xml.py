"""OAI-PMH answers, whoever wrote them."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.errors import SourceError
from harvester.spiders.oai_xml import mended, read_answer

legal = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)


def answer(content: str, *, encoding: str = "utf-8", head: str = "") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{head}<OAI-PMH>{content}</OAI-PMH>'
    return text.encode(encoding, "xmlcharrefreplace")


def record(title: str, identifier: str = "oai:a:1") -> str:
    return (
        f"<record><header><identifier>{identifier}</identifier><datestamp>2026-01-01</datestamp></header>"
        f"<metadata><dc><title>{title}</title></dc></metadata></record>"
    )


@given(titles=st.lists(legal, max_size=5), encoding=st.sampled_from(["utf-8", "iso-8859-1", "utf-16"]))
def test_entries_come_back_as_they_were_written(titles, encoding):
    content = "".join(record(escape(title), f"oai:a:{n}") for n, title in enumerate(titles))

    entries = read_answer(answer(f"<ListRecords>{content}</ListRecords>", encoding=encoding)).entries

    assert [entry.identifier for entry in entries] == [f"oai:a:{n}" for n in range(len(titles))]
    assert [entry.metadata.get("title", ("",))[0] for entry in entries] == [
        " ".join(t.split()) for t in titles
    ]


@given(
    before=legal,
    junk=st.sampled_from(
        ["\x00", "\x0b", "\x1f", "\ufffe", "&#0;", "&#x1F;", "&#xD800;", "&nbsp;", "& ", "&;", "&#;"]
    ),
    after=legal,
)
def test_what_no_xml_may_hold_costs_that_character_alone(before, junk, after):
    content = (
        f"<ListRecords>{record(escape(before) + junk + escape(after))}{record('Next', 'b')}</ListRecords>"
    )

    read = read_answer(answer(content))

    assert read.was_mended
    assert [entry.identifier for entry in read.entries] == ["oai:a:1", "b"]
    assert " ".join(after.split()) in read.entries[0].metadata["title"][0]


@given(text=legal)
def test_mending_what_is_whole_changes_nothing(text):
    assert mended(f"<a>{escape(text)}</a>".encode()) == f"<a>{escape(text)}</a>"


@given(body=st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reader(body):
    with pytest.raises(SourceError):
        read_answer(body)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;&b;">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_document_type_is_refused(head):
    with pytest.raises(SourceError, match="document type"):
        read_answer(answer(f"<ListRecords>{record('&b;')}</ListRecords>", head=head))


def test_space_before_the_declaration_is_borne():
    assert read_answer(b"\n" + answer("<error code='noRecordsMatch'>none</error>")).errors == {
        "noRecordsMatch": "none"
    }


@pytest.mark.parametrize(
    ("element", "text", "size"),
    [
        ('<resumptionToken completeListSize="12">a b&amp;c</resumptionToken>', "a b&c", 12),
        ('<resumptionToken completeListSize="-1"/>', "", None),
        ('<resumptionToken completeListSize="many"> </resumptionToken>', "", None),
    ],
)
def test_tokens(element, text, size):
    token = read_answer(answer(f"<ListRecords>{element}</ListRecords>")).token

    assert (token.text, token.size) == (text, size)


def test_deleted_entries_and_nested_formats():
    read = read_answer(
        answer(
            "<ListRecords><record><header status='deleted'><identifier>x</identifier></header></record><record><header>"
            "<identifier>y</identifier><setSpec>s</setSpec></header><metadata><rioxx><author><name>A</name></author>"
            "<license_ref>L</license_ref></rioxx></metadata></record><record><metadata/></record></ListRecords>"
        )
    )

    deleted, kept = read.entries
    assert deleted.is_deleted
    assert kept.metadata == {"name": ("A",), "license_ref": ("L",)}
    assert kept.sets == ("s",)
