"""Which questions a probe puts to a source's hosts."""

from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import urlencode, urlsplit

from harvester.declarations import SourceDeclaration
from harvester.spiders.probing import readers
from harvester.spiders.probing.findings import Facts, Question

ROBOTS = "robots.txt"
FRONT_PAGE = "front page"
SITEMAP = "sitemap"
WORDPRESS = "WordPress REST"
WORDPRESS_TYPES = "WordPress types"
WORDPRESS_LIST = "WordPress list"
JSONAPI = "JSON:API"
FEED = "feed"
OAI = "OAI-PMH"
GOVUK = "GOV.UK search"
OPENALEX = "OpenAlex"

_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
_FEEDS = ("/feed/", "/rss.xml", "/atom.xml")
_OAI = ("/cgi/oai2", "/oai/request", "/server/oai/request", "/oai")
_MOST_LISTS = 12


def questions_of(declaration: SourceDeclaration) -> Iterator[Question]:
    """Yield what to ask first; answers may lead to more.

    Every host is asked for its robots.txt; those where the source is entered are asked for everything that a source
    can be harvested by; a service that is declared by its address is asked there.
    """
    entries = list(declaration.addresses())
    entered = list(dict.fromkeys(f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for _, url in entries))
    others = [host for host in declaration.hosts if all(urlsplit(base).netloc != host for base in entered)]
    scheme = urlsplit(entered[0]).scheme if entered else "https"
    for base in [*entered, *(f"{scheme}://{host}" for host in others)]:
        yield Question(ROBOTS, f"{base}/robots.txt", readers.robots, _sitemaps_named)
    first = entries[0][1] if entries else ""
    match declaration.kind:
        case "govuk":
            yield Question(GOVUK, f"{first}?count=0", readers.govuk_search)
        case "openalex":
            query = urlencode({"per-page": 1, "select": "id"})
            yield Question(OPENALEX, f"{first}?{query}", readers.openalex)
        case "oaipmh":
            yield _identify(first)
        case _:
            for base in entered:
                yield from _of_site(base)


def _of_site(base: str) -> Iterator[Question]:
    yield Question(FRONT_PAGE, f"{base}/", readers.front_page)
    for path in _SITEMAPS:
        yield Question(SITEMAP, f"{base}{path}", readers.sitemap)
    yield Question(WORDPRESS, f"{base}/wp-json/", readers.wordpress, partial(_wordpress, base))
    yield Question(JSONAPI, f"{base}/jsonapi", readers.jsonapi)
    for path in _FEEDS:
        yield Question(FEED, f"{base}{path}", readers.feed)
    for path in _OAI:
        yield _identify(f"{base}{path}")


def _identify(endpoint: str) -> Question:
    return Question(OAI, f"{endpoint}?verb=Identify", readers.oai_identify)


def _sitemaps_named(facts: Facts) -> Iterator[Question]:
    named = facts.get("sitemaps")
    for url in named if isinstance(named, list) else []:
        yield Question(SITEMAP, str(url), readers.sitemap)


def _wordpress(base: str, _: Facts) -> Iterable[Question]:
    api = f"{base}/wp-json/wp/v2"
    yield Question(WORDPRESS_TYPES, f"{api}/types", readers.wordpress_types, partial(_lists, api))
    pdfs = urlencode({"per_page": 1, "_fields": "id", "mime_type": "application/pdf"})
    yield Question(WORDPRESS_LIST, f"{api}/media?{pdfs}", readers.wordpress_total)


def _lists(api: str, facts: Facts) -> Iterator[Question]:
    types = facts.get("types")
    for name in list(types if isinstance(types, dict) else {})[:_MOST_LISTS]:
        yield Question(WORDPRESS_LIST, f"{api}/{name}?per_page=1&_fields=id", readers.wordpress_total)
