"""Open Document text, by odfdo: its elements rewritten as those of a web page."""

from pathlib import Path

import odfdo
from lxml import etree
from lxml.etree import _Element as Element

from corpus.vocabulary.documents import ExtractedText
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction.office.inner import flatten_inner_tables
from harvester.extraction.office.package import check_package, read_part
from harvester.extraction.office.properties import read_properties
from harvester.extraction.web.page import read_tree

ENGINE = "odfdo"
_MOST_NOTES = 9_999
_MOST_REPEATED = 100  # blanks, cells: more of one kind are padding
_SILENT = frozenset({
    "annotation", "annotation-end", "bookmark", "forms", "sequence-decls", "tracked-changes", "variable-decls",
    "user-field-decls", "table-of-content", "alphabetical-index", "table-columns", "table-column",
})  # fmt: skip
_TAGS = {
    "list-item": "li", "list-header": "li", "table": "table", "table-row": "tr", "table-header-rows": "thead",
    "table-cell": "td", "section": "section", "line-break": "br", "text-box": "div",
}  # fmt: skip


def read_odt(path: Path, *, title: str | None = None) -> ExtractedText:
    """Read a document's text without its page headers and footers, pictures, comments and deleted passages.

    Raises
    ------
    ExtractionError
        With the reason when it is damaged, too large or encrypted.
    """
    check_package(path, needs="content.xml")
    if b"encryption-data" in (read_part(path, "META-INF/manifest.xml") or b""):
        raise ExtractionError("The document is encrypted: it asks for a password.")
    try:
        document = odfdo.Document(path)
        content = _tree(document.get_part("content.xml"))
        has_styles = read_part(path, "styles.xml") is not None  # the format allows to leave them out
        parts = (_tree(document.get_part("styles.xml")), content) if has_styles else (content,)
    except MemoryError:
        raise
    except Exception as error:  # hostile bytes raise anything, each library its own
        raise ExtractionError("The file is damaged: its text cannot be read.") from error
    texts = [el for el in content.iter() if _name(el) == "text" and _name(el.getparent()) == "body"]
    if not texts:
        raise ExtractionError("The file is no text document.")
    body = _Rewriter(parts).rewrite(texts[0])
    flatten_inner_tables(body)
    return read_tree(body, title=title, declared=read_properties(read_part(path, "meta.xml")), engine=ENGINE)


class _Rewriter:
    """Writes Open Document elements as those of a web page."""

    def __init__(self, parts: tuple[Element, ...]) -> None:
        self._parents: dict[str, str] = {}
        self._numbered: set[str] = set()
        self._notes: list[Element] = []
        for style in (el for part in parts for el in part.iter()):
            if _name(style) == "style" and (parent := _said(style, "parent-style-name")):
                self._parents[_said(style, "name")] = parent
            elif _name(style) == "list-style" and _name(next(iter(style), None)) == "list-level-style-number":
                self._numbered.add(_said(style, "name"))

    def rewrite(self, source: Element) -> Element:
        """Return a ``body`` with what the source holds, its notes at the end."""
        body = etree.Element("body")
        self._write(source, body, list_tag="ul")
        notes = etree.SubElement(body, "ol")
        for number, note in enumerate(self._notes, start=1):
            self._write(note, etree.SubElement(notes, "li", id=f"fn{number}"), list_tag="ul")
        return body

    def _write(self, source: Element, into: Element, *, list_tag: str) -> None:
        _add(into, source.text)
        for child in source:
            name = _name(child)
            if name == "note":
                self._put_by(child, into)
            elif name == "frame":
                self._write_boxes(child, into)
            elif name in {"s", "tab"}:
                _add(into, " " * min(_count(child, "c"), _MOST_REPEATED))
            elif name and name not in _SILENT:
                self._write_element(child, name, into, list_tag=list_tag)
            _add(into, child.tail)

    def _put_by(self, note: Element, into: Element) -> None:
        """Leave a note's number where it is referred to; its text comes at the end."""
        body = next((child for child in note if _name(child) == "note-body"), None)
        if body is not None and len(self._notes) < _MOST_NOTES:
            self._notes.append(body)
            _add(into, f"[{len(self._notes)}]")

    def _write_boxes(self, frame: Element, into: Element) -> None:
        """Write what a frame holds as text: in boxes, and no picture's name or description."""
        for child in frame:
            if _name(child) == "text-box":
                self._write_element(child, "text-box", into, list_tag="ul")

    def _write_element(self, child: Element, name: str, into: Element, *, list_tag: str) -> None:
        if name == "list":
            style = _said(child, "style-name")
            list_tag = ("ol" if style in self._numbered else "ul") if style else list_tag
        tag = list_tag if name == "list" else self._tag(child, name)
        repeated = min(_count(child, "number-columns-repeated"), _MOST_REPEATED) if tag == "td" else 1
        for _ in range(repeated):
            target = into if tag is None else etree.SubElement(into, tag)
            if tag == "td":
                target.set("rowspan", str(_count(child, "number-rows-spanned")))
                target.set("colspan", str(_count(child, "number-columns-spanned")))
            self._write(child, target, list_tag=list_tag)

    def _tag(self, element: Element, name: str) -> str | None:
        """Return the web page's name for an element; ``None`` for one of which only the content counts."""
        if name == "h":
            return f"h{min(max(_count(element, 'outline-level'), 1), 6)}"
        if name == "p":
            style = self._named_style(element)
            return "h1" if style == "title" else "figcaption" if style in _CAPTIONS else "p"
        return _TAGS.get(name)

    def _named_style(self, element: Element) -> str:
        """Return the style that a person chose: those that a program made inherit from it."""
        style = _said(element, "style-name")
        if len(style) > 1 and style[0] == "P" and style[1:].isdecimal():
            style = self._parents.get(style, "")
        return style.casefold()


_CAPTIONS = frozenset({"caption", "illustration", "table", "figure", "drawing"})


def _tree(part: object) -> Element:
    if not isinstance(part, odfdo.XmlPart):
        raise TypeError("no part of that name")
    return etree.fromstring(part.serialize(), parser=etree.XMLParser(resolve_entities=False, no_network=True))


def _name(element: Element | None) -> str:
    return etree.QName(element).localname if element is not None and isinstance(element.tag, str) else ""


def _said(element: Element, name: str) -> str:
    """Return an attribute by its name without its family."""
    return next((str(value) for key, value in element.items() if etree.QName(key).localname == name), "")


def _count(element: Element, name: str) -> int:
    said = _said(element, name)
    return int(said) if said.isdecimal() and len(said) < 9 else 1


def _add(into: Element, text: str | None) -> None:
    """Add text after what the element holds."""
    if not text:
        return
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text
