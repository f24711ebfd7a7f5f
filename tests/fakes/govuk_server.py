"""A strict server that answers as GOV.UK's search, content and asset services do, on this machine only.

The site and the assets host are two ports. Asked as a proxy (with absolute addresses), it answers for any two hosts
that it is told to play.
"""

import gzip
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self
from urllib.parse import unquote, urlsplit

from tests.fakes.govuk_maps import sitemaps_of
from tests.fakes.govuk_search import MOST, CrashError, RefusedError, search
from tests.fakes.govuk_site import (
    DEPARTMENT,
    REAL_ASSETS,
    REAL_SITE,
    Asset,
    Fault,
    Site,
    described_organisation,
)

PLACEHOLDER = "/government/placeholder"
"""Where the assets host sends those who ask for a file that is not yet checked."""


class Arrival(NamedTuple):
    """A request as it came in, before anything was answered."""

    moment: float
    host: str
    path: str
    agent: str


class GovukServer:
    """Serves a site until it is closed; counts what it is asked.

    ``hits`` are requests by URL as the crawler sees it, ``conditional`` those among them that carried a condition.
    """

    def __init__(
        self, site: Site, *, play: tuple[str, str] | None = None, most: int = MOST, map_size: int = 25_000
    ) -> None:
        self.site, self.most, self.map_size = site, most, map_size
        self.hits: Counter[str] = Counter()
        self.conditional: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.arrivals: list[Arrival] = []
        self.lock = threading.Lock()
        self._servers = [self._listen(), self._listen()]
        ports = [server.server_address[1] for server in self._servers]
        self.url, self.assets_url = play or tuple(f"http://127.0.0.1:{port}" for port in ports)  # type: ignore[misc]
        self.proxy = f"http://127.0.0.1:{ports[0]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening; from now on connections are refused."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    @property
    def times(self) -> list[tuple[float, str]]:
        """When which host was asked."""
        return [(arrival.moment, arrival.host) for arrival in self.arrivals]

    def forget(self) -> None:
        """Begin counting anew."""
        with self.lock:
            self.hits.clear()
            self.conditional.clear()
            self.arrivals.clear()

    def declaration(self, **changes: str) -> str:
        """Return a source declaration, as TOML, that points here."""
        hosts = json.dumps([urlsplit(self.url).netloc, urlsplit(self.assets_url).netloc])
        media = json.dumps(["application/pdf", "text/html", "application/vnd.oasis.opendocument.text"])
        kinds = changes.get("document_types", '["research", "independent_report", "corporate_report"]')
        terms = f"terms = {json.dumps(changes['terms'])}" if "terms" in changes else ""
        return f"""
slug = "{changes.get("slug", "local-govuk")}"
name = "A server on this machine"
organisation = "Department for Education"
kind = "govuk"
hosts = {hosts}
licence = "none"

[entry]
search = "{self.url}{changes.get("search", "/api/search.json")}"
content = "{self.url}/api/content"
site = "{self.url}"
assets = "{self.assets_url}"

[filters]
organisations = ["department-for-education"]
document_types = {kinds}
media_types = {media}
{terms}

[politeness]
delay_seconds = {changes.get("delay", "0.0")}
patience_seconds = {changes.get("patience", "5.0")}
connections = {changes.get("connections", "1")}
windows = {changes.get("windows", "[]")}
"""

    def _listen(self) -> "_Server":
        server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": self}))
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of crawlers that were killed in the middle; anything else is a fault of this server."""
        if not isinstance(sys.exception(), ConnectionError):
            raise  # noqa: PLE0704 - called while the error is being handled


class _Handler(BaseHTTPRequestHandler):
    fake: GovukServer
    protocol_version = "HTTP/1.1"
    server_version = "pretended"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        netloc = asked.netloc or self.headers["Host"]
        is_asset = netloc == urlsplit(self.fake.assets_url).netloc
        base = self.fake.assets_url if is_asset else self.fake.url
        self.target = asked.path + (f"?{asked.query}" if asked.query else "")
        with self.fake.lock:
            self.fake.hits[base + self.target] += 1
            self.fake.conditional[base + self.target] += "If-None-Match" in self.headers
            self.fake.agents.add(self.headers["User-Agent"])
            self.fake.arrivals.append(
                Arrival(time.monotonic(), netloc, asked.path, self.headers["User-Agent"])
            )
            fault = self._due(asked.path)
        if self.fake.site.gate is not None:
            self.fake.site.gate.wait(timeout=60)
        time.sleep(self.fake.site.delay)
        if fault is not None and self._went_wrong(fault):
            return
        path = unquote(asked.path)
        if path == "/robots.txt":
            self.answer(200, self.fake.site.robots.encode(), "text/plain")
        elif is_asset:
            self.asset(path)
        elif path in {"/api/search.json", "/api/search"}:
            self.search(asked.query)
        elif path.startswith("/api/content"):
            self.content(path.removeprefix("/api/content"))
        elif path.startswith("/api/organisations"):
            self.organisations(path.removeprefix("/api/organisations").strip("/"))
        elif path in (maps := sitemaps_of(self.fake.site, self.fake.url, most=self.fake.map_size)):
            self.answer(200, maps[path].encode(), "application/xml", {"Cache-Control": "public"})
        elif path in self.fake.site.pages:
            self.answer(200, self.fake.site.pages[path].encode(), "text/html; charset=utf-8")
        else:
            self.answer(404, b"<p>Page not found</p>", "text/html; charset=utf-8")

    def _due(self, path: str) -> Fault | None:
        fault = self.fake.site.faults.get(path)
        if fault is None or fault.times < 1:
            return None
        self.fake.site.faults[path] = replace(fault, times=fault.times - 1)
        return fault

    def _went_wrong(self, fault: Fault) -> bool:
        if fault.kind == "status":
            extra = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            self.answer(fault.status, fault.body.encode(), "text/plain", extra)
        elif fault.kind == "garble":
            self.answer(200, b"<html>a proxy's opinion", "application/json")
        else:
            self.send_response(200)
            self.send_header("Content-Type", "application/pdf")
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"%PDF-1.4\n" if fault.kind == "truncate" else b"")
            self.wfile.flush()
            self.close_connection = True
        return True

    def search(self, query: str) -> None:
        if self.fake.site.before_search is not None:
            self.fake.site.before_search()
        try:
            answer = search(query, self.fake.site.entries, most=self.fake.most)
        except RefusedError as refused:
            self.json(422, {"error": str(refused)})
            return
        except CrashError as crash:
            self.answer(500, str(crash).encode(), "application/json")
            return
        if self.fake.site.hidden_from_results:
            answer["results"] = answer["results"][: -self.fake.site.hidden_from_results]
        self.json(200, answer)

    def content(self, path: str) -> None:
        if path in self.fake.site.statuses:
            self.json(self.fake.site.statuses[path], {"errors": ["refused"]})
        elif path in self.fake.site.sub_paths:
            target = f"/api/content{self.fake.site.sub_paths[path]}"
            self.answer(303, b"", "text/html", {"Location": self.fake.url + target})
        elif (item := self.fake.site.items.get(path)) is None:
            self.json(404, {})
        elif item["schema_name"] == "gone" and not item["details"]["explanation"]:
            self.json(410, {})
        else:
            self.json(200, item, {"Cache-Control": "max-age=300, public"})

    def organisations(self, slug: str) -> None:
        known = {DEPARTMENT["slug"]: DEPARTMENT}
        if slug and slug not in known:
            self.json(404, {"_response_info": {"status": "not found"}})
            return
        described = [described_organisation(one) for one in known.values()]
        listed = {
            "results": described,
            "total": len(described),
            "pages": 1,
            "current_page": 1,
            "page_size": 20,
        }
        self.json(200, described_organisation(known[slug]) if slug else listed)

    def asset(self, path: str) -> None:
        asset = self.fake.site.assets.get(path)
        if (cache := self.fake.site.cache) is not None and asset is not None:
            asset = self.from_cache(cache, path, asset)
        if asset is None and path == PLACEHOLDER:
            self.answer(200, b"<!DOCTYPE html><p>This file is being checked.</p>", "text/html")
        elif asset is None and (current := self.current_name(path)) is not None:
            self.answer(302, b"", "text/html", {"Location": current})
        elif asset is None:
            self.answer(404, b"", "text/html")
        elif asset.status in {301, 302}:
            self.answer(asset.status, b"", "text/html", {"Location": self.local(asset.location or "")})
        elif asset.status != 200:
            self.answer(asset.status, b"", "text/html")
        else:
            self.file(asset)

    def current_name(self, path: str) -> str | None:
        """Return where a file lies that is asked for under another name."""
        folder, _, _ = path.rpartition("/")
        if not folder.startswith("/media/"):
            return None
        return next((known for known in self.fake.site.assets if known.startswith(f"{folder}/")), None)

    def from_cache(self, cache: dict[str, Asset], path: str, asset: Asset) -> Asset:
        """Answer as a cache in between does: with what it holds, unless it is told to ask the origin."""
        if {"max-age=0", "no-cache"}.isdisjoint(self.headers.get("Cache-Control", "").split(", ")):
            return cache.setdefault(path, asset)
        cache[path] = asset
        return asset

    def file(self, asset: Asset) -> None:
        modified = format_datetime(asset.modified, usegmt=True)
        extra = {"ETag": asset.etag, "Last-Modified": modified, "Cache-Control": "max-age=1800, public"}
        if asset.parent:
            extra["Link"] = f'<{self.fake.url}{asset.parent}>; rel="up"'
        since = self.headers["If-Modified-Since"]
        is_same = self.headers["If-None-Match"] == asset.etag
        if "If-None-Match" not in self.headers and since:
            is_same = parsedate_to_datetime(since) >= asset.modified
        if is_same:
            self.answer(304, b"", None, extra)
        else:
            self.answer(200, asset.body, asset.media_type, extra)

    def json(self, status: int, value: Mapping[str, Any], extra: Mapping[str, str] | None = None) -> None:
        body = self.local(json.dumps(value)).encode()
        self.answer(status, body, "application/json; charset=utf-8", extra)

    def local(self, text: str) -> str:
        return text.replace(REAL_ASSETS, self.fake.assets_url).replace(REAL_SITE, self.fake.url)

    def answer(
        self, status: int, body: bytes, media_type: str | None, extra: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        if media_type:
            self.send_header("Content-Type", media_type)
        is_text = media_type is not None and media_type.startswith(("application/json", "text/"))
        if self.fake.site.gzip and body and is_text and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        for name, value in (extra or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
