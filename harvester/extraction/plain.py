"""A document as plain values with names, for programs that do not share our types (docs/reference/extracted-text.md)."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from corpus.vocabulary.documents import Box, ExtractedText, Word

SHAPE = 1
"""Raised when a name goes away or changes its meaning; new names may come at any time."""


def to_plain(text: ExtractedText) -> dict[str, Any]:
    """Return everything of a text as dictionaries, lists and strings; a box is its four coordinates."""
    return {"shape": SHAPE, **_plain(text)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any of the field types
    if isinstance(value, Box):
        return list(value)
    if isinstance(value, Word):
        return {"text": value.text, "start": value.start, "end": value.end, "boxes": _plain(value.boxes)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Mapping):
        return {name: value[name] for name in sorted(value)}
    return value
