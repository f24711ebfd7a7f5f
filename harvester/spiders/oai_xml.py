"""OAI-PMH 2.0 answers, taken apart without trust: no document type, no entity, no network; illegal characters are borne.

Name spaces are passed over: repositories misspell them, and every element is known by its own name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from corpus.vocabulary.errors import SourceError

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)[\"']")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|(amp|lt|gt|quot|apos))?(;?)")
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the repository, or its header alone. ``metadata`` is text by the element's own name."""

    identifier: str
    datestamp: str
    sets: tuple[str, ...] = ()
    is_deleted: bool = False
    metadata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def with_more(self, other: "Entry") -> "Entry":
        """Return the entry with what another format says of it."""
        merged = {
            name: tuple(dict.fromkeys((*self.metadata.get(name, ()), *other.metadata.get(name, ()))))
            for name in (*self.metadata, *other.metadata)
        }
        return replace(self, metadata=merged)


@dataclass(frozen=True, slots=True)
class Token:
    """A resumption token; empty where the list ends with it. ``size`` is completeListSize, where one is given."""

    text: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the repository said.

    Attributes
    ----------
    errors
        Messages by code, empty when the request was served.
    entries
        In their order.
    token
        ``None`` where there is no such element.
    said
        Identify's elements by name.
    response_date
        The repository's own clock.
    was_mended
        Whether the answer held what no XML may hold.
    """

    errors: Mapping[str, str]
    entries: tuple[Entry, ...]
    token: Token | None
    said: Mapping[str, str]
    response_date: str
    was_mended: bool


def read_answer(body: bytes) -> Answer:
    """Take an answer apart.

    Raises
    ------
    SourceError
        When it is no OAI-PMH, not even with its illegal characters replaced.
    """
    root, was_mended = _root(body)
    if _name(root) != "OAI-PMH":
        raise SourceError(f"The answer is not OAI-PMH but {_name(root)!r}.")
    errors: dict[str, str] = {}
    entries: list[Entry] = []
    token: Token | None = None
    said: dict[str, str] = {}
    for part in root:
        match _name(part):
            case "error":
                errors[part.get("code", "unknown")] = _text(part)
            case "Identify":
                said = {_name(child): _text(child) for child in part}
            case "ListRecords" | "ListIdentifiers" | "GetRecord":
                for child in part:
                    if _name(child) == "resumptionToken":
                        token = Token(_text(child), _number(child.get("completeListSize")))
                    elif (entry := _entry(child)) is not None:
                        entries.append(entry)
    return Answer(
        errors=errors,
        entries=tuple(entries),
        token=token,
        said=said,
        response_date=next((_text(part) for part in root if _name(part) == "responseDate"), ""),
        was_mended=was_mended,
    )


def mended(body: bytes) -> str:
    """Return an answer as text, with U+FFFD for what XML forbids and stray ampersands made literal."""
    declared = _ENCODING.match(body)
    try:
        text = body.decode(declared[1].decode("ascii") if declared else "utf-8-sig", "replace")
    except LookupError:
        text = body.decode("utf-8-sig", "replace")
    text = _ILLEGAL.sub(_UNKNOWN, _DECLARATION.sub("", text))
    return _REFERENCE.sub(_mended_reference, text).strip()


def _mended_reference(found: re.Match[str]) -> str:
    hexadecimal, decimal, name, end = found.groups()
    if not end:
        return f"&amp;{found[0][1:]}"
    if name:
        return found[0]
    if not hexadecimal and not decimal:
        return "&amp;;"
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    is_legal = number <= 0x10FFFF and not _ILLEGAL.match(chr(number))
    return found[0] if is_legal else _UNKNOWN


def _root(body: bytes) -> tuple[Any, bool]:
    try:
        return _parsed(body), False
    except etree.XMLSyntaxError:
        pass
    try:
        return _parsed(mended(body).encode()), True
    except etree.XMLSyntaxError as error:
        raise SourceError(f"The answer is not XML ({error.msg}).") from error


def _parsed(body: bytes) -> Any:  # noqa: ANN401 - lxml brings no types
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(body, parser)
    if root.getroottree().docinfo.doctype:
        raise SourceError("The answer brings a document type of its own, which no OAI-PMH answer may.")
    return root


def _entry(element: Any) -> Entry | None:  # noqa: ANN401 - as above
    """Return a record or a bare header; ``None`` for what has no identifier."""
    parts = {_name(part): part for part in element}
    header = element if _name(element) == "header" else parts.get("header")
    if header is None:
        return None
    told = [(_name(part), _text(part)) for part in header]
    identifier = next((text for name, text in told if name == "identifier" and text), None)
    if identifier is None:
        return None
    return Entry(
        identifier=identifier,
        datestamp=next((text for name, text in told if name == "datestamp"), ""),
        sets=tuple(text for name, text in told if name == "setSpec" and text),
        is_deleted=header.get("status") == "deleted",
        metadata=_metadata(parts["metadata"]) if "metadata" in parts else {},
    )


def _metadata(element: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - as above
    """Return the texts of all elements that hold no other, by name, in order, each once."""
    found: dict[str, dict[str, None]] = {}
    for part in _leaves(element):
        if text := _text(part):
            found.setdefault(_name(part), {})[text] = None
    return {name: tuple(texts) for name, texts in found.items()}


def _leaves(element: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    return (part for part in element.iterdescendants() if not len(part))


def _name(element: Any) -> str:  # noqa: ANN401 - as above
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:  # noqa: ANN401 - as above
    return " ".join("".join(element.itertext()).split())


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdecimal() else None
