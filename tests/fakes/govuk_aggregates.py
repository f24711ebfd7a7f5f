"""Aggregates of the search API: how many results hold each value of a field."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

AGGREGATE = "aggregate_"
ALLOWED = set(json.loads(Path(__file__).with_name("search_api.json").read_text())["aggregate_fields"])
OPTIONS = {"scope", "order", "examples", "example_scope", "example_fields"}
ORDERS = {"filtered", "count", "value", "value.slug", "value.title", "value.link"}
SCOPES = {"all_filters", "exclude_field_filter"}

Entries = Sequence[Mapping[str, Any]]


def aggregates_of(
    asked: Mapping[str, list[str]],
    *,
    fields: set[str],
    problems: list[str],
    found: Entries,
    without: Callable[[str], Entries],
) -> dict[str, Any]:
    """Return the aggregates that were asked for; what is wrong with the request goes to ``problems``."""
    answer = {}
    for field, values in asked.items():
        if field not in ALLOWED:
            problems.append(f'"{field}" is not a valid aggregate field')
            continue
        number, *rest = values[0].split(",")
        options = _options(field, rest, fields=fields, problems=problems)
        if not number.isdecimal():
            problems.append(
                f'Invalid value "{number}" for first parameter for aggregate "{field}" (expected positive integer)'
            )
            continue
        scope = options.get("scope", "exclude_field_filter")
        counted = found if scope == "all_filters" else without(field)
        answer[field] = _aggregate(field, counted, most=int(number), scope=scope)
    return answer


def _options(field: str, parts: Sequence[str], *, fields: set[str], problems: list[str]) -> dict[str, str]:
    options = {}
    for part in parts:
        name, colon, value = part.partition(":")
        if not colon:
            problems.append(f'Invalid parameter "{part}" in aggregate "{field}"; must be of form "key:value"')
        elif name not in OPTIONS:
            problems.append(f'Unexpected options in aggregate "{field}": {name}')
        options[name] = value
    if options.get("scope", "all_filters") not in SCOPES:
        problems.append(f'"{options["scope"]}" is not a valid scope option in aggregate "{field}"')
    orders = [order.removeprefix("-") for order in options.get("order", "count").split(":")]
    problems += [
        f'"{order}" is not a valid sort option in aggregate "{field}"'
        for order in orders
        if order not in ORDERS
    ]
    if int(options.get("examples", "0") or 0) and options.get("example_scope") not in {"query", "global"}:
        problems.append("example_scope parameter must be set to 'query' or 'global' when requesting examples")
    if unknown := [
        name for name in options.get("example_fields", "").split(":") if name and name not in fields
    ]:
        problems.append(f"Some requested fields are not valid return fields: {unknown}")
    return options


def _aggregate(field: str, counted: Entries, *, most: int, scope: str) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    lacking = 0
    for entry in counted:
        held = entry.get(field)
        values = held if isinstance(held, list) else [] if held is None else [held]
        counts.update(map(str, values))
        lacking += not values
    options = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "options": [{"value": {"slug": slug}, "documents": number} for slug, number in options[:most]],
        "documents_with_no_value": lacking,
        "total_options": len(options),
        "missing_options": max(len(options) - most, 0),
        "scope": scope,
    }
