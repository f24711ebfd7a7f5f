"""A strict OAI-PMH repository on this machine that can play every trouble of real ones, and files to go with it."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

from tests.fakes.govuk_site import minimal_pdf

BASE = "/cgi/oai2"
ARGUMENTS = {
    "Identify": set(),
    "GetRecord": {"identifier", "metadataPrefix"},
    "ListRecords": {"metadataPrefix", "from", "until", "set", "resumptionToken"},
    "ListIdentifiers": {"metadataPrefix", "from", "until", "set", "resumptionToken"},
}
NOW = "2026-06-30T12:00:00Z"


@dataclass(frozen=True)
class Item:
    """An entry of the repository."""

    number: int
    datestamp: str
    sets: tuple[str, ...] = ("reports",)
    is_deleted: bool = False
    said: tuple[tuple[str, str], ...] = ()

    @property
    def identifier(self) -> str:
        return f"oai:pretend.invalid:{self.number}"


@dataclass
class Troubles:
    """What goes wrong. Positions are those of the first entry of a page."""

    expire_once_at: set[int] = field(default_factory=set)
    expire_always_at: int | None = None
    repeat_last_token: bool = False
    loop_at: int | None = None
    forget_until: bool = False
    size: str = "right"  # or missing, more, more of records, changing
    keep_back: set[int] = field(default_factory=set)  # numbers that no page of ListRecords shows
    keep_singly: bool = False  # nor GetRecord
    junk: bool = False
    doctype: bool = False
    busy: int = 0
    endless: bool = False
    new_item_at: tuple[int, Item] | None = None
    missing_pages: set[int] = field(default_factory=set)


class OaiServer:
    """Serves entries until it is closed; ``asked`` are the arguments of each request to the repository."""

    def __init__(
        self,
        items: Sequence[Item],
        *,
        troubles: Troubles | None = None,
        page: int = 10,
        is_seconds: bool = True,
        delay: float = 0.0,
    ) -> None:
        self.items, self.troubles, self.page = list(items), troubles or Troubles(), page
        self.is_seconds, self.delay = is_seconds, delay
        self.on_page: Callable[[OaiServer, int], None] | None = None  # called by the real repository alone
        self.asked: list[dict[str, str]] = []
        self.hits: Counter[str] = Counter()
        self.tokens: dict[str, tuple[dict[str, str], int]] = {}
        self.lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), type("Handler", (self.handler(),), {"fake": self}))
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    @staticmethod
    def handler() -> "type[RepositoryHandler]":
        """Return what answers."""
        return RepositoryHandler

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def declaration(self, base: str = BASE, **filters: object) -> str:
        """Return a source declaration, as TOML, that points here."""
        lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in filters.items())
        return f"""
slug = "local-repository"
name = "A repository on this machine"
organisation = "Nobody"
kind = "oaipmh"
hosts = ["{self.host}"]
licence = "none"

[entry]
base = "http://{self.host}{base}"

[filters]
{lines}

[politeness]
delay_seconds = 0.0
patience_seconds = 5.0
"""

    def shown(self, said: Mapping[str, str], *, is_first: bool, verb: str) -> list[Item]:
        """Return the entries that a request is about."""
        first, last = said.get("from", ""), said.get("until", "9")
        if self.troubles.forget_until and not is_first:
            last = "9"
        return [
            item
            for item in sorted(self.items, key=lambda item: (item.datestamp, item.number))
            if item.datestamp >= first
            and item.datestamp[: len(last)] <= last
            and ("set" not in said or said["set"] in item.sets)
            and not (verb == "ListRecords" and item.number in self.troubles.keep_back)
        ]


def entries(count: int, *, files: bool = True, first_day: int = 1) -> list[Item]:
    """Return so many entries, one a day and a second apart, each with a page and a PDF."""
    return [
        Item(
            number,
            f"2026-{1 + (first_day + number) // 28 % 12:02}-{1 + (first_day + number) % 28:02}T00:00:{number % 60:02}Z",
            said=(
                ("title", f"Report {number}"),
                ("creator", f"Author {number}"),
                ("description", f"What report {number} found of care leavers."),
                ("date", f"20{number % 20 + 5:02}-03"),
                ("type", "Report"),
                ("subject", "Social work"),
                *(
                    (
                        ("relation", f"http://HOST/{number}/"),
                        ("identifier", f"http://HOST/{number}/1/report-{number}.pdf"),
                    )
                    if files
                    else ()
                ),
            ),
        )
        for number in range(1, count + 1)
    ]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of crawlers that were killed in the middle."""


