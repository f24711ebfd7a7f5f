"""Reading the answers to a probe's questions. Each reader returns ``None`` when an answer is not what it claims to be."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from lxml import etree
from protego import Protego

from corpus.vocabulary.errors import SourceError
from harvester.media_types import PDF, type_named
from harvester.settings import ROBOTSTXT_USER_AGENT
from harvester.spiders.base import Fetched
from harvester.spiders.pages import one_line, read_page
from harvester.spiders.probing.findings import Facts
from harvester.spiders.sitemap_files import SitemapKind, read_sitemap, sitemaps_in

_FEEDS = {"rss": "item", "RDF": "item", "feed": "entry"}
_TERMS = ("terms", "copyright", "legal", "conditions", "re-use", "reuse", "licen")
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_IDENTIFY = ("repositoryName", "baseURL", "earliestDatestamp", "deletedRecord", "granularity")
_MOST_LINES = 200_000
_INTERNAL_TYPES = ("attachment", "nav_menu_item", "user_request")  # beside those that begin with wp_


def robots(fetched: Fetched) -> Facts | None:
    """Read a robots.txt: what it asks of this harvester."""
    text = fetched.body.decode(errors="replace")
    if "<html" in text[:1000].lower():
        return None
    rules = Protego.parse(text)
    root = fetched.url.removesuffix("/robots.txt") + "/"
    return {
        "crawl_delay": rules.crawl_delay(ROBOTSTXT_USER_AGENT),
        "may_be_entered": rules.can_fetch(root, ROBOTSTXT_USER_AGENT),
        "sitemaps": list(sitemaps_in(fetched.body, url=fetched.url)),
    }


def front_page(fetched: Fetched) -> Facts | None:
    """Read a site's front page: what made it, its feeds, and where its terms may stand."""
    if not fetched.body.lstrip().startswith(b"<"):
        return None
    page = read_page(fetched.body, url=fetched.url, content_type=fetched.headers.get("content-type", ""))
    links = page.selector.xpath("//a[@href]")
    terms = {
        text: one_line(link.attrib["href"])
        for link in links
        if (text := one_line(" ".join(link.xpath(".//text()").getall())))
        and any(word in text.lower() for word in _TERMS)
    }
    return {
        "title": page.title,
        "made_by": page.selector.xpath("//meta[translate(@name,'G','g')='generator']/@content").get(),
        "terms": dict(list(terms.items())[:5]),
    }


def sitemap(fetched: Fetched) -> Facts | None:
    """Read a sitemap, and count what it lists."""
    try:
        kind, lines = read_sitemap(fetched.body, url=fetched.url)
        addresses = [line.url for _, line in zip(range(_MOST_LINES), lines, strict=False) if line.url]
    except SourceError:
        return None
    if kind is SitemapKind.SITEMAPS:
        return {"sitemaps": len(addresses)}
    return {"addresses": len(addresses), "pdfs": sum(type_named(address) == PDF for address in addresses)}


def feed(fetched: Fetched) -> Facts | None:
    """Read a feed (RSS, Atom), and count its entries."""
    root = _xml(fetched.body)
    entry = _FEEDS.get(etree.QName(root).localname) if root is not None else None
    if root is None or entry is None:
        return None
    return {"entries": sum(1 for _ in root.iter(f"{{*}}{entry}"))}


def oai_identify(fetched: Fetched) -> Facts | None:
    """Read what an OAI-PMH repository says of itself."""
    root = _xml(fetched.body)
    said = root.find(f"{_OAI}Identify") if root is not None else None
    if said is None:
        return None
    return {name: text for name in _IDENTIFY if (text := said.findtext(f"{_OAI}{name}"))}


def wordpress(fetched: Fetched) -> Facts | None:
    """Read the index of WordPress's REST API."""
    said = _object(fetched)
    spaces = said.get("namespaces")
    if not isinstance(spaces, list) or "wp/v2" not in spaces:
        return None
    return {"name": said.get("name"), "namespaces": sorted(map(str, spaces))}


def wordpress_types(fetched: Fetched) -> Facts | None:
    """Read WordPress's types of content: those that people write, by the name that their list has."""
    said = {name: entry for name, entry in _object(fetched).items() if isinstance(entry, dict)}
    types = {
        str(entry["rest_base"]): str(entry.get("name", name))
        for name, entry in said.items()
        if entry.get("rest_base") and not name.startswith("wp_") and name not in _INTERNAL_TYPES
    }
    return {"types": types} if types else None


def wordpress_total(fetched: Fetched) -> Facts | None:
    """Read how much a list of WordPress's REST API holds."""
    total = fetched.headers.get("x-wp-total", "")
    return {"total": int(total)} if total.isdecimal() else None


def jsonapi(fetched: Fetched) -> Facts | None:
    """Read the index of a JSON:API, and which kinds of node it has."""
    said = _object(fetched)
    links = said.get("links")
    if "jsonapi" not in said or not isinstance(links, dict):
        return None
    nodes = sorted(name.removeprefix("node--") for name in links if name.startswith("node--"))
    return {"resources": len(links), "nodes": nodes}


def govuk_search(fetched: Fetched) -> Facts | None:
    """Read how much GOV.UK's search holds."""
    total = _object(fetched).get("total")
    return {"total": total} if isinstance(total, int) else None


def openalex(fetched: Fetched) -> Facts | None:
    """Read how much OpenAlex holds."""
    meta = _object(fetched).get("meta")
    count = meta.get("count") if isinstance(meta, dict) else None
    return {"total": count} if isinstance(count, int) else None


def told(facts: Facts) -> str:
    """Return facts in a line for people."""
    return "; ".join(
        f"{name.replace('_', ' ')}: {_value(value)}"
        for name, value in facts.items()
        if value or value is False
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} ({entry})" for name, entry in value.items())
    if isinstance(value, list):
        counts = Counter(map(str, value))
        names = list(counts)
        return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
    return str(value)


def _object(fetched: Fetched) -> dict[str, Any]:
    said = fetched.json()
    return said if isinstance(said, dict) else {}


def _xml(body: bytes) -> "etree._Element | None":
    """Return a document's root; no entity is resolved, nothing is fetched, and one with a DOCTYPE is none."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root.getroottree().docinfo.doctype else root
