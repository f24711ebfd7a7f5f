"""Whole sites that are hostile: to a crawl rather than to one request."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.fakes.hostile.inputs import Answer, answer, endless, redirect

_MB = 1024 * 1024
_XML = "application/xml"
_UNREAD = "http://127.0.0.1:{port}/robots.txt could not be read ("
_NOT_ASKED = "): without it the host is not asked."
_SITEMAP = """kind = "sitemap"
[entry]
site = "{here}"
sitemaps = ["{here}/sitemap.xml"]
"""
_LIST = """kind = "listing"
[entry]
lists = ["{here}/calendar/1"]
[list]
item = "li"
next = "a.next"
"""


@dataclass(frozen=True, slots=True)
class Site:
    """One hostile site: what it does, and how the crawl of it must end.

    ``failure`` is in the sentence that the run fails with; ``None`` when it must be complete with the site's document.
    ``answers`` are said beside those of a plain site with one page and one document.
    """

    what: str
    failure: str | None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    kind: str = _SITEMAP
    limits: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


def xml(text: str) -> bytes:
    """Return an answer of XML; its length is not said, since ports are put into it."""
    return answer(text.encode(), kind=_XML, length=None)


def sitemap(*addresses: str, kind: str = "urlset", entry: str = "url") -> bytes:
    """Return a sitemap, or an index of sitemaps."""
    lines = "".join(f"<{entry}><loc>{address}</loc></{entry}>" for address in addresses)
    return xml(f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</{kind}>')


PLAIN: Mapping[str, Answer] = {
    "/sitemap.xml": sitemap("{here}/page"),
    "/page": answer(
        b'<html><title>A page</title><a href="{here}/ok.pdf">PDF</a>', kind="text/html", length=None
    ),
}
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_RULES = "User-agent: *\n" + "".join(f"Disallow: /*a*b*c*d*{n}*z$\n" for n in range(20_000))

SITES = (
    Site(
        "robots.txt without end",
        f"{_UNREAD}too large{_NOT_ASKED}",
        {"/robots.txt": endless(b"Disallow: /x\n" * 5000, before=b"HTTP/1.1 200 OK\r\n\r\n")},
    ),
    Site(
        "robots.txt that redirects to 127.0.0.1, another port",
        f"{_UNREAD}redirected to a host that is not this source's: 127.0.0.1:{{canary}}{_NOT_ASKED}",
        {"/robots.txt": redirect("http://127.0.0.1:{canary}/robots.txt")},
    ),
    Site(
        "robots.txt that redirects to itself",
        f"{_UNREAD}too many redirects{_NOT_ASKED}",
        {"/robots.txt": redirect("{here}/robots.txt")},
    ),
    Site(
        "robots.txt that swells to 300 MB",
        f"{_UNREAD}too large: swells when unpacked{_NOT_ASKED}",
        {
            "/robots.txt": answer(
                gzip.compress(bytes(300 * _MB)), headers=["Content-Encoding: gzip"], kind="text/plain"
            )
        },
    ),
    Site(
        "robots.txt of 20,000 rules full of wild cards",
        None,
        {"/robots.txt": answer(_RULES.encode(), kind="text/plain")},
    ),
    Site(
        "robots.txt that is a web page",
        None,
        {"/robots.txt": answer(b"<html><p>Disallow: /</p></html>", kind="text/html")},
    ),
    Site(
        "reservations (tdmrep.json) without end",
        None,
        {"/.well-known/tdmrep.json": endless(b" " * 65536, before=b"HTTP/1.1 200 OK\r\n\r\n")},
    ),
    Site(
        "reservations that redirect to 127.0.0.1, another port",
        None,
        {"/.well-known/tdmrep.json": redirect("http://127.0.0.1:{canary}/")},
    ),
    Site(
        "reservations nested 100,000 deep",
        None,
        {"/.well-known/tdmrep.json": answer(b"[" * 100_000, kind="application/json")},
    ),
    Site(
        "a sitemap with entities that swell (a billion laughs)",
        "has a DOCTYPE, as no sitemap has: it is not read",
        {
            "/sitemap.xml": xml(
                f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY l0 "ha">{_LAUGHS}]><urlset><url><loc>&l9;</loc></url></urlset>'
            )
        },
    ),
    Site(
        "a sitemap with an entity from 127.0.0.1, another port",
        "has a DOCTYPE, as no sitemap has: it is not read",
        {
            "/sitemap.xml": xml(
                '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY x SYSTEM "http://127.0.0.1:{canary}/">]><urlset><url><loc>&x;</loc></url></urlset>'
            )
        },
    ),
    Site(
        "a sitemap that swells to 300 MB",
        "is longer than the 50 MB that a sitemap may have",
        {"/sitemap.xml": answer(gzip.compress(bytes(300 * _MB)), kind="application/gzip")},
    ),
    Site(
        "a sitemap cut short",
        "breaks off or is broken",
        {"/sitemap.xml": answer(b"<urlset><url><loc>http://a", kind=_XML)},
    ),
    Site(
        "an index of sitemaps that names itself",
        None,
        {
            "/sitemap.xml": sitemap(
                "{here}/sitemap.xml", "{here}/real.xml", kind="sitemapindex", entry="sitemap"
            ),
            "/real.xml": PLAIN["/sitemap.xml"],
        },
    ),
    Site(
        "indexes of sitemaps without end",
        "deeper than is followed",
        {"/sitemap.xml": sitemap("{here}/deeper/1", kind="sitemapindex", entry="sitemap")},
    ),
    Site(
        "a sitemap of addresses without number",
        "The sitemaps list more addresses than limits.requests (20) allows to ask for",
        {"/sitemap.xml": sitemap(*(f"{{here}}/page?{n}" for n in range(500)))},
        limits="requests = 20",
    ),
    Site(
        "a calendar: each page leads to the next, for ever",
        "30 pages of lists were turned, which is all that limits.pages of hostile allows",
        kind=_LIST,
        limits="pages = 30",
    ),
    Site(
        "a proxy that the environment names, for a source on this machine",
        None,
        environment={"http_proxy": "http://127.0.0.1:{canary}", "https_proxy": "http://127.0.0.1:{canary}"},
    ),
)
