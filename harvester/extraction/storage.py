"""Extracted text as bytes: compact, versioned, the same for the same text."""

import dataclasses
import json
import types
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from corpus.vocabulary.documents import Box, ExtractedText, Page, Word

FORMAT = 2


def to_json(text: ExtractedText) -> bytes:
    """Write a text as UTF-8 JSON; equal texts give equal bytes.

    Every object is stored as the list of its fields, in their order; new fields come last and with a default, so that
    texts stored before can be read. A word is stored as its two offsets and the
    coordinates of its boxes; its letters are those of the page's text.

    Raises
    ------
    ValueError
        When a word is not what the page's text has at its place, a coordinate is not finite, or the text
        holds half a surrogate pair.
    """
    return b"".join(pieces_of(text))


def pieces_of(text: ExtractedText) -> Iterator[bytes]:
    """Yield what ``to_json`` writes piece by piece: thousands of pages fit no memory as plain lists at once."""
    yield f'{{"format":{FORMAT},"text":['.encode()
    for place, (name, kind) in enumerate(_fields(ExtractedText).items()):
        yield b"," if place else b""
        if name != "pages":
            yield _written(_field(text, name, kind))
            continue
        yield b"["
        for number, page in enumerate(text.pages):
            yield b"," if number else b""
            yield _written(_plain(page))
        yield b"]"
    yield b"]}"


def _written(plain: Any) -> bytes:  # noqa: ANN401 - plain values of any kind
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def from_json(data: bytes) -> ExtractedText:
    """Read what ``to_json`` wrote.

    Raises
    ------
    ValueError
        When the bytes are not such a text, or of a format that this program does not read.
    """
    try:
        content = json.loads(data)
        form = content["format"]
        if form != FORMAT:
            raise ValueError(f"This text is stored in format {form!r}; this program reads format {FORMAT}.")
        text: ExtractedText = _made(ExtractedText, content["text"])
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("These bytes are not a stored text.") from error
    return text


def _plain(value: Any) -> Any:  # noqa: ANN401 - any of the field types
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [_field(value, name, kind) for name, kind in _fields(type(value)).items()]
    if isinstance(value, Box):
        return list(map(_float, value))
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Mapping):
        return {name: value[name] for name in sorted(value)}
    return value


def _field(owner: Any, name: str, kind: Any) -> Any:  # noqa: ANN401 - any of the field types
    value = getattr(owner, name)
    if isinstance(owner, Page) and name == "words":
        return [_word(word, owner) for word in value]
    return _float(value) if value is not None and kind in {float, float | None} else _plain(value)


def _word(word: Word, page: Page) -> list[float]:
    if page.text[word.start : word.end] != word.text:
        raise ValueError(
            f"Word {word.text!r} of page {page.number} is not what the text has at {word.start}."
        )
    corners = (corner for box in word.boxes for corner in box)
    return [word.start, word.end, *map(_float, corners)]


def _float(number: float) -> float:
    return float(number) + 0.0  # 612 and 612.0, 0.0 and -0.0 are equal and must give equal bytes


@cache
def _fields(kind: type) -> dict[str, Any]:
    """Return the names of a dataclass's fields, in order, with their types."""
    hints = get_type_hints(kind)
    return {entry.name: hints[entry.name] for entry in dataclasses.fields(kind)}


def _made(kind: Any, value: Any) -> Any:  # noqa: ANN401 - any of the field types
    """Return a stored value as what its type says."""
    if kind in {Page, Box}:
        return _page(value) if kind is Page else Box(*map(float, value))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _made(entry, part) for name, entry, part in _stored(kind, value)})
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_made(inner[0], part) for part in value)
    if origin is types.UnionType:
        return None if value is None else _made(inner[0], value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return float(value) if kind is float else value


def _stored(kind: type, value: list[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield name, type and stored value of each field that was there when the object was stored."""
    if len(value) > len(_fields(kind)):
        raise TypeError("a newer program stored this")
    for (name, entry), part in zip(_fields(kind).items(), value, strict=False):
        yield name, entry, part


def _page(value: list[Any]) -> Page:
    said = {name: (kind, part) for name, kind, part in _stored(Page, value)}
    text, (_, words) = said["text"][1], said.pop("words")
    made = {name: _made(kind, part) for name, (kind, part) in said.items()}
    return Page(words=tuple(_placed(text, *word) for word in words), **made)


def _placed(text: str, start: int, end: int, *corners: float) -> Word:
    box, *more = (Box(*corners[n : n + 4]) for n in range(0, len(corners), 4))
    return Word(text=text[start:end], start=start, end=end, box=box, more=tuple(more))
