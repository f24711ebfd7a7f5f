"""Protocol files: TOML in, a checked ``Protocol`` out, errors that name the key and the line."""

import hashlib
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from corpus.vocabulary.errors import ProtocolError
from corpus.vocabulary.protocols import (
    Domain,
    EligibilityCriterion,
    ExclusionReason,
    Protocol,
    ScreeningRules,
    SearchFacet,
)

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=50)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
Path = tuple[str | int, ...]


def _storable(value: str) -> str:
    if "\0" in value:  # PostgreSQL keeps no such text
        raise ValueError("the character U+0000 may not stand here")
    return value


def _known_format(value: int) -> int:
    if value != 1:
        raise ValueError(f"format {value} is not known here; this version reads format 1")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_storable)]


def _iso_day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ValueError(f"{value!r} is no date; write it as 2021-02-28") from error


Day = Annotated[str, AfterValidator(_iso_day)]

VALUE_ENDS = ('"""', "'''", "]")  # one of these stands on the last line of any value of several lines


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Head(_Section):
    slug: Slug
    title: Annotated[Text, Field(max_length=500)]


class _Dates(_Section):
    from_: Annotated[Day, Field(alias="from")]
    to: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if date.fromisoformat(self.from_) > date.fromisoformat(self.to):
            raise ValueError(f"the first date ({self.from_}) is after the last ({self.to})")
        return self


class _Screening(_Section):
    reviewers_per_record: Annotated[int, Field(ge=1, le=9)]
    blind: bool
    conflicts: Literal["adjudicator", "discussion"]
    score_visibility: Literal["never", "after_decision", "before_decision"]


class _Sources(_Section):
    use: list[Slug] = Field(min_length=1)


class _Criterion(_Section):
    code: Code
    label: Text
    include: Text
    exclude: Text | None = None


class _Reason(_Section):
    code: Code
    label: Text
    key: Annotated[str, StringConstraints(pattern=r"^[1-9]$")]
    trains: bool = True


class _Facet(_Section):
    code: Code
    label: Text
    terms: Annotated[list[Text], Field(min_length=1)]


class _Domain(_Section):
    code: Code
    label: Text


class _File(_Section):
    format: Annotated[int, AfterValidator(_known_format)]
    review: _Head
    dates: _Dates
    screening: _Screening
    sources: _Sources
    criteria: Annotated[list[_Criterion], Field(min_length=1)]
    exclusion_reasons: Annotated[list[_Reason], Field(min_length=1)]
    facets: Annotated[list[_Facet], Field(min_length=1)]
    domains: Annotated[list[_Domain], Field(min_length=1)]


def shipped_protocol(name: str) -> str:
    """Return the text of a protocol that ships.

    Raises
    ------
    ProtocolError
        When none of that name ships; the text lists those that do.
    """
    folder = files("corpus") / "protocols"
    names = sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))
    if name not in names:
        raise ProtocolError(f"no protocol {name!r} ships; there is: {', '.join(names)}, or give a file")
    return (folder / f"{name}.toml").read_text(encoding="utf-8")


def protocol_sha256(document: str) -> str:
    """Return the identity of a protocol's text."""
    return hashlib.sha256(document.encode()).hexdigest()


def parse_protocol(document: str, *, name: str = "review.toml") -> Protocol:
    """Check a protocol file's text and return what it says.

    Parameters
    ----------
    document
        TOML text.
    name
        The file's name, for messages.

    Raises
    ------
    ProtocolError
        One message with a line ``NAME:LINE: KEY: what is wrong`` for each thing that is wrong.
    """
    return _parse(document, name)


@lru_cache(maxsize=32)  # every vote and every page asks for its review's protocol
def _parse(document: str, name: str) -> Protocol:
    try:
        data = tomllib.loads(document)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProtocolError(f"{name}: not valid TOML: {error}") from error
    try:
        checked = _File.model_validate(data)
    except ValidationError as error:
        lines = key_lines(document)
        problems = [_problem(name, lines, e["loc"], e["type"], e["msg"]) for e in error.errors()]
        raise ProtocolError("\n".join(problems)) from error
    _check_unique(checked, document, name=name)
    return Protocol(
        slug=checked.review.slug,
        title=checked.review.title,
        criteria=tuple(EligibilityCriterion(c.code, c.label, c.include, c.exclude) for c in checked.criteria),
        facets=tuple(SearchFacet(f.code, f.label, tuple(f.terms)) for f in checked.facets),
        domains=tuple(Domain(d.code, d.label) for d in checked.domains),
        reasons=tuple(ExclusionReason(r.code, r.label, r.key, r.trains) for r in checked.exclusion_reasons),
        sources=tuple(checked.sources.use),
        date_from=checked.dates.from_,
        date_to=checked.dates.to,
        screening=ScreeningRules(
            reviewers_per_record=checked.screening.reviewers_per_record,
            blind=checked.screening.blind,
            conflicts=checked.screening.conflicts,
            score_visibility=checked.screening.score_visibility,
        ),
    )


