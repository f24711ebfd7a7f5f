"""The search API's rules, as its code has them: which parameters there are, what they mean, what is refused.

The names are in ``search_api.json``: facts of the API's contract, which a test compares with it.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from tests.fakes.govuk_aggregates import AGGREGATE, aggregates_of

CONTRACT: dict[str, Any] = json.loads(Path(__file__).with_name("search_api.json").read_text())
FILTER_TYPES = {name: kind for kind, names in CONTRACT["filters"].items() for name in names}
FIELDS = {*FILTER_TYPES, *CONTRACT["fields_without_filter"]}
VIRTUAL = {"title_with_highlighting", "description_with_highlighting"}
ORDERS, DEBUG = set(CONTRACT["order_fields"]), set(CONTRACT["debug_options"])
PREFIXES = ("filter_any_", "filter_all_", "filter_", "reject_any_", "reject_all_", "reject_")
MISSING = "_MISSING"
MOST, LAST_START = CONTRACT["count"]["max"], CONTRACT["start"]["max"]
LONGEST_QUERY = CONTRACT["q_max_length"]
PLAIN = ("q", "count", "start", "order", "fields", "debug", "c")
ONCE = ("q", "count", "start", "order", "c")


class RefusedError(Exception):
    """The request is not what the API takes: 422."""


class CrashError(Exception):
    """The API's code meets an error of its own: 500."""


@dataclass(frozen=True)
class Filter:
    """One filter of a request."""

    name: str
    is_reject: bool
    is_all: bool
    field: str
    values: tuple[str, ...]


def search(query: str, entries: Sequence[Mapping[str, Any]], *, most: int = MOST) -> dict[str, Any]:
    """Answer a query string; ``most`` makes windows small enough to test."""
    asked: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        asked.setdefault(name.removesuffix("[]"), []).append(value)
    problems: list[str] = []
    count = _integer(asked, "count", default=10, most=MOST, problems=problems)
    start = _integer(asked, "start", default=0, most=LAST_START, problems=problems)
    text = unicodedata.normalize("NFKC", asked.get("q", [""])[0]).strip()
    if len(text) > LONGEST_QUERY:
        problems.append(f"Query exceeds the maximum allowed length of {LONGEST_QUERY} characters")
    order = asked.get("order", [""])[0]
    if order and order.removeprefix("-") not in ORDERS:
        problems.append(f'"{order.removeprefix("-")}" is not a valid sort field')
    fields = _listed(asked, "fields")
    if unknown := [name for name in fields if name not in FIELDS | VIRTUAL]:
        problems.append(f"Some requested fields are not valid return fields: {unknown}")
    fields = fields or CONTRACT["default_return_fields"]
    options = set(_listed(asked, "debug")) - {""}
    problems += [f'Unknown debug option "{option}"' for option in sorted(options - DEBUG)]
    filters = _filters(asked, problems)
    for name in ONCE:
        if len(asked.get(name, [])) > 1:
            problems.append(_too_many(name, asked[name]))
    aggregated = {
        name.removeprefix(AGGREGATE): values for name, values in asked.items() if _is_aggregate(name)
    }
    if unknown := [name for name in asked if not _is_known(name)]:
        problems.append(f"Unexpected parameters: {', '.join(unknown)}")
    visible = [entry for entry in entries if "include_withdrawn" in options or not entry.get("is_withdrawn")]
    matching = [entry for entry in visible if _matches(entry, text)]
    found = [entry for entry in matching if all(_passes(entry, one) for one in filters)]
    aggregates = aggregates_of(
        aggregated, fields=FIELDS, problems=problems, found=found, without=_without(matching, filters)
    )
    if problems:
        raise RefusedError(". ".join(problems))
    found = _sorted(found, order, has_text=bool(text))
    return {
        "results": [_result(entry, fields) for entry in found[start : start + min(count, most)]],
        "total": len(found),
        "start": start,
        "aggregates": aggregates,
        "suggested_queries": [],
        "suggested_autocomplete": [],
        "es_cluster": "A",
    }


def _is_known(name: str) -> bool:
    return name in PLAIN or _is_aggregate(name) or name.startswith(("filter_", "reject_"))


def _is_aggregate(name: str) -> bool:
    return name.startswith(AGGREGATE)


def _listed(asked: Mapping[str, list[str]], name: str) -> list[str]:
    return [part for value in asked.get(name, []) for part in value.split(",")]


def _too_many(name: str, values: Sequence[str]) -> str:
    return f'Too many values ({len(values)}) for parameter "{name}" (must occur at most once)'


def _integer(
    asked: Mapping[str, list[str]], name: str, *, default: int, most: int, problems: list[str]
) -> int:
    given = asked.get(name, [str(default)])[0]
    try:
        value = int(given)
    except ValueError:
        problems.append(f'Invalid value "{given}" for parameter "{name}" (expected positive integer)')
        return default
    if value < 0:
        problems.append(
            f'Invalid negative value "{value}" for parameter "{name}" (expected positive integer)'
        )
        return default
    if value > most:
        problems.append(f"Maximum result set size (as specified in '{name}') is {most}")
    return value


