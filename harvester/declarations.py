"""What is declared of a source: where to ask, what to ask for, how politely. Facts in TOML, never code."""

import ipaddress
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from corpus.vocabulary.errors import SourceError


@dataclass(frozen=True, slots=True)
class EntryPoints:
    """Base addresses, without a slash at the end: the search, the content API, the pages, the files."""

    search: str
    content: str
    site: str
    assets: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for. ``terms`` is a search expression; ``media_types`` are the files worth fetching."""

    organisations: tuple[str, ...]
    document_types: tuple[str, ...]
    terms: str | None
    media_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Politeness:
    """Seconds between two requests to a host; the longest wait a host may ask for; whom to write to."""

    delay_seconds: float
    patience_seconds: float
    contact: str | None


@dataclass(frozen=True, slots=True)
class SourceDeclaration:
    """A source as declared. ``hosts`` are all that may be asked (``host`` or ``host:port``).

    ``unverified`` says what nobody has yet seen on the live source; ``licence`` what its documents come under.
    Whether a person has confirmed the source's terms is no declaration's business.
    """

    slug: str
    name: str
    organisation: str
    kind: str
    hosts: tuple[str, ...]
    entry: EntryPoints
    filters: Filters
    politeness: Politeness
    licence: str
    unverified: tuple[str, ...]

    @property
    def is_loopback(self) -> bool:
        """Whether every host is this very machine: then, and only then, private addresses may be asked."""
        return all(_is_loopback(host) for host in self.hosts)

    def strategy(self) -> dict[str, object]:
        """Return the search as it is run, for the record."""
        return {
            "search": self.entry.search,
            "organisations": list(self.filters.organisations),
            "document_types": list(self.filters.document_types),
            "terms": self.filters.terms,
            "withdrawn": "included",
        }


def shipped_declarations() -> tuple[SourceDeclaration, ...]:
    """Return the declarations that come with the package, by slug."""
    folder = files("harvester") / "sources"
    found = (_load(entry, name=entry.name) for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(found, key=lambda declaration: declaration.slug))


def load_declaration(path: Path) -> SourceDeclaration:
    """Read a declaration.

    Raises
    ------
    SourceError
        When the file cannot be read, or a key is missing, unknown or wrong; the text names file and key.
    """
    return _load(path, name=str(path))


def parse_declaration(plain: Mapping[str, object], *, name: str) -> SourceDeclaration:
    """Read a declaration from plain values, as a recording holds it.

    Raises
    ------
    SourceError
        When a key is missing, unknown or wrong; the text names ``name`` and key.
    """
    try:
        return _declared(_Declaration.model_validate(plain))
    except ValidationError as error:
        lines = (
            f"{name}: {_key(problem['loc'])}{problem['msg'].removeprefix('Value error, ')}."
            for problem in error.errors()
        )
        raise SourceError("\n".join(lines)) from error


_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Address = Annotated[str, StringConstraints(pattern=r"^https?://[^/?#\s]+(/[^?#\s]*[^/?#\s])?$")]
_Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+(:\d{1,5})?$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _EntryPoints(_Strict):
    search: _Address
    content: _Address
    site: _Address
    assets: _Address


class _Filters(_Strict):
    organisations: list[_Slug] = Field(min_length=1)
    document_types: list[_Text] = Field(min_length=1)
    terms: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=512)] | None = (
        None
    )
    media_types: list[_Text] = Field(min_length=1)


class _Politeness(_Strict):
    delay_seconds: float = Field(default=1.0, ge=0, le=3600)
    patience_seconds: float = Field(default=120.0, ge=0, le=3600)
    contact: _Text | None = None


class _Declaration(_Strict):
    slug: _Slug
    name: _Text
    organisation: _Text
    kind: Literal["govuk"]
    hosts: list[_Host] = Field(min_length=1)
    licence: _Text
    unverified: list[_Text] = []
    entry: _EntryPoints
    filters: _Filters
    politeness: _Politeness = _Politeness()

    @model_validator(mode="after")
    def _hosts_are_sound(self) -> Self:
        _check_hosts(self.hosts)
        for name, address in self.entry:
            if urlsplit(address).netloc not in self.hosts:
                raise ValueError(f"entry.{name}: its host is not among hosts")
        if self.politeness.delay_seconds == 0 and not all(map(_is_loopback, self.hosts)):
            raise ValueError("politeness.delay_seconds: 0 is for this machine's own servers only")
        return self


def _load(source: Traversable | Path, *, name: str) -> SourceDeclaration:
    try:
        plain = tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{name} is not TOML: {error}.") from error
    return parse_declaration(plain, name=name)


def _declared(read: _Declaration) -> SourceDeclaration:
    return SourceDeclaration(
        slug=read.slug,
        name=read.name,
        organisation=read.organisation,
        kind=read.kind,
        hosts=tuple(read.hosts),
        entry=EntryPoints(**read.entry.model_dump()),
        filters=Filters(
            organisations=tuple(read.filters.organisations),
            document_types=tuple(read.filters.document_types),
            terms=read.filters.terms,
            media_types=tuple(read.filters.media_types),
        ),
        politeness=Politeness(**read.politeness.model_dump()),
        licence=read.licence,
        unverified=tuple(read.unverified),
    )


def _key(location: Iterable[int | str]) -> str:
    key = ".".join(map(str, location))
    return f"{key}: " if key else ""


def _check_hosts(hosts: Iterable[str]) -> None:
    for host in hosts:
        try:
            address = ipaddress.ip_address(_name_of(host))
        except ValueError:
            continue
        if not address.is_global and not address.is_loopback:
            raise ValueError(f"hosts: {host} is a private address")
    if any(map(_is_loopback, hosts)) and not all(map(_is_loopback, hosts)):
        raise ValueError("hosts: this machine and others cannot be one source")


def _is_loopback(host: str) -> bool:
    name = _name_of(host)
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _name_of(host: str) -> str:
    return host.partition(":")[0]
