"""What a host allows: robots rules, X-Robots-Tag and reservations against text mining, as they were said.

Everything here follows from what was received, so that a replay writes the same.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapy import Selector
from w3lib.encoding import html_to_unicode

from corpus.vocabulary.harvest import CaptureFact
from harvester.book import is_robots
from harvester.media_types import WEB_PAGE, type_found, type_said
from harvester.warc import Exchange

RESERVATIONS_PATH = "/.well-known/tdmrep.json"
_HEAD_WITHIN = 256 * 1024  # bytes of a page in which its head is looked for
_MOST = 20  # statements of one kind that are kept for a capture
_LONGEST = 1000  # characters of one statement
_MOST_RULES = 5000


@dataclass(frozen=True, slots=True)
class Reservation:
    """A host's word on text mining for some of its paths, from its file of them."""

    location: str
    is_reserved: bool
    policy: str | None


@dataclass(frozen=True, slots=True)
class Reservations:
    """A host's whole file, and the capture that holds it."""

    capture: str
    rules: tuple[Reservation, ...]


class HostPermissions:
    """What the hosts of one crawl have said so far of themselves."""

    def __init__(self) -> None:
        self._robots: dict[str, list[CaptureFact]] = {}
        self._reservations: dict[str, Reservations] = {}

    def note_robots(self, netloc: str, fact: CaptureFact) -> None:
        """Note a host's answer for its robots.txt: the rules, the word that there are none, or where they lie."""
        noted = self._robots.setdefault(netloc, [])
        noted.append(fact)
        noted.sort(key=_place)

    def note_reservations(self, netloc: str, fact: CaptureFact, body: bytes) -> None:
        """Note a host's file of reservations, if it has one."""
        rules = read_reservations(body) if fact.status in {200, 304} else ()
        if rules:
            self._reservations[netloc] = Reservations(fact.record_id, rules)

    def of(self, url: str, said: Exchange, *, at: tuple[str, int] | None = None) -> dict[str, object]:
        """Return what holds for one capture, as plain JSON; what nobody said is left out.

        ``at`` is its place (file and offset): the robots.txt that governs it is the last one received before it. No
        robots.txt is governed by anything.
        """
        netloc = urlsplit(url).netloc
        robots = self._robots_for(netloc, at) if not is_robots(url) else None
        reservations = self._reservations.get(netloc) if not is_robots(url) else None
        metas = _metas(said)
        kept = {
            "robots_txt": robots and {"capture": robots.record_id, "status": robots.status},
            "robots": [
                *_robots_of({"robots": _header_values(said, "x-robots-tag")}, by="header"),
                *_robots_of(metas, by="page"),
            ],
            "text_mining": [
                *_mining_of(_headers_named(said), by="header"),
                *_mining_of(metas, by="page"),
                *_mining_by_file(url, reservations),
            ],
        }
        return {name: value for name, value in kept.items() if value}

    def _robots_for(self, netloc: str, at: tuple[str, int] | None) -> CaptureFact | None:
        noted = self._robots.get(netloc, [])
        before = [fact for fact in noted if at is None or _place(fact) < at]
        return before[-1] if before else None


def _place(fact: CaptureFact) -> tuple[str, int]:
    return fact.warc_file, fact.warc_offset


def is_mining_reserved(permissions: Mapping[str, object]) -> bool:
    """Return whether anybody reserved text mining for a capture."""
    said = permissions.get("text_mining")
    return isinstance(said, list) and any(isinstance(word, dict) and word.get("reserved") for word in said)


def read_reservations(body: bytes) -> tuple[Reservation, ...]:
    """Return the rules of a ``tdmrep.json``; what makes no sense is passed over."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    rules = []
    for entry in said if isinstance(said, list) else []:
        if not isinstance(entry, dict) or not isinstance(location := entry.get("location"), str):
            continue
        if (is_reserved := _as_flag(entry.get("tdm-reservation"))) is not None:
            policy = entry.get("tdm-policy")
            rules.append(
                Reservation(
                    _short(location), is_reserved, _short(policy) if isinstance(policy, str) else None
                )
            )
    return tuple(rules[:_MOST_RULES])


def covers(location: str, path: str) -> bool:
    """Return whether a location of a reservation covers a path: a beginning, with ``*`` for anything, ``$`` for the end."""
    pattern, is_whole = location.removesuffix("$"), location.endswith("$")
    first, *rest = pattern.split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest):
        if is_whole and number == len(rest) - 1:
            return len(path) - len(part) >= at and path.endswith(part)
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return at == len(path) if is_whole else True


def _robots_of(said: Mapping[str, list[str]], *, by: str) -> list[dict[str, object]]:
    return [{"by": by, "said": _short(value)} for value in said.get("robots", [])[:_MOST] if value]


def _mining_of(said: Mapping[str, list[str]], *, by: str) -> list[dict[str, object]]:
    flags = [flag for value in said.get("tdm-reservation", []) if (flag := _as_flag(value)) is not None]
    policy = next(iter(said.get("tdm-policy", [])), None)
    if not flags:
        return []
    return [{"by": by, "reserved": any(flags), **({"policy": _short(policy)} if policy else {})}]


def _mining_by_file(url: str, reservations: Reservations | None) -> Iterator[dict[str, object]]:
    if reservations is None:
        return
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    for rule in [rule for rule in reservations.rules if covers(rule.location, path)][:_MOST]:
        yield {
            "by": "file",
            "capture": reservations.capture,
            "location": rule.location,
            "reserved": rule.is_reserved,
            **({"policy": rule.policy} if rule.policy else {}),
        }


def _headers_named(said: Exchange) -> dict[str, list[str]]:
    return {name: _header_values(said, name) for name in ("tdm-reservation", "tdm-policy")}


def _header_values(said: Exchange, name: str) -> list[str]:
    return [value for header, value in said.headers if header.lower() == name]


def _metas(said: Exchange) -> dict[str, list[str]]:
    """Return the named metas of a web page's head that matter here."""
    content_type = next(iter(_header_values(said, "content-type")), "")
    head = said.body[:_HEAD_WITHIN]
    if not head or (type_said(content_type) or type_found(head, said=())) != WEB_PAGE:
        return {}
    _, text = html_to_unicode(content_type, head)
    found: dict[str, list[str]] = {}
    for meta in Selector(text=text.replace("\0", "\ufffd") or " ", type="html").xpath(
        "//meta[@name][@content]"
    ):
        name = meta.attrib["name"].strip().lower()
        if name in {"robots", "tdm-reservation", "tdm-policy"}:
            found.setdefault(name, []).append(" ".join(meta.attrib["content"].split()))
    return found


def _as_flag(value: object) -> bool | None:
    return {"0": False, "1": True}.get(str(value).strip()) if isinstance(value, int | str) else None


def _short(text: str) -> str:
    return text[:_LONGEST]