class RepositoryHandler(BaseHTTPRequestHandler):
    fake: OaiServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        with self.fake.lock:
            self.fake.hits[self.path] += 1
        if self.fake.delay:
            threading.Event().wait(self.fake.delay)
        if parts.path == BASE:
            self.repository(parse_qsl(parts.query, keep_blank_values=True))
        elif parts.path.endswith(".pdf"):
            self.send(200, minimal_pdf(parts.path), "application/pdf")
        elif (number := parts.path.strip("/")).isdecimal() and int(
            number
        ) not in self.fake.troubles.missing_pages:
            page = f"<main><h1>Page</h1><a href='{parts.path}1/on-page.pdf'>The report (PDF)</a></main>"
            self.send(200, page.encode(), "text/html")
        else:
            self.send(404, b"not here", "text/plain")

    def repository(self, arguments: list[tuple[str, str]]) -> None:
        said = dict(arguments)
        troubles = self.fake.troubles
        with self.fake.lock:
            self.fake.asked.append(said)
            if troubles.busy and said.get("verb") != "Identify":
                troubles.busy -= 1
                self.send(503, b"busy", "text/plain", {"Retry-After": "0"})
                return
        verb = said.pop("verb", "")
        if verb not in ARGUMENTS:
            self.error("badVerb")
        elif len(arguments) != len(dict(arguments)) or not said.keys() <= ARGUMENTS[verb]:
            self.error("badArgument")
        elif verb == "Identify":
            self.identify()
        elif verb == "GetRecord":
            self.single(said.get("identifier", ""))
        elif "resumptionToken" in said:
            self.resume(verb, said)
        elif said.get("metadataPrefix") != "oai_dc":
            self.error("cannotDisseminateFormat" if "metadataPrefix" in said else "badArgument")
        elif not all(self.is_date(said[name]) for name in ("from", "until") if name in said) or said.get(
            "from", ""
        ) > said.get("until", "9"):
            self.error("badArgument")
        else:
            self.list(verb, said, 0)

    def is_date(self, text: str) -> bool:
        return len(text) == (20 if self.fake.is_seconds else 10)

    def resume(self, verb: str, said: dict[str, str]) -> None:
        troubles, token = self.fake.troubles, said["resumptionToken"]
        if len(said) > 1:
            self.error("badArgument")
            return
        if token not in self.fake.tokens:
            self.error("badResumptionToken")
            return
        original, position = self.fake.tokens[token]
        if position in troubles.expire_once_at:
            troubles.expire_once_at.discard(position)
            self.error("badResumptionToken")
        elif troubles.expire_always_at is not None and position >= troubles.expire_always_at:
            self.error("badResumptionToken")
        else:
            self.list(verb, original, position)

    def list(self, verb: str, said: dict[str, str], position: int) -> None:
        troubles, page = self.fake.troubles, self.fake.page
        if troubles.new_item_at is not None and troubles.new_item_at[0] == position:
            self.fake.items.append(troubles.new_item_at[1])
            troubles.new_item_at = None
        shown = self.fake.shown(said, is_first=position == 0, verb=verb)
        if not shown:
            self.error("noRecordsMatch")
            return
        announced = len(self.fake.shown(said, is_first=True, verb="ListIdentifiers"))
        part = [] if troubles.endless and position else shown[position : position + page]
        following: int | None = position + page if position + page < len(shown) or troubles.endless else None
        if troubles.loop_at is not None and position >= troubles.loop_at:
            following = troubles.loop_at
        if following is None and troubles.repeat_last_token and position:
            following = position
        text = "".join(self.entry(item, verb) for item in part)
        self.answer(f"<{verb}>{text}{self.token(verb, said, following, position, announced)}</{verb}>")

    def single(self, identifier: str) -> None:
        found = [item for item in self.fake.items if item.identifier == identifier]
        if self.fake.troubles.keep_singly:
            self.error("badArgument")
        elif found:
            self.answer(f"<GetRecord>{self.entry(found[0], 'GetRecord')}</GetRecord>")
        else:
            self.error("idDoesNotExist")

    def token(
        self, verb: str, said: dict[str, str], following: int | None, position: int, announced: int
    ) -> str:
        if following is None and position == 0:
            return ""
        sizes = {
            "right": announced,
            "missing": None,
            "more": announced + 7,
            "more of records": announced + 7 * (verb == "ListRecords"),
            "changing": announced + position,
        }
        size = sizes[self.fake.troubles.size]
        attribute = "" if size is None else f' completeListSize="{size}" cursor="{position}"'
        if following is None:
            return f"<resumptionToken{attribute}/>"
        name = f"{verb}/{'/'.join(f'{k}={v}' for k, v in sorted(said.items()))}?&{following}"
        with self.fake.lock:
            self.fake.tokens[name] = (said, following)
        return f"<resumptionToken{attribute}>{escape(name)}</resumptionToken>"

    def entry(self, item: Item, verb: str) -> str:
        status = ' status="deleted"' if item.is_deleted else ""
        sets = "".join(f"<setSpec>{name}</setSpec>" for name in item.sets)
        stamp = item.datestamp if self.fake.is_seconds else item.datestamp[:10]
        header = (
            f"<header{status}><identifier>{item.identifier}</identifier>"
            f"<datestamp>{stamp}</datestamp>{sets}</header>"
        )
        if verb == "ListIdentifiers":
            return header
        if item.is_deleted:
            return f"<record>{header}</record>"
        fields = "".join(
            f"<dc:{name}>{escape(text.replace('HOST', self.fake.host))}</dc:{name}>"
            for name, text in item.said
        )
        names = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        return f"<record>{header}<metadata><oai_dc:dc {names}>{fields}</oai_dc:dc></metadata></record>"

    def identify(self) -> None:
        granularity = "YYYY-MM-DDThh:mm:ssZ" if self.fake.is_seconds else "YYYY-MM-DD"
        earliest = min((item.datestamp for item in self.fake.items), default=NOW)
        self.answer(
            "<Identify><repositoryName>Pretended</repositoryName><protocolVersion>2.0</protocolVersion>"
            f"<earliestDatestamp>{earliest if self.fake.is_seconds else earliest[:10]}</earliestDatestamp>"
            f"<deletedRecord>persistent</deletedRecord><granularity>{granularity}</granularity></Identify>"
        )

    def error(self, code: str) -> None:
        self.answer(f'<error code="{code}">{code} it is</error>')

    def answer(self, content: str) -> None:
        junk = "\x0b &nbsp; & &#x1;" if self.fake.troubles.junk else ""
        doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' if self.fake.troubles.doctype else ""
        text = (
            f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
            f"<responseDate>{NOW}</responseDate><request>{junk}</request>{content}</OAI-PMH>"
        )
        self.send(200, text.encode(), "text/xml; charset=utf-8")

    def send(self, status: int, body: bytes, media_type: str, extra: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": media_type, **(extra or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
