"""Web pages of publications: title, date, summary, and the documents that they link. No site's own mark-up is assumed."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urldefrag

from scrapy import Selector
from w3lib.encoding import html_to_unicode

from harvester.media_types import WEB_PAGE, type_said
from harvester.spiders.addresses import absolute

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
    for name in (names, names[:3])
}
_DATE_METAS = (
    "article:published_time",
    "citation_publication_date",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "date",
    "publish_date",
)
_PUBLISHED = re.compile(
    r"\b(?:publi(?:shed|cation date)|date)\b[\s:on]{0,10}(.{4,30})", re.IGNORECASE | re.DOTALL
)
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_MONTH = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{4})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_BODY = "(//main | //article | //*[@role='main'])"
_AROUND = "ancestor-or-self::nav or ancestor-or-self::footer or ancestor-or-self::*[@role='navigation' or @role='contentinfo']"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a page gives it: absolute, without fragment; ``text`` is what stands in it.

    ``is_download`` says that the page gives it as a file: by ``download`` or by a ``type`` that is no page's.
    """

    url: str
    text: str
    is_download: bool = False


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page says of itself. ``published`` is an ISO date cut to the precision that the page gives.

    ``links`` are those of its main part, in order, each address once; navigation and footer are left out. ``base`` is
    what its relative links are read against.
    """

    url: str
    base: str
    title: str | None
    summary: str | None
    published: str | None
    canonical: str | None
    language: str | None
    links: tuple[Link, ...]
    selector: Selector


def read_page(body: bytes, *, url: str, content_type: str = "") -> WebPage:
    """Read a page; broken mark-up and wrongly declared charsets are borne.

    Parameters
    ----------
    body
        The page as it came.
    url
        Where it came from; relative links are read against it, or against its ``base``.
    content_type
        The header of that name, for its charset.
    """
    _, text = html_to_unicode(content_type, body)
    page = Selector(text=text.replace("\0", "\ufffd") or "<html></html>", type="html")
    base = absolute(page.xpath("//base/@href").get(default=""), base=url) or url
    return WebPage(
        url=url,
        base=base,
        title=_title(page),
        summary=_meta(page, "description") or _meta(page, "og:description"),
        published=_published(page),
        canonical=absolute(page.xpath("//link[@rel='canonical']/@href").get(default=""), base=base),
        language=one_line(page.xpath("/html/@lang").get(default="")) or None,
        links=tuple(links_in(_anchors(page), base=base)),
        selector=page,
    )


def links_in(anchors: Iterable[Selector], *, base: str) -> Iterator[Link]:
    """Yield the links of some anchors, each address once.

    What is no address of the web, or a place on the same page, is passed over.
    """
    met: set[str] = set()
    for anchor in anchors:
        href = anchor.attrib.get("href", "").strip()
        address = None if href.startswith("#") else absolute(href, base=base)
        if address is None or (url := urldefrag(address).url) in met:
            continue
        met.add(url)
        text = one_line(" ".join(anchor.xpath(".//text()").getall()))
        kind = type_said(anchor.attrib.get("type", ""))
        is_download = "download" in anchor.attrib or kind not in {"", WEB_PAGE}
        yield Link(url, text or one_line(anchor.attrib.get("title", "")), is_download)


def iso_date(text: str) -> str | None:
    """Return the first date in a text as ISO writes it, cut to its precision; days come before months, as in Britain.

    A date that no calendar has gives ``None``.
    """
    if found := _ISO.search(text):
        return _checked(*(int(part) for part in found.groups() if part))
    if found := _DAY.search(text):
        day, month, year = found.groups()
        if number := _MONTHS.get(month.lower()):
            return _checked(int(year), number, int(day))
    if found := _SLASHED.search(text):
        day, month, year = found.groups()
        return _checked(int(year), int(month), int(day))
    for found in _MONTH.finditer(text):
        if number := _MONTHS.get(found[1].lower()):
            return _checked(int(found[2]), number)
    if found := _YEAR.search(text):
        return found[1]
    return None


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space, none at its ends."""
    return " ".join(text.split())


def _checked(year: int, month: int | None = None, day: int | None = None) -> str | None:
    try:
        moment = date(year, month or 1, day or 1)
    except ValueError:
        return None
    return moment.isoformat()[: 4 if month is None else 7 if day is None else 10]


def _title(page: Selector) -> str | None:
    for path in (f"{_BODY}//h1", "//h1"):
        for heading in page.xpath(path):
            if text := one_line(" ".join(heading.xpath(".//text()").getall())):
                return text
    return _meta(page, "og:title") or one_line(page.xpath("//title/text()").get(default="")) or None


def _meta(page: Selector, name: str) -> str | None:
    for meta in page.xpath("//meta[@name or @property]"):
        said = meta.attrib.get("name") or meta.attrib.get("property") or ""
        if said.lower() == name and (content := one_line(meta.attrib.get("content", ""))):
            return content
    return None


def _published(page: Selector) -> str | None:
    for said in _linked_data(page):
        if (moment := iso_date(str(said.get("datePublished", "")))) is not None:
            return moment
    for name in _DATE_METAS:
        if (content := _meta(page, name)) and (moment := iso_date(content)):
            return moment
    body = page.xpath(_BODY) or page.xpath("//body")
    for stamp in body.xpath(".//time[@datetime]/@datetime").getall():
        if (moment := iso_date(stamp)) is not None:
            return moment
    text = one_line(" ".join(body.xpath(".//text()[not(ancestor::script or ancestor::style)]").getall()))
    found = _PUBLISHED.search(text)
    return iso_date(found[1]) if found else None


def _linked_data(page: Selector) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON-LD, graphs taken apart; what cannot be read is passed over."""
    for script in page.xpath("//script[@type='application/ld+json']/text()").getall():
        try:
            said = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for entry in said if isinstance(said, list) else [said]:
            if isinstance(entry, dict):
                graph = entry.get("@graph")
                yield entry
                yield from (
                    part for part in (graph if isinstance(graph, list) else []) if isinstance(part, dict)
                )


def _anchors(page: Selector) -> Iterable[Selector]:
    return page.xpath(f"{_BODY}//a[@href][not({_AROUND})]") or page.xpath(f"//a[@href][not({_AROUND})]")
