"""GOV.UK's search: its parameters, its answers, and windows of time that each fit one request.

Paging by ``start`` is no snapshot: what is published meanwhile shifts every page. So the results are asked in windows of
``public_timestamp``, each small enough to come whole in one answer. What the service's own code says of them (search-api,
``search_parameter_parser.rb`` and ``user_filter.rb``): both ends are included, a time without zone is UTC, fractions of a
second are dropped from what is asked though not from what is held. Two windows therefore share the second in which they
meet, or what lies within it would fall between them. Publications without a time are in no window: they are what a
*reject* of all times leaves (the filter for a missing date makes the service fail).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from corpus.vocabulary.errors import SourceError
from harvester.declarations import GovukDeclaration

MOST = 1500
"""Results that one request may bring."""
_ALL_TIMES = "from:1000-01-01"

FIELDS = (
    "title",
    "description",
    "link",
    "content_id",
    "content_store_document_type",
    "format",
    "public_timestamp",
    "first_published_at",
    "updated_at",
    "organisations",
    "is_withdrawn",
)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of ``public_timestamp`` in whole seconds, both ends included; ``None`` is open.

    ``is_undated`` is the stretch of what has no time at all.
    """

    first: datetime | None = None
    last: datetime | None = None
    is_undated: bool = False

    @property
    def parameter(self) -> tuple[str, str] | None:
        """The parameter that asks for it, ``None`` for everything."""
        if self.is_undated:
            return "reject_public_timestamp", _ALL_TIMES
        ends = [
            f"{name}:{moment:%Y-%m-%dT%H:%M:%SZ}"
            for name, moment in (("from", self.first), ("to", self.last))
            if moment is not None
        ]
        return ("filter_public_timestamp", ",".join(ends)) if ends else None

    def split(self, moment: datetime) -> "tuple[Window, Window]":
        """Return what lies before ``moment`` and what after; that second is in both."""
        return Window(self.first, moment), Window(moment, self.last)

    def __str__(self) -> str:
        return "=".join(self.parameter or ("all", "times"))


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The number of results there are, and those that came."""

    total: int
    results: tuple[Mapping[str, object], ...]


def search_url(declaration: GovukDeclaration, window: Window) -> str:
    """Return the request for a window. Withdrawn documents are asked for: left alone, every search hides them."""
    filters = declaration.filters
    parameters: list[tuple[str, str | int]] = [
        ("count", MOST),
        ("order", "public_timestamp"),
        ("fields", ",".join(FIELDS)),
        ("debug", "include_withdrawn"),
        *(("filter_organisations", slug) for slug in filters.organisations),
        *(("filter_content_store_document_type", kind) for kind in filters.document_types),
    ]
    if filters.terms is not None:
        parameters.append(("q", filters.terms))
    if window.parameter is not None:
        parameters.append(window.parameter)
    return f"{declaration.entry.search}?{urlencode(parameters, safe=',:')}"


def read_answer(said: object) -> SearchAnswer:
    """Take an answer apart.

    Raises
    ------
    SourceError
        When it is not what the search API gives.
    """
    match said:
        case {"total": int(total), "results": list(results)} if all(
            isinstance(result, dict) for result in results
        ):
            return SearchAnswer(total=total, results=tuple(results))
    raise SourceError("The search gave an answer of an unknown shape: the source may have changed.")


def moment_to_split(answer: SearchAnswer, window: Window) -> datetime:
    """Return the second at which a window that holds too much is cut: the last that came and lies within it.

    Raises
    ------
    SourceError
        When there is none, so that more lies in a single second than one request may bring.
    """
    seconds = {second_of(result.get("public_timestamp")) for result in answer.results}
    within = [
        second
        for second in seconds
        if second is not None
        and (window.first is None or second > window.first)
        and (window.last is None or second < window.last)
    ]
    if not within or window.is_undated:
        raise SourceError(
            f"The search cannot be split so that each part fits one request ({window}: {answer.total} results, "
            f"{MOST} at once)."
        )
    return max(within)


def second_of(moment: object) -> datetime | None:
    """Return an ISO time cut to its second, in UTC; ``None`` for what is none."""
    try:
        return datetime.fromisoformat(str(moment)).astimezone(UTC).replace(microsecond=0)
    except ValueError:
        return None


def identity_of(result: Mapping[str, object]) -> str:
    """Return what tells one result from another: its link, else all that it says."""
    return str(result.get("link") or sorted(result.items(), key=str))


def same_page_twice(results: Iterable[Mapping[str, object]]) -> list[str]:
    """Return the links that occur more than once."""
    links = [str(result["link"]) for result in results if result.get("link")]
    return sorted({link for link in links if links.count(link) > 1})
