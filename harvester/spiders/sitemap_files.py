"""Sitemap files as the protocol has them: lists of addresses or of further sitemaps, as XML, gzip or plain text."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from lxml import etree

from corpus.vocabulary.errors import SourceError
from harvester.media_types import WEB_PAGE, type_found
from harvester.spiders.addresses import absolute

MOST_BYTES = 50 * 1024 * 1024
"""What the protocol allows a sitemap, unpacked. A longer one is refused: half of it would be no sitemap."""

_GZIP = b"\x1f\x8b"


class SitemapKind(StrEnum):
    """What a sitemap lists."""

    ADDRESSES = "urlset"
    SITEMAPS = "sitemapindex"


@dataclass(frozen=True, slots=True)
class SitemapLine:
    """One entry; ``url`` is ``None`` where the entry has no usable address, ``lastmod`` as the site wrote it."""

    url: str | None
    lastmod: str | None


def read_sitemap(body: bytes, *, url: str) -> tuple[SitemapKind, Iterator[SitemapLine]]:
    """Read a sitemap; its entries come as they are read.

    The protocol's 50,000 entries are no limit here: sites overstep it, and every entry counts.

    Raises
    ------
    SourceError
        When it is none, is broken or is too long; the entries raise it too, at the place that is broken.
    """
    body = _unpacked(body, url=url).removeprefix(b"\xef\xbb\xbf").lstrip()
    if type_found(body, said=()) == WEB_PAGE:
        raise SourceError(f"{url} is no sitemap but a web page.")
    if body[:4].lower() == b"http":
        return SitemapKind.ADDRESSES, _plain_lines(body, url=url)
    events = _elements(body, url=url)
    root = next(events)
    try:
        kind = SitemapKind(_name(root))
    except ValueError:
        raise SourceError(f"{url} is no sitemap: it begins with <{_name(root)}>.") from None
    return kind, _xml_lines(events, entry="url" if kind is SitemapKind.ADDRESSES else "sitemap", base=url)


def sitemaps_in(robots: bytes, *, url: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names, in its order, each once."""
    named: dict[str, None] = {}
    for line in robots.decode(errors="replace").splitlines():
        key, _, value = line.partition(":")
        address = absolute(value.partition(" #")[0].strip(), base=url)
        if key.strip().lower() == "sitemap" and address is not None:
            named[address] = None
    return tuple(named)


def _unpacked(body: bytes, *, url: str) -> bytes:
    """Return the sitemap itself, whatever its name or header says of packing."""
    if body.startswith(_GZIP):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            body = unpacker.decompress(body, MOST_BYTES + 1)
        except zlib.error as error:
            raise SourceError(f"{url} cannot be unpacked: it is broken.") from error
        if not unpacker.eof and len(body) <= MOST_BYTES:
            raise SourceError(f"{url} cannot be unpacked: it breaks off.")
    if len(body) > MOST_BYTES:
        raise SourceError(f"{url} is longer than the {MOST_BYTES // 1024**2} MB that a sitemap may have.")
    return body


def _elements(body: bytes, *, url: str) -> Iterator[etree._Element]:
    """Yield the root as it opens, then every element as it closes. No entity is resolved, nothing is fetched."""
    events = etree.iterparse(
        BytesIO(body), events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True
    )
    is_first = True
    try:
        for event, element in events:
            if is_first:
                if element.getroottree().docinfo.doctype:
                    raise SourceError(f"{url} has a DOCTYPE, as no sitemap has: it is not read.")
                is_first = False
                yield element
            elif event == "end":
                yield element
    except etree.XMLSyntaxError as error:
        what = "breaks off or is broken" if not is_first else "is no sitemap: it is no XML"
        raise SourceError(f"{url} {what} ({error.msg}).") from error


def _xml_lines(elements: Iterator[etree._Element], *, entry: str, base: str) -> Iterator[SitemapLine]:
    for element in elements:
        if _name(element) != entry:
            continue
        said = {
            _name(child): (child.text or "").strip()
            for child in reversed(element)
            if _is_plain(child, element)
        }
        yield SitemapLine(absolute(said.get("loc", ""), base=base), said.get("lastmod") or None)
        element.clear()
        while (before := element.getprevious()) is not None:
            before.getparent().remove(before)


def _plain_lines(body: bytes, *, url: str) -> Iterator[SitemapLine]:
    for line in body.decode(errors="replace").splitlines():
        if line.strip():
            yield SitemapLine(absolute(line.strip(), base=url), None)


def _name(element: etree._Element) -> str:
    """Return an element's name without its namespace: sites write many versions of it, and none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_plain(child: etree._Element, parent: etree._Element) -> bool:
    """Whether a child is the sitemap's own and not an extension's (``image:loc``)."""
    return isinstance(child.tag, str) and child.tag.rpartition("}")[0] == str(parent.tag).rpartition("}")[0]
