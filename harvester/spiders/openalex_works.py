"""OpenAlex's lists and works: the requests, the answers, and what a work says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from corpus.vocabulary.errors import SourceError
from harvester.declarations.openalex import OpenalexDeclaration
from harvester.spiders.addresses import absolute
from harvester.spiders.pages import iso_date

BEGINNING = "*"
"""The cursor of the first page."""
_LONGEST = 100_000  # words; a position beyond it is nonsense and would cost memory


@dataclass(frozen=True, slots=True)
class WorksPage:
    """How many works there are, those that came, and where to go on (``None`` at the end)."""

    count: int
    works: tuple[Mapping[str, Any], ...]
    cursor: str | None


def works_url(declaration: OpenalexDeclaration, cursor: str) -> str:
    """Return the request for a page. The order is that of publication, oldest first: what is new comes last."""
    filters = declaration.filters
    parameters: list[tuple[str, object]] = []
    if filters.filter is not None:
        parameters.append(("filter", filters.filter))
    if filters.search is not None:
        parameters.append(("search", filters.search))
    parameters += [("sort", "publication_date"), ("per_page", filters.per_page), ("cursor", cursor)]
    return f"{declaration.entry.works}?{urlencode(parameters)}"


def read_page(said: object) -> WorksPage:
    """Take an answer apart.

    Raises
    ------
    SourceError
        When it is not what the works API gives.
    """
    match said:
        case {"meta": {"count": int(count), **meta}, "results": list(results)} if all(
            isinstance(work, dict) for work in results
        ):
            cursor = meta.get("next_cursor")
            return WorksPage(count, tuple(results), cursor if isinstance(cursor, str) and cursor else None)
    raise SourceError("OpenAlex gave an answer of an unknown shape: the source may have changed.")


def error_in(said: object) -> str:
    """Return what an error answer says."""
    if not isinstance(said, dict):
        return "no reason given"
    return ": ".join(str(said[name]) for name in ("error", "message") if said.get(name)) or "no reason given"


def key_of(work: Mapping[str, Any]) -> str | None:
    """Return a work's identity (``W2741809807``)."""
    identity = work.get("id")
    return identity.rstrip("/").rpartition("/")[2] or None if isinstance(identity, str) else None


def abstract_of(work: Mapping[str, Any]) -> str | None:
    """Return the abstract, put together from its index of words and their places; ``None`` when there is none."""
    index = work.get("abstract_inverted_index")
    if not isinstance(index, dict):
        return None
    placed = {
        place: word
        for word, places in index.items()
        for place in (places if isinstance(places, list) else ())
        if isinstance(place, int) and not isinstance(place, bool) and 0 <= place < _LONGEST
    }
    return " ".join(placed[place] for place in sorted(placed)).strip() or None


def published_on(work: Mapping[str, Any]) -> str | None:
    """Return the date of publication as precisely as it is known; the year where there is no more."""
    for name in ("publication_date", "publication_year"):
        if (found := iso_date(str(work.get(name) or ""))) is not None:
            return found
    return None


def publisher_of(work: Mapping[str, Any]) -> str | None:
    """Return who publishes the place where a work appeared, else the place's own name."""
    source = _mapping(_mapping(work.get("primary_location")).get("source"))
    return _text(source.get("host_organization_name")) or _text(source.get("display_name"))


def landing_of(work: Mapping[str, Any]) -> str | None:
    """Return the address of a work: its DOI, else its first landing page."""
    addresses = (work.get("doi"), *(place.get("landing_page_url") for place in _places(work)))
    return next((url for said in addresses if (url := absolute(_text(said) or "", base=""))), None)


def files_of(work: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses of freely readable files, the best first, each once."""
    addresses = [place.get("pdf_url") for place in _places(work) if place.get("is_oa") is not False]
    urls = (absolute(_text(said) or "", base="") for said in addresses)
    return tuple(dict.fromkeys(url for url in urls if url is not None))


def said_of(work: Mapping[str, Any]) -> dict[str, object]:
    """Return what OpenAlex said of a work, less what differs from day to day (citations, scores) and the abstract."""
    authors = (_mapping(_mapping(entry).get("author")) for entry in _list(work.get("authorships")))
    said: dict[str, object] = {
        name: work[name]
        for name in ("ids", "doi", "type", "language", "open_access", "is_retracted", "biblio")
        if work.get(name) not in (None, {}, [])
    }
    said["authors"] = [name for author in authors if (name := _text(author.get("display_name")))]
    said["locations"] = [
        {name: place.get(name) for name in ("landing_page_url", "pdf_url", "is_oa", "license", "version")}
        for place in _places(work)
    ]
    return said


def _places(work: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the places where a work lies, the best open one first."""
    met: list[Mapping[str, Any]] = []
    for place in (work.get("best_oa_location"), work.get("primary_location"), *_list(work.get("locations"))):
        if isinstance(place, dict) and place not in met:
            met.append(place)
            yield place


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None
