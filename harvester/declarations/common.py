"""What the declarations of every kind of source say."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from harvester.declarations.windows import Window, Zone, opening
from harvester.media_types import REPORTS
from harvester.network.addresses import is_loopback, is_public, literal_of

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^/?#\s]+(/[^?#\s]*[^/?#\s])?$")]
"""An address to build on: no slash at its end, no query."""
Page = Annotated[str, StringConstraints(pattern=r"^https?://[^/?#\s]+(/[^#\s]*)?$")]
"""An address that is asked as it stands."""


def _host_alone(value: object) -> object:
    """Say how a host is written, where what is given is the same host written otherwise."""
    if not isinstance(value, str) or _HOST.fullmatch(value):
        return value
    plain = value.strip().lower()
    name = urlsplit(plain if "://" in plain else f"//{plain}").netloc.rpartition("@")[2]
    try:
        plain = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        plain = name
    if _HOST.fullmatch(plain):
        raise ValueError(f'a host is its name alone, in small letters without accents: write "{plain}"')
    raise ValueError('write the host\'s name alone, as "www.example.org" or "localhost:8000"')


_HOST = re.compile(r"[a-z0-9.-]+(:\d{1,5})?")
Host = Annotated[str, StringConstraints(pattern=rf"^{_HOST.pattern}$"), BeforeValidator(_host_alone)]


class Strict(BaseModel):
    """A table of a declaration: every key known, every value of its type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Entry(Strict):
    """The addresses where a source is entered. Each kind has its own."""


class Filters(Strict):
    """What is asked for.

    Attributes
    ----------
    media_types
        The types of file that are kept as documents. With ``text/html`` among them, web pages count too: a page that
        links no document is then one itself.
    """

    media_types: tuple[Text, ...] = Field(default=REPORTS, min_length=1)


class Politeness(Strict):
    """How a source is asked.

    Attributes
    ----------
    delay_seconds
        From the beginning of a host's answer to the next request. 0, for this machine's own servers only, means that
        no turns are taken.
    patience_seconds
        The longest wait that a host may ask for before the crawl is put off.
    windows, zone
        The hours in which the source may be asked, such as ``22:00-06:00``, and whose clock they are by; none: any.
    connections
        At once to a host; more than one is for this machine's own servers only.
    contact
        Whom the source's keepers may write to.
    """

    delay_seconds: float = Field(default=1.0, ge=0, le=3600)
    patience_seconds: float = Field(default=120.0, ge=0, le=3600)
    connections: int = Field(default=1, ge=1, le=32)
    contact: Text | None = None
    windows: tuple[Window, ...] = ()
    zone: Zone = "Europe/London"

    @property
    def hours(self) -> str:
        """The hours in words."""
        return f"{', '.join(self.windows)} {self.zone}" if self.windows else "any hour"

    def opening(self, at: datetime) -> datetime:
        """Return when the source may next be asked; ``at`` itself when it may be asked then."""
        return opening(self.windows, self.zone, at=at)


class Limits(Strict):
    """How much one crawl may take; one that reaches a limit has failed, and says which.

    Attributes
    ----------
    requests
        Addresses asked for, redirects and further tries not counted.
    pages
        Pages of lists turned.
    megabytes
        Size of one answer, unpacked.
    answer_seconds
        Time for one answer, from the first byte of the request to the last of the answer.
    hours
        Time for the whole crawl; one that was interrupted begins anew.
    """

    requests: int = Field(default=50_000, ge=1, le=10_000_000)
    pages: int = Field(default=5_000, ge=1, le=1_000_000)
    megabytes: int = Field(default=128, ge=1, le=512)
    answer_seconds: float = Field(default=300.0, ge=0.1, le=3600)
    hours: float = Field(default=72.0, gt=0, le=1000)


class SourceDeclaration(Strict):
    """A source as declared.

    Whether a person has confirmed the source's terms is no declaration's business.

    Attributes
    ----------
    slug
        What commands and protocols call the source.
    name
        What people read: what is searched, and where.
    organisation
        Whose publications they are; the publisher of its records.
    kind
        How the source is read; each kind has keys of its own.
    hosts
        All that may be asked, as ``www.example.org`` or ``localhost:8000``. What is linked elsewhere is recorded and not
        fetched.
    licence
        What its documents come under, in words.
    unverified
        What nobody has yet seen on the live source, in sentences.
    """

    slug: Slug
    name: Text
    organisation: Text
    kind: str
    hosts: tuple[Host, ...] = Field(min_length=1)
    licence: Text
    unverified: tuple[Text, ...] = ()
    entry: Entry
    filters: Filters = Filters()
    politeness: Politeness = Politeness()
    limits: Limits = Limits()

    @property
    def is_loopback(self) -> bool:
        """Whether every host is this very machine: then, and only then, private addresses may be asked."""
        return bool(self.hosts) and all(map(_is_loopback, self.hosts))

    @property
    def schemes(self) -> frozenset[str]:
        """The schemes that may be asked: https, and http where an entry point says so."""
        return frozenset({"https"} | {urlsplit(address).scheme for _, address in self.addresses()})

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Yield the entry points, each with its key."""
        for key, value in self.entry:
            for address in value if isinstance(value, tuple) else (value,):
                if isinstance(address, str):
                    yield key, address

    def strategy(self) -> dict[str, object]:
        """Return the search as it is run, for the record."""
        return {
            "kind": self.kind,
            "entry": self.entry.model_dump(mode="json"),
            "filters": self.filters.model_dump(mode="json"),
        }

    @model_validator(mode="after")
    def _hosts_are_sound(self) -> Self:
        _check_hosts(self.hosts)
        for key, address in self.addresses():
            if urlsplit(address).netloc not in self.hosts:
                raise ValueError(f"entry.{key}: its host is not among hosts")
        if not self.is_loopback:
            if self.politeness.delay_seconds == 0:
                raise ValueError("politeness.delay_seconds: 0 is for this machine's own servers only")
            if self.politeness.connections > 1:
                raise ValueError("politeness.connections: more than 1 is for this machine's own servers only")
        return self


def _check_hosts(hosts: Iterable[str]) -> None:
    for host in hosts:
        name = _name_of(host)
        address = literal_of(name)
        if address is None:
            continue
        if address != name:
            raise ValueError(f"hosts: {host} is another way to write {address}: write it plainly")
        if not is_public(address) and not is_loopback(address):
            raise ValueError(f"hosts: {host} is a private address")
    if any(map(_is_loopback, hosts)) and not all(map(_is_loopback, hosts)):
        raise ValueError("hosts: this machine and others cannot be one source")


def _is_loopback(host: str) -> bool:
    name = _name_of(host)
    return name == "localhost" or is_loopback(name)


def _name_of(host: str) -> str:
    return host.partition(":")[0]