def _filters(asked: Mapping[str, list[str]], problems: list[str]) -> list[Filter]:
    filters = []
    for name, values in asked.items():
        prefix = next((prefix for prefix in PREFIXES if name.startswith(prefix)), None)
        if prefix is None:
            continue
        field, operation = name.removeprefix(prefix), prefix.partition("_")[0]
        kind = "text" if field in {"document_type", "elasticsearch_type"} else FILTER_TYPES.get(field)
        if kind is None:
            problems.append(f'"{field}" is not a valid {operation} field')
            continue
        one = Filter(name, operation == "reject", "_all_" in prefix, field, tuple(values))
        filters.append(one)
        given = [value for value in values if value != MISSING]
        if kind == "date":
            if len(given) > 1:
                problems.append(_too_many(field, given))
            if not given:  # the API's code then takes the bounds of a value that is not there
                raise CrashError("undefined method `[]' for nil")
            _window(field, given[0], problems)
        elif kind == "boolean" and set(given) - {"true", "false"}:
            problems.append(f"{field} requires a boolean (true or false)")
    return filters


def _without(matching: Sequence[Mapping[str, Any]], filters: Sequence[Filter]) -> Any:
    """Return how to get what would be found without the filters on one field."""

    def found_without(field: str) -> list[Mapping[str, Any]]:
        kept = [one for one in filters if one.field != field]
        return [entry for entry in matching if all(_passes(entry, one) for one in kept)]

    return found_without


def _passes(entry: Mapping[str, Any], one: Filter) -> bool:
    return _holds(entry, one) != one.is_reject


def _holds(entry: Mapping[str, Any], one: Filter) -> bool:
    held = entry.get(one.field)
    if MISSING in one.values and held in (None, [], ""):
        return True
    given = [value for value in one.values if value != MISSING]
    if not given:
        return False
    kind = FILTER_TYPES.get(one.field, "text")
    if kind == "date":
        first, last = _window(one.field, given[0], [])
        moment = _moment(held)
        return moment is not None and first <= moment <= last
    present = [str(held).lower()] if isinstance(held, bool) else held if isinstance(held, list) else [held]
    quantify = all if one.is_all or kind == "boolean" else any
    return quantify(value in present for value in given)


def _window(field: str, value: str, problems: list[str]) -> tuple[datetime, datetime]:
    """Return the bounds of a date filter: times are UTC unless they say otherwise, fractions of a second are dropped."""
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    for part in value.split(","):
        end, _, text = part.partition(":")
        if end not in {"from", "to"}:
            problems.append(f'Invalid date filter parameter "{end}:" (expected "from:" or "to:")')
            continue
        try:
            is_bare = len(text) == 10
            moment = (
                datetime.combine(date.fromisoformat(text), time())
                if is_bare
                else datetime.fromisoformat(text)
            )
        except ValueError:
            problems.append(f'Invalid "{end}" value "{text}" for parameter "{field}" (expected ISO8601 date)')
            continue
        moment = moment.replace(tzinfo=moment.tzinfo or UTC, microsecond=0)
        if end == "from":
            first = moment
        else:
            last = moment.replace(hour=23, minute=59, second=59) if is_bare else moment
    return first, last


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromisoformat(str(value)).astimezone(UTC)


def _sorted(found: list[Mapping[str, Any]], order: str, *, has_text: bool) -> list[Mapping[str, Any]]:
    """Sort as asked, ties by content id, what lacks the field last; without order by popularity, or as relevant."""
    if not order and has_text:
        return found
    field, is_descending = (order.removeprefix("-") or "popularity"), order.startswith("-") or not order
    ties = sorted(found, key=lambda entry: str(entry.get("content_id") or ""))
    have = [entry for entry in ties if entry.get(field) is not None]
    lack = [entry for entry in ties if entry.get(field) is None]
    key = _moment if FILTER_TYPES.get(field) == "date" else lambda value: value
    return sorted(have, key=lambda entry: key(entry[field]), reverse=is_descending) + lack


def _matches(entry: Mapping[str, Any], text: str) -> bool:
    held = f"{entry.get('title', '')} {entry.get('description', '')}".lower()
    return all(word in held for word in text.lower().replace('"', " ").split())


def _result(entry: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    result = {name: entry[name] for name in fields if entry.get(name) is not None}
    if "organisations" in result:
        result["organisations"] = [
            {
                "slug": slug,
                "title": slug.replace("-", " ").capitalize(),
                "link": f"/government/organisations/{slug}",
                "organisation_state": "live",
            }
            for slug in result["organisations"]
        ]
    return {
        **result,
        "index": "govuk",
        "es_score": None,
        "_id": entry.get("link"),
        "elasticsearch_type": "edition",
        "document_type": "edition",
    }
