"""What an XMP packet says of its document, as names and plain values."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LISTS = {_RDF + name for name in ("Alt", "Bag", "Seq")}
# Packets choose their own prefixes; these are the usual ones. What else they hold is the history of editing programs.
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
}


def read_xmp(packet: bytes) -> dict[str, str]:
    """Return the properties of the well-known schemas, by name (``dc:title``); entries of lists parted by ``"; "``.

    A packet that is no XML says nothing; of one that is damaged, what stands before the damage counts.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(packet.strip(b"\x00 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    if root is None:
        return {}
    said: dict[str, str] = {}
    for description in root.iter(_RDF + "Description"):
        for name, value in _properties(description):
            if value:
                said.setdefault(name, value)
    return said


def _properties(description: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - an element
    for tag, value in description.attrib.items():
        if name := _name(tag):
            yield name, value.strip()
    for element in description.iterchildren(tag=etree.Element):
        if name := _name(element.tag):
            yield name, _value(element)


def _name(tag: str) -> str | None:
    address, _, local = tag.removeprefix("{").rpartition("}")
    prefix = _PREFIXES.get(address)
    return f"{prefix}:{local}" if prefix else None


def _value(element: Any) -> str:  # noqa: ANN401 - an element
    for entries in element.iterchildren(tag=etree.Element):
        if entries.tag in _LISTS:
            texts = [(entry.text or "").strip() for entry in entries.iterchildren(_RDF + "li")]
            # Of alternatives, languages mostly, the first is the default.
            kept = texts[:1] if entries.tag == _RDF + "Alt" else texts
            return "; ".join(filter(None, kept))
    return (element.text or "").strip()
