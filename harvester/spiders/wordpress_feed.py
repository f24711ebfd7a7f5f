"""WordPress's feed: the newest entries, and by its pages the older ones; how many there are it does not say."""

import re
from email.utils import parsedate_to_datetime
from itertools import count

from lxml import etree

from corpus.vocabulary.errors import SourceError
from harvester.declarations import WordpressDeclaration
from harvester.digests import Digests
from harvester.spiders.addresses import absolute
from harvester.spiders.base import Fetched, SourceSpider
from harvester.spiders.landing import Listed
from harvester.spiders.listings import Listing
from harvester.spiders.plain_text import plain_text, text_or_none
from harvester.spiders.sitemaps import is_day_before
from harvester.spiders.wordpress_entries import key_of

_NUMBER = re.compile(r"[?&](?:p|page_id)=(\d{1,18})(?:&|$)")


class Feed:
    """Reads a site's feed to its end, page by page."""

    def __init__(self, spider: SourceSpider[WordpressDeclaration]) -> None:
        self._spider, self._site = spider, spider.declaration.entry.site

    async def exists(self) -> bool:
        """Whether the site has a feed that can be read."""
        return self._read(await self._spider.fetch(self._url(1))) is not None

    async def list_all(self, listing: Listing) -> None:
        """List every entry that the feed gives."""
        met, oldest = Digests(), ""
        for number in count(1):
            self._spider.session.turn_page(self._url(number))
            fetched = await self._spider.fetch(self._url(number), again=listing.is_again)
            if number > 1 and fetched.status == 404:
                break
            entries = self._read(fetched)
            if entries is None:
                self._spider.session.fail(
                    f"Page {number} of the feed could not be read ({fetched.reason or 'it is no feed'})."
                )
                break
            new = [entry for entry in entries if met.add(entry.url)]
            if not new:  # some sites give the first page for ever
                break
            for entry in new:
                self._take(entry, listing)
                oldest = entry.url
        listing.unread.add(f"what the feed has no more, older than {oldest}")

    def _take(self, entry: Listed, listing: Listing) -> None:
        filters = self._spider.declaration.filters
        if not filters.want(entry.url):
            listing.leave_out("addresses excluded by pattern")
        elif filters.after is not None and is_day_before(entry.published, filters.after):
            listing.leave_out(f"entries published before {filters.after}")
        else:
            listing.enter(entry)

    def _read(self, fetched: Fetched) -> list[Listed] | None:
        if fetched.reason is not None:
            return None
        try:
            return read_feed(fetched.body, url=fetched.url, captures=fetched.capture_ids)
        except SourceError:
            return None

    def _url(self, number: int) -> str:
        return f"{self._site}/feed/" + (f"?paged={number}" if number > 1 else "")


def read_feed(body: bytes, *, url: str, captures: tuple[str, ...] = ()) -> list[Listed]:
    """Return the entries of an RSS feed; those without an address are passed over.

    Raises
    ------
    SourceError
        When it is none, or is broken.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{url} is no feed: {error}.") from error
    if root is None or etree.QName(root).localname != "rss" or root.getroottree().docinfo.doctype:
        raise SourceError(f"{url} is no feed.")
    return [entry for item in root.iter("item") if (entry := _entry(item, base=url, captures=captures))]


def number_in(address: str) -> int | None:
    """Return an entry's number from its short address (``?p=12``)."""
    found = _NUMBER.search(address)
    return int(found[1]) if found else None


def _entry(item: etree._Element, *, base: str, captures: tuple[str, ...]) -> Listed | None:
    address = absolute((item.findtext("link") or "").strip(), base=base)
    if address is None:
        return None
    guid = item.findtext("guid") or ""
    number = number_in(guid)
    said = {
        "guid": text_or_none(guid),
        "pubDate": text_or_none(item.findtext("pubDate")),
        "categories": [category.text for category in item.findall("category") if category.text],
    }
    return Listed(
        address,
        key=key_of(number) if number is not None else None,
        title=plain_text(item.findtext("title")),
        summary=plain_text(item.findtext("description")),
        published=_day(item.findtext("pubDate") or ""),
        said={name: value for name, value in said.items() if value},
        captures=captures,
    )


def _day(moment: str) -> str | None:
    try:
        return parsedate_to_datetime(moment).date().isoformat()
    except (ValueError, OverflowError):
        return None
