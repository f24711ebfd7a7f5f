"""Writes `docs/reference/declarations.md` from the declarations' own models: `make docs-reference`."""

import inspect
import json
import re
import textwrap
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from harvester.declarations.common import SourceDeclaration
from harvester.declarations.reading import KINDS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGE = FOLDER / "declarations.md"
EXAMPLES = FOLDER / "declarations"

_WORDS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "short name (small letters, digits, hyphens)",
    r"^https?://[^/?#\s]+(/[^?#\s]*[^/?#\s])?$": "address, without slash at its end",
    r"^https?://[^/?#\s]+(/[^#\s]*)?$": "address",
    r"^[a-z0-9.-]+(:\d{1,5})?$": "host",
    r"^(\*|/|https?://)\S*$": "pattern",
    r"^[^\s{}]*\{page\}[^\s{}]*$": "address with `{page}`",
}
_FORMATS = {None: "text", "date": "day"}


def reference() -> str:
    """Return the whole page."""
    parts = [(EXAMPLES / "introduction.md").read_text().rstrip()]
    parts.append("## Keys of every kind\n")
    parts.append(_table(SourceDeclaration, shown=_plain_fields(SourceDeclaration)))
    parts += [_nested(SourceDeclaration, name) for name in ("politeness", "limits")]
    for kind, model in sorted(KINDS.items()):
        parts.append(_kind(kind, model))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def example_of(kind: str) -> Path:
    """Return where the example of a kind lies."""
    return EXAMPLES / f"{kind}.toml"


def undocumented() -> list[str]:
    """Return the keys that no docstring explains, by model."""
    return sorted(
        f"{model.__module__}.{model.__qualname__}: {name}"
        for model in _models()
        for name, field in model.model_fields.items()
        if _table_of(field) is None and name not in meanings(model)
    )


def meanings(model: type[BaseModel]) -> dict[str, str]:
    """Return what each key of a table means, from the "Attributes" of its docstring and of those it builds on."""
    found: dict[str, str] = {}
    for part in reversed(model.__mro__):
        doc = inspect.cleandoc(part.__dict__.get("__doc__") or "")
        _, _, listed = doc.partition("Attributes\n----------\n")
        for names, text in re.findall(r"^(\w[\w, ]*)\n((?:    .*\n?|\n(?=    ))+)", listed, re.MULTILINE):
            found |= dict.fromkeys(re.split(r", ", names), " ".join(textwrap.dedent(text).split()))
    return found


def _models() -> set[type[BaseModel]]:
    models: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [SourceDeclaration, *KINDS.values()]
    while waiting:
        model = waiting.pop()
        models.add(model)
        waiting += [inner for field in model.model_fields.values() if (inner := _table_of(field))]
    return models


def _kind(kind: str, model: type[SourceDeclaration]) -> str:
    own = [
        n for n, field in model.model_fields.items() if _table_of(field) and n not in ("politeness", "limits")
    ]
    plain = [n for n in _plain_fields(model) if n not in SourceDeclaration.model_fields]
    parts = [f"## Kind `{kind}`", _prose(model)]
    if plain:
        parts.append(_table(model, shown=plain))
    parts += [_nested(model, name) for name in own if _table_of(model.model_fields[name]).model_fields]  # type: ignore[union-attr]
    parts.append(f"An example:\n\n```toml\n{example_of(kind).read_text().strip()}\n```")
    return "\n\n".join(parts)


def _nested(model: type[BaseModel], name: str) -> str:
    field = model.model_fields[name]
    inner = _table_of(field)
    assert inner is not None
    need = "needed" if field.is_required() else "may be left out"
    return f"### `[{name}]` ({need})\n\n{_prose(inner)}\n\n{_table(inner, shown=list(inner.model_fields))}"


def _prose(model: type[BaseModel]) -> str:
    """Return what a docstring says before it lists the keys."""
    doc = inspect.cleandoc(model.__doc__ or "")
    return doc.partition("Attributes\n----------")[0].strip().replace("``", "`")


def _plain_fields(model: type[BaseModel]) -> list[str]:
    return [name for name, field in model.model_fields.items() if _table_of(field) is None]


def _table(model: type[BaseModel], *, shown: list[str]) -> str:
    schema = model.model_json_schema()
    said = meanings(model)
    lines = ["| key | what it takes | left out | meaning |", "| --- | --- | --- | --- |"]
    for name in shown:
        field = model.model_fields[name]
        cells = [f"`{name}`", _kind_of_value(schema["properties"][name]), _default(field), said.get(name, "")]
        lines.append("| " + " | ".join(cell.replace("``", "`").replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def _table_of(field: FieldInfo) -> type[BaseModel] | None:
    candidates = [field.annotation, *getattr(field.annotation, "__args__", ())]
    return next((c for c in candidates if inspect.isclass(c) and issubclass(c, BaseModel)), None)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True)
    if value is None or value == ():
        return "none"
    return f"`{json.dumps(value, default=str)}`"


def _kind_of_value(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return _kind_of_value(next(choice for choice in schema["anyOf"] if choice.get("type") != "null"))
    choices = [schema["const"]] if "const" in schema else schema.get("enum", [])
    if choices:
        return " or ".join(f"`{json.dumps(value)}`" for value in choices)
    kind = schema["type"]
    if kind == "array":
        least = ", at least one" if schema.get("minItems") else ""
        return f"list of {_kind_of_value(schema['items'])}{least}"
    if kind == "string":
        return (
            schema.get("description")
            or _WORDS.get(schema.get("pattern", ""))
            or _FORMATS[schema.get("format")]
        )
    return {"integer": "whole number", "number": "number", "boolean": "`true` or `false`"}[kind] + _range(
        schema
    )


def _range(schema: dict[str, Any]) -> str:
    low, high = schema.get("minimum", schema.get("exclusiveMinimum")), schema.get("maximum")
    least = f"{'more than' if 'exclusiveMinimum' in schema else 'from'} {low:,}" if low is not None else ""
    most = f"up to {high:,}" if high is not None else ""
    return "".join(f", {bound}" for bound in (least, most) if bound)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
