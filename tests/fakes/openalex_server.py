"""A strict server that lists works as OpenAlex's documentation says it does, on this machine only."""

import base64
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.govuk_site import minimal_pdf

PARAMETERS = {
    "filter",
    "search",
    "sort",
    "per_page",
    "page",
    "cursor",
    "select",
    "mailto",
    "api_key",
    "sample",
    "seed",
}
FILTERS = {
    "type",
    "publication_year",
    "from_publication_date",
    "title_and_abstract.search",
    "language",
    "is_oa",
}


class OpenalexServer:
    """Lists works until it is closed.

    ``before_page`` is called with (this server, number of the page) before each page of a list is made. ``keep_back``
    are works that are counted and never listed.
    """

    def __init__(
        self,
        works: Sequence[dict[str, Any]],
        *,
        keep_back: Sequence[str] = (),
        before_page: Callable[["OpenalexServer", int], None] = lambda *_: None,
        same_cursor: bool = False,
        key: str | None = None,
        delay: float = 0.0,
    ) -> None:
        self.works, self.keep_back, self.before_page = list(works), set(keep_back), before_page
        self.same_cursor, self.key, self.delay = same_cursor, key, delay
        self.asked: list[dict[str, str]] = []
        self.agents: set[str] = set()
        self.pages = 0
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": self}))
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def declaration(self, *, contact: str = "library@example.org", **filters: object) -> str:
        """Return a source declaration, as TOML, that points here."""
        filters = {"filter": "type:report", "per_page": 10, **filters}
        lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in filters.items())
        return f"""
slug = "local-works"
name = "Works on this machine"
organisation = "Nobody"
kind = "openalex"
hosts = ["{self.host}"]
licence = "none"

[entry]
works = "http://{self.host}/works"

[filters]
{lines}

[politeness]
delay_seconds = 0.0
patience_seconds = 5.0
contact = "{contact}"
"""


def work(number: int, **said: Any) -> dict[str, Any]:
    """Return a work as the list gives it."""
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/10.1234/{number}",
        "display_name": f"Work {number}",
        "publication_date": f"2020-{1 + number % 12:02}-{1 + number % 28:02}",
        "publication_year": 2020,
        "type": "report",
        "language": "en",
        "ids": {"openalex": f"https://openalex.org/W{number}"},
        "authorships": [{"author": {"display_name": f"Author {number}"}}],
        "primary_location": {
            "landing_page_url": f"https://press.example.invalid/{number}",
            "pdf_url": None,
            "is_oa": False,
            "source": {"display_name": "A series", "host_organization_name": "Pretended Press"},
        },
        "abstract_inverted_index": {"Leaving": [0], "care": [1, 4], "is": [2], "not": [3]},
        "cited_by_count": number,
        "is_retracted": False,
        **said,
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of crawlers that were killed in the middle."""


class _RefusedError(Exception):
    pass


class _Handler(BaseHTTPRequestHandler):
    fake: OpenalexServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if self.fake.delay:
            threading.Event().wait(self.fake.delay)
        if parts.path.endswith(".pdf"):
            self.send(200, minimal_pdf(parts.path), "application/pdf")
        elif parts.path != "/works":
            self.send(404, b"{}", "application/json")
        elif self.fake.key is not None and self.headers["Authorization"] != f"Bearer {self.fake.key}":
            self.json(401, {"error": "Unauthorized", "message": "an API key is required"})
        else:
            self.fake.agents.add(self.headers["User-Agent"])
            try:
                self.json(200, self.list(parse_qsl(parts.query, keep_blank_values=True)))
            except _RefusedError as refused:
                self.json(400, {"error": "Invalid query parameters error.", "message": str(refused)})

    def list(self, arguments: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
        fake, said = self.fake, dict(arguments)
        fake.asked.append(said)
        if unknown := said.keys() - PARAMETERS:
            raise _RefusedError(f"{sorted(unknown)} are not valid parameters")
        if len(said) != len(arguments):
            raise _RefusedError("a parameter is given twice")
        size = said.get("per_page", "25")
        if not size.isdecimal() or not 1 <= int(size) <= 100:
            raise _RefusedError("per_page must be between 1 and 100")
        for part in said.get("filter", "type:report").split(","):
            if part.partition(":")[0] not in FILTERS:
                raise _RefusedError(f"Unknown filter field: {part.partition(':')[0]}")
        if said.get("sort") != "publication_date" or "cursor" not in said or "page" in said:
            raise _RefusedError("this server plays cursors over dates alone")
        fake.pages += 1
        fake.before_page(fake, fake.pages)
        after = _place(said["cursor"])
        ordered = sorted(fake.works, key=_order)
        listed = [
            w for w in ordered if w["id"] not in fake.keep_back and (after is None or _order(w) > after)
        ]
        part_of = listed[: int(size)]
        cursor = base64.b64encode(json.dumps(_order(part_of[-1])).encode()).decode() if part_of else None
        if fake.same_cursor and after is not None:
            cursor = said["cursor"]
        meta = {"count": len(fake.works), "per_page": int(size), "page": None, "next_cursor": cursor}
        return {"meta": meta, "results": part_of, "group_by": []}

    def json(self, status: int, value: Mapping[str, Any]) -> None:
        text = json.dumps(value).replace("HOST", self.fake.host)
        self.send(status, text.encode(), "application/json; charset=utf-8")

    def send(self, status: int, body: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _order(work: Mapping[str, Any]) -> list[str]:
    return [work["publication_date"], work["id"]]


def _place(cursor: str) -> list[str] | None:
    if cursor == "*":
        return None
    try:
        return json.loads(base64.b64decode(cursor, validate=True))
    except ValueError as error:
        raise _RefusedError("the cursor is not valid") from error
