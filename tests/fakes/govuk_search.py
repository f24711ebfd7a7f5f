"""The search API's rules, as its code has them: which parameters there are, what they mean, what is refused."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import parse_qsl

# Facts of the search API's contract, as far as any spider of ours may need them; a test compares them with it.
FILTER_TYPES = {
    "format": "text",
    "content_id": "text",
    "link": "text",
    "organisations": "text",
    "organisation_content_ids": "text",
    "primary_publishing_organisation": "text",
    "topical_events": "text",
    "taxons": "text",
    "people": "text",
    "slug": "text",
    "document_collections": "text",
    "content_store_document_type": "text",
    "updated_at": "date",
    "public_timestamp": "date",
    "first_published_at": "date",
    "release_timestamp": "date",
    "start_date": "date",
    "end_date": "date",
    "is_withdrawn": "boolean",
    "is_historic": "boolean",
    "is_political": "boolean",
    "has_official_document": "boolean",
}
FIELDS = {*FILTER_TYPES, "title", "description", "government_name", "latest_change_note"}
ORDERS = {
    "public_timestamp",
    "closing_date",
    "title",
    "tribunal_decision_decision_date",
    "start_date",
    "end_date",
    "ordering",
    "assessment_date",
    "popularity",
    "release_timestamp",
}
DEBUG = {
    "disable_best_bets",
    "disable_popularity",
    "disable_synonyms",
    "disable_boosting",
    "explain",
    "include_withdrawn",
    "show_query",
}
PREFIXES = ("filter_any_", "filter_all_", "filter_", "reject_any_", "reject_all_", "reject_")
MISSING = "_MISSING"
MOST, LAST_START, LONGEST_QUERY = 1500, 900_000, 512


class RefusedError(Exception):
    """The request is not what the API takes: 422."""


def search(query: str, entries: Sequence[Mapping[str, Any]], *, most: int = MOST) -> dict[str, Any]:
    """Answer a query string; ``most`` makes windows small enough to test."""
    asked: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        asked.setdefault(name.removesuffix("[]"), []).append(value)
    _refuse_unknown(asked)
    count = _integer(asked, "count", default=10, most=MOST)
    start = _integer(asked, "start", default=0, most=LAST_START)
    text = asked.get("q", [""])[-1]
    if len(text) > LONGEST_QUERY:
        raise RefusedError(f"Query exceeds the maximum allowed length of {LONGEST_QUERY} characters")
    order = asked.get("order", ["-popularity"])[-1]
    if order.removeprefix("-") not in ORDERS:
        raise RefusedError(f'"{order}" is not a valid sort field')
    fields = [name for value in asked.get("fields", []) for name in value.split(",")]
    if unknown := [name for name in fields if name not in FIELDS]:
        raise RefusedError(f"Some requested fields are not valid return fields: {unknown}")
    options = {name for value in asked.get("debug", []) for name in value.split(",")}
    if options - DEBUG:
        raise RefusedError(f"Unknown debug option: {sorted(options - DEBUG)}")
    found = [entry for entry in entries if "include_withdrawn" in options or not entry.get("is_withdrawn")]
    for name, values in asked.items():
        found = _filtered(found, name, values)
    found = [entry for entry in found if _matches(entry, text)]
    key = order.removeprefix("-")
    found.sort(key=lambda entry: str(entry.get(key) or ""), reverse=order.startswith("-"))
    page = found[start : start + min(count, most)]
    return {
        "results": [_result(entry, fields) for entry in page],
        "total": len(found),
        "start": start,
        "aggregates": {},
        "suggested_queries": [],
        "suggested_autocomplete": [],
        "es_cluster": "A",
    }


def _refuse_unknown(asked: Mapping[str, list[str]]) -> None:
    plain = {"q", "count", "start", "order", "fields", "debug", "c"}
    unknown = [name for name in asked if name not in plain and _field_of(name) is None]
    if unknown:
        raise RefusedError(f"Unexpected parameters: {', '.join(unknown)}")
    for name in ("q", "count", "start", "order", "c"):
        if len(asked.get(name, [])) > 1:
            raise RefusedError(
                f'Too many values ({len(asked[name])}) for parameter "{name}" (must occur at most once)'
            )


def _field_of(name: str) -> tuple[str, str] | None:
    """Return (prefix, field) of a filter."""
    for prefix in PREFIXES:
        field = name.removeprefix(prefix)
        if field != name and field in FILTER_TYPES:
            return prefix, field
    return None


def _integer(asked: Mapping[str, list[str]], name: str, *, default: int, most: int) -> int:
    if name not in asked:
        return default
    try:
        value = int(asked[name][-1])
    except ValueError:
        raise RefusedError(
            f'Invalid value "{asked[name][-1]}" for parameter "{name}" (expected positive integer)'
        ) from None
    if value < 0:
        raise RefusedError(
            f'Invalid negative value "{value}" for parameter "{name}" (expected positive integer)'
        )
    if value > most:
        raise RefusedError(f"Maximum result set size (as specified in '{name}') is {most}")
    return value


def _filtered(found: list[Mapping[str, Any]], name: str, values: list[str]) -> list[Mapping[str, Any]]:
    split = _field_of(name)
    if split is None:
        return found
    prefix, field = split
    if FILTER_TYPES[field] == "date":
        if len(values) > 1:
            raise RefusedError(
                f'Too many values ({len(values)}) for parameter "{name}" (must occur at most once)'
            )
        first, last = _window(name, values[0])
        return [entry for entry in found if first <= _moment(entry.get(field)) <= last]
    if FILTER_TYPES[field] == "boolean" and (wrong := set(values) - {"true", "false"}):
        raise RefusedError(f"{field} requires a boolean filter (true or false), not {sorted(wrong)}")
    quantify = all if "_all_" in prefix else any
    hits = [entry for entry in found if quantify(_has(entry, field, value) for value in values)]
    if prefix.startswith("filter"):
        return hits
    return [entry for entry in found if entry not in hits]


def _has(entry: Mapping[str, Any], field: str, value: str) -> bool:
    held = entry.get(field)
    if value == MISSING:
        return held in (None, [], "")
    if isinstance(held, bool):
        return value == str(held).lower()
    return value in held if isinstance(held, list) else value == held


def _window(name: str, value: str) -> tuple[datetime, datetime]:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    for part in value.split(","):
        end, _, text = part.partition(":")
        try:
            is_bare = len(text) == 10
            moment = (
                datetime.combine(date.fromisoformat(text), time())
                if is_bare
                else datetime.fromisoformat(text)
            )
        except ValueError:
            raise RefusedError(
                f'Invalid value "{value}" for parameter "{name}" (expected ISO8601 date)'
            ) from None
        moment = moment.replace(tzinfo=moment.tzinfo or UTC)
        if end == "from":
            first = moment
        elif end == "to":
            last = moment.replace(hour=23, minute=59, second=59) if is_bare else moment
        else:
            raise RefusedError(f'Invalid value "{value}" for parameter "{name}" (expected from: or to:)')
    return first, last


def _moment(value: object) -> datetime:
    try:
        return datetime.fromisoformat(str(value)).astimezone(UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC, year=1) if value is None else datetime.max.replace(tzinfo=UTC)


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
