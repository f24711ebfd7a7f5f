"""GOV.UK's search: its parameters, its answers, and windows of time that each fit one request.

Paging by ``start`` is no snapshot: what is published meanwhile shifts every page. So the results are asked in windows of
``public_timestamp``, each small enough to come whole in one answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from corpus.vocabulary.errors import SourceError
from harvester.declarations import GovukDeclaration

MOST = 1500
"""Results that one request may bring."""

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
    """Days of ``public_timestamp``, both ends included; ``None`` is open."""

    first: date | None = None
    last: date | None = None

    @property
    def text(self) -> str | None:
        """The value of the filter, ``None`` for all time."""
        ends = (f"from:{self.first}" if self.first else "", f"to:{self.last}" if self.last else "")
        return ",".join(end for end in ends if end) or None

    def split(self, day: date) -> "tuple[Window, Window]":
        """Return the days before ``day`` and the days from it on."""
        return Window(self.first, day - timedelta(days=1)), Window(day, self.last)


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
    if window.text is not None:
        parameters.append(("filter_public_timestamp", window.text))
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


def day_to_split(answer: SearchAnswer, window: Window) -> date:
    """Return the day at which a window that holds too much is cut: that of the last result that came.

    Raises
    ------
    SourceError
        When a single day holds more than one request may bring.
    """
    days = [day for result in answer.results if (day := day_of(result.get("public_timestamp"))) is not None]
    day = max(days, default=None)
    if (
        day is None
        or day == min(days)
        or day == window.first
        or (window.last is not None and day > window.last)
    ):
        raise SourceError(
            f"The search cannot be split so that each part fits one request ({window.text or 'all time'}: "
            f"{answer.total} results, {MOST} at once)."
        )
    return day


def day_of(moment: object) -> date | None:
    """Return the day of an ISO time, as its own zone has it."""
    try:
        return date.fromisoformat(str(moment)[:10])
    except ValueError:
        return None


def same_page_twice(results: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the links that occur more than once."""
    links = [str(result["link"]) for result in results if result.get("link")]
    return sorted({link for link in links if links.count(link) > 1})
