"""A small web site on this machine: pages and files by path, changed at will, every request counted."""

import gzip
import hashlib
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    """What is answered. ``is_packed`` sends a gzip file; ``etag`` is made from the body unless it is given; ``None`` sends none.

    ``is_cut`` says that more is coming, and hangs up.
    """

    body: bytes | str = b""
    media_type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = "of the body"
    is_packed: bool = False
    is_cut: bool = False

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body.encode()

    @property
    def tag(self) -> str | None:
        if self.etag != "of the body":
            return self.etag
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'


def pdf(text: str, *, size: int = 0) -> Answer:
    """Return a file that begins like a PDF."""
    return Answer(f"%PDF-1.4\n% {text}\n".encode() + b"%" * size, "application/pdf")


def xml(text: str) -> Answer:
    """Return an XML file."""
    return Answer(text, "application/xml")


@dataclass
class WebSite:
    """What is served, by path with its query. A callable is asked each time, told how often it was asked before.

    ``dynamic`` is asked for what ``pages`` has not. ``HOST`` in text becomes the server's own address.
    """

    pages: dict[str, Answer | Callable[[int], Answer]] = field(default_factory=dict)
    robots: str | None = None
    delay: float = 0.0
    on_request: Callable[[str], None] | None = None
    dynamic: Callable[[str], Answer | None] | None = None


class WebServer:
    """Serves a site until it is closed. ``hits`` are requests, ``unchanged`` those that were answered 304."""

    def __init__(self, site: WebSite) -> None:
        self.site = site
        self.hits: Counter[str] = Counter()
        self.unchanged: Counter[str] = Counter()
        self.lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.url = f"http://{self.host}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        """Begin counting anew."""
        with self.lock:
            self.hits.clear()
            self.unchanged.clear()

    def declaration(self, kind: str, tables: str, *, slug: str = "local-site") -> str:
        """Return a declaration, as TOML, that points here; ``tables`` are its own, ``HOST`` for this address."""
        politeness = (
            "" if "[politeness]" in tables else "[politeness]\ndelay_seconds = 0.0\npatience_seconds = 2.0\n"
        )
        return f"""
slug = "{slug}"
name = "A site on this machine"
organisation = "The Charity"
kind = "{kind}"
hosts = ["{self.host}"]
licence = "none"

{tables.replace("HOST", self.url)}

{politeness}"""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of crawlers that were killed in the middle; anything else is a fault of this server."""
        if not isinstance(sys.exception(), ConnectionError):
            raise  # noqa: PLE0704 - called while the error is being handled


class _Handler(BaseHTTPRequestHandler):
    fake: WebServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        fake, path = self.fake, self.path
        if fake.site.on_request is not None:
            fake.site.on_request(path)
        with fake.lock:
            before = fake.hits[path]
            fake.hits[path] += 1
        time.sleep(fake.site.delay)
        page: Any = fake.site.pages.get(path)
        if path == "/robots.txt" and page is None:
            page = Answer(fake.site.robots or "", "text/plain", 200 if fake.site.robots is not None else 404)
        if callable(page):
            page = page(before)
        if page is None and fake.site.dynamic is not None:
            page = fake.site.dynamic(path)
        self.answer(page or Answer("<p>Not found</p>", status=404))

    def answer(self, answer: Answer) -> None:
        body = answer.content.replace(b"HOST", self.fake.url.encode())
        body = gzip.compress(body, mtime=0) if answer.is_packed else body
        is_same = answer.tag is not None and self.headers["If-None-Match"] == answer.tag
        with self.fake.lock:
            self.fake.unchanged[urlsplit(self.path).path] += is_same
        self.send_response(304 if is_same else answer.status)
        headers = {"Content-Type": answer.media_type, **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value.replace("HOST", self.fake.url))
        if answer.tag is not None:
            self.send_header("ETag", answer.tag)
        if not is_same:
            self.send_header("Content-Length", str(len(body) + 99 * answer.is_cut))
        self.end_headers()
        self.wfile.write(b"" if is_same else body)
        self.close_connection |= answer.is_cut
