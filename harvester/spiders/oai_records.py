"""What the metadata of a repository's entry says: title, date, links; and whether the search wants it."""

from collections.abc import Iterable
from dataclasses import dataclass

from harvester.declarations.oaipmh import OaipmhFilters
from harvester.spiders.addresses import absolute
from harvester.spiders.oai_xml import Entry
from harvester.spiders.pages import iso_date

_LINKS = ("identifier", "relation", "source", "file", "version_of_record")
"""Elements that hold addresses: the document's, the landing page's, sometimes others'. EPrints gives files as
dc:identifier and the page as dc:relation, DSpace the page as dc:identifier, rioxx the file as dc:identifier."""


@dataclass(frozen=True, slots=True)
class Described:
    """An entry's metadata in our words; ``links`` are its addresses, in order, each once."""

    title: str
    summary: str | None
    publisher: str | None
    published: str | None
    document_type: str | None
    links: tuple[str, ...]


def described(entry: Entry) -> Described:
    """Read an entry's metadata."""
    said = entry.metadata
    dates = (iso_date(text) for name in ("date", "publication_date", "issued") for text in said.get(name, ()))
    links = (absolute(text, base="") for name in _LINKS for text in said.get(name, ()) if " " not in text)
    return Described(
        title=next(iter(said.get("title", ())), "") or entry.identifier,
        summary="\n\n".join(said.get("description", ())) or None,
        publisher="; ".join(said.get("publisher", ())) or None,
        published=next((found for found in dates if found is not None), None),
        document_type=next(iter(said.get("type", ())), None),
        links=tuple(dict.fromkeys(link for link in links if link is not None)),
    )


def left_out(entry: Entry, filters: OaipmhFilters) -> str | None:
    """Return why the search leaves an entry out, ``None`` when it does not."""
    said = entry.metadata
    subjects = said.get("subject", ())
    if filters.subjects and not _any_in(filters.subjects, subjects):
        return "other_subject"
    words = (*said.get("title", ()), *said.get("description", ()), *subjects)
    if filters.terms and not _any_in(filters.terms, words):
        return "no_term"
    published = described(entry).published
    if filters.published_from is not None and published and int(published[:4]) < filters.published_from:
        return "too_early"
    return None


def _any_in(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether any of some phrases stands in any of some texts, whatever its case."""
    folded = [" ".join(text.casefold().split()) for text in texts]
    return any(" ".join(phrase.casefold().split()) in text for phrase in wanted for text in folded)
