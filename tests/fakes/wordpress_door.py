"""A door before the real WordPress: the same site under an address of its own, which counts and may misbehave."""

import http.client
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

from tests.fakes.wordpress import HOME

_HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "keep-alive", "host", "accept-encoding"}
_TEXT = ("text/", "application/json", "application/xml", "application/rss+xml")


class Door:
    """Passes requests on, and answers with the site's addresses replaced by its own.

    Attributes
    ----------
    closed
        Beginnings of paths (with their query) that are answered with a status instead.
    delay
        Seconds that each answer takes longer.
    is_frank
        Whether the site's own addresses are left as they are.
    rewrite
        Makes what is answered of a path with its query and the site's text.
    hits, bodies
        Requests, and answers that had a body, by path and query.
    """

    def __init__(self, backend: str) -> None:
        self.backend = urlsplit(backend)
        self.closed: dict[str, int] = {}
        self.delay = 0.0
        self.is_frank = False
        self.rewrite: Callable[[str, bytes], bytes] = lambda _, body: body
        self.hits: Counter[str] = Counter()
        self.bodies: Counter[str] = Counter()
        self.lock = threading.Lock()
        self._actions: list[tuple[Callable[[str], bool], Callable[[], object]]] = []
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"door": self}))
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

    def before(self, is_due: Callable[[str], bool], action: Callable[[], object]) -> None:
        """Do something once, before the first request that is due is passed on."""
        self._actions.append((is_due, action))

    def forget(self) -> None:
        """Begin counting anew."""
        with self.lock:
            self.hits.clear()
            self.bodies.clear()

    def pass_by(self, target: str) -> int | None:
        """Count a request and do what is due; return the status that it gets instead of an answer."""
        with self.lock:
            self.hits[target] += 1
            for entry in [entry for entry in self._actions if entry[0](target)]:
                self._actions.remove(entry)
                entry[1]()
        time.sleep(self.delay)
        return next((status for path, status in self.closed.items() if target.startswith(path)), None)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of crawlers that were killed in the middle; anything else is a fault of this door."""
        if not isinstance(sys.exception(), ConnectionError):
            raise  # noqa: PLE0704 - called while the error is being handled


class _Handler(BaseHTTPRequestHandler):
    door: Door
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        refused = self.door.pass_by(self.path)
        if refused is not None:
            self.answer(refused, [("Content-Type", "text/html")], b"<p>Not for you</p>")
            return
        behind = http.client.HTTPConnection(self.door.backend.netloc, timeout=60)
        sent = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
        behind.request("GET", self.path, headers={**sent, "Host": urlsplit(HOME).netloc})
        response = behind.getresponse()
        body, headers = response.read(), response.getheaders()
        behind.close()
        is_text = (response.getheader("Content-Type") or "").startswith(_TEXT)
        if is_text and not self.door.is_frank:
            body = body.replace(urlsplit(HOME).netloc.encode(), self.door.host.encode())
        body = self.door.rewrite(self.path, body)
        with self.door.lock:
            self.door.bodies[self.path] += bool(body)
        mine = [
            (name, value.replace(urlsplit(HOME).netloc, self.door.host))
            for name, value in headers
            if name.lower() not in _HOP_BY_HOP
        ]
        self.answer(response.status, mine, body)

    def answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