def _problem(name: str, lines: dict[Path, int], where: Path, kind: str, message: str) -> str:
    sentence = {"extra_forbidden": "this key is not known here; remove it or mend its spelling"}.get(kind)
    if kind == "missing":
        sentence = "this key is missing; add it"
    path = tuple("from" if part == "from_" else part for part in where)
    return (
        f"{name}:{line_of(lines, path)}: {_spell(path)}: {sentence or message.removeprefix('Value error, ')}"
    )


def _spell(path: Path) -> str:
    spelled = ""
    for part in path:
        spelled += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if spelled else part
    return spelled


def _check_unique(checked: _File, document: str, *, name: str) -> None:
    columns: list[tuple[str, str, list[str]]] = [
        ("criteria", "code", [c.code for c in checked.criteria]),
        ("exclusion_reasons", "code", [r.code for r in checked.exclusion_reasons]),
        ("exclusion_reasons", "key", [r.key for r in checked.exclusion_reasons]),
        ("facets", "code", [f.code for f in checked.facets]),
        ("domains", "code", [d.code for d in checked.domains]),
    ]
    sources = checked.sources.use
    again = [
        (table, i, key, value)
        for table, key, values in columns
        for i, value in enumerate(values)
        if value in values[:i]
    ]
    twice = sorted({slug for slug in sources if sources.count(slug) > 1})
    if again or twice:
        lines = key_lines(document)
        problems = [
            f"{name}:{line_of(lines, (table, i, key))}: {table}[{i + 1}].{key}: {value!r} stands here twice"
            for table, i, key, value in again
        ]
        line = line_of(lines, ("sources", "use"))
        problems += [f"{name}:{line}: sources.use: {slug!r} stands here twice" for slug in twice]
        raise ProtocolError("\n".join(problems))


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Return the line (from 1) of the key at ``path``, else of the nearest table around it, else 1."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def key_lines(document: str) -> dict[Path, int]:
    """Return the line (from 1) on which each key and table of a valid TOML text begins.

    Keys inside inline tables and arrays count as the line of the key that holds them, tables that are only
    named in passing (``a`` in ``[a.b]``) as the line that names them first.
    """
    lines = document.replace("\r\n", "\n").split("\n")  # TOML knows no other line ends; str.splitlines does
    found: dict[Path, int] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    at = 0
    while at < len(lines):
        start = lines[at].lstrip(" \t")[:1]
        taken = 1
        if start == "[":
            table = _table_path(tomllib.loads(lines[at]), counts)
            for depth in range(1, len(table) + 1):
                found.setdefault(table[:depth], at + 1)
        elif start and start != "#":
            taken, pairs = _pairs_at(lines[at:])
            for path in _paths_in(pairs):
                found.setdefault((*table, *path), at + 1)
        at += taken
    return found


def _table_path(header: object, counts: dict[Path, int]) -> Path:
    """Return the path of a table header, parsed alone, with the position of each array of tables in it."""
    path: Path = ()
    while isinstance(header, dict) and header:
        ((part, header),) = header.items()
        path = (*path, part)
        if isinstance(header, list):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _pairs_at(lines: list[str]) -> tuple[int, dict[str, object]]:
    """Return how many lines the first key and its value take, the fewest that parse alone, and what they say."""
    for length in range(1, len(lines) + 1):
        if length > 1 and not any(mark in lines[length - 1] for mark in VALUE_ENDS):
            continue
        try:
            return length, tomllib.loads("\n".join(lines[:length]))
        except tomllib.TOMLDecodeError:
            continue
    return 1, {}


def _paths_in(pairs: dict[str, object]) -> Iterator[Path]:
    for key, value in pairs.items():
        yield (key,)
        if isinstance(value, dict):
            for path in _paths_in(value):
                yield (key, *path)
