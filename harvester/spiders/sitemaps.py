"""All sitemaps of a site: found by robots.txt or by custom, followed through their indexes, each read once."""

from collections import deque
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urldefrag

from corpus.vocabulary.errors import SourceError
from harvester.declarations.addresses import AddressFilters
from harvester.reasons import NotRetrieved
from harvester.spiders.base import Fetched, SourceSpider
from harvester.spiders.landing import Listed
from harvester.spiders.listings import Listing
from harvester.spiders.sitemap_files import SitemapKind, read_sitemap, sitemaps_in

CUSTOMARY = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
DEEPEST = 5


class Sitemaps:
    """Reads a site's sitemaps. What cannot be read is a failure of the run, in words, and the rest is read on.

    A sitemap that names itself is read once, and indexes are followed so deep. A file is a page of a list, for the
    limits of the declaration; a list of more addresses than may be asked for ends the crawl before it begins.

    Parameters
    ----------
    spider
        Whose crawl it is.
    site
        The site's address.
    declared
        The sitemaps to read; robots.txt is then not asked for any.
    filters
        Which addresses are wanted.
    are_fallback
        Sitemaps are one way in among others: where none that robots.txt names can be read, the customary ones are
        tried, and none at all is no failure.
    changed_since
        Addresses that the sitemaps say were last changed before this day are left out.
    """

    def __init__(
        self,
        spider: SourceSpider[Any],
        *,
        site: str,
        declared: tuple[str, ...],
        filters: AddressFilters,
        are_fallback: bool = False,
        changed_since: date | None = None,
    ) -> None:
        self._spider, self._site, self._declared, self._filters = spider, site, declared, filters
        self._are_fallback, self._changed_since = are_fallback, changed_since
        self._again = False
        self._closed: str | None = None
        self._refused: dict[str, str] = {}
        self._unread: set[str] = set()

    async def list_all(self, listing: Listing) -> None:
        """List every address that is in the sitemaps."""
        self._again, self._closed = listing.is_again, None
        listed = 0
        waiting = deque((url, 0) for url in await self._roots())
        met = {url for url, _ in waiting}
        while waiting:
            url, depth = waiting.popleft()
            try:
                kind, lines = read_sitemap(await self._body(url), url=url)
                for line in lines:
                    if line.url is None:
                        listing.failures.append(f"{url} has an entry without a usable address.")
                    elif kind is SitemapKind.SITEMAPS:
                        self._follow(line.url, depth=depth + 1, met=met, waiting=waiting, listing=listing)
                    else:
                        listed += 1
                        self._take(line.url, lastmod=line.lastmod, listing=listing)
            except SourceError as error:
                listing.failures.append(f"A sitemap could not be read: {error}")
        listing.closed = self._closed
        listing.unread |= self._unread
        if not listing.number and listing.closed is None:
            listing.failures.append(_nothing(listed, listing, self._filters))

    async def exist(self) -> bool:
        """Whether the site has sitemaps at all; where its host is not to be asked, nobody can say, and the crawl ends."""
        roots = await self._roots()
        if not roots and self._closed is not None:
            raise self._spider.session.stop(
                f"{self._site} could not be asked for its sitemaps: {self._closed}."
            )
        return bool(roots)

    async def _roots(self) -> tuple[str, ...]:
        if self._declared:
            return self._declared
        robots_url = f"{self._site}/robots.txt"
        robots = await self._spider.fetch(robots_url)
        named = sitemaps_in(robots.body, url=robots_url) if robots.reason is None else ()
        if named and (not self._are_fallback or await self._readable(named)):
            return named
        found = await self._readable(f"{self._site}{path}" for path in CUSTOMARY)
        if found is None:
            return ()
        self._closed = None
        if named:
            self._spider.session.note(
                f"None of the sitemaps that robots.txt names can be read ({', '.join(named)}); {found} was read instead."
            )
        elif self._refused:
            told = ", ".join(f"{url}: {reason}" for url, reason in self._refused.items())
            self._spider.session.note(
                f"{found} was read; a sitemap that may stand before it was not given ({told})."
            )
        self._unread |= {*named, *self._refused}
        return (found,)

    async def _readable(self, urls: Iterable[str]) -> str | None:
        """Return the first of some addresses that holds a sitemap; keep those that were refused, and not for want of one."""
        for url in urls:
            if self._spider.is_ours(url):
                fetched = await self._spider.fetch(url)
                if fetched.reason is None and _may_be_sitemap(fetched):
                    return url
                if fetched.reason not in {None, NotRetrieved.NOT_FOUND, NotRetrieved.DELETED}:
                    self._refused[url] = str(fetched.reason)
                if fetched.reason is not None and fetched.reason.startswith(NotRetrieved.HOST_CLOSED):
                    self._closed = fetched.reason
        return None

    async def _body(self, url: str) -> bytes:
        if not self._spider.is_ours(url):
            raise SourceError(
                f"{url} lies on a host that the declaration does not name; add it to hosts, or leave the sitemap out by filters.exclude."
            )
        self._spider.session.turn_page(url)
        fetched = await self._spider.fetch(url, again=self._again)
        if fetched.reason is not None:
            if fetched.reason.startswith(NotRetrieved.HOST_CLOSED):
                self._closed = fetched.reason
            raise SourceError(f"{url}: {fetched.reason}.")
        return fetched.body

    def _follow(
        self, url: str, *, depth: int, met: set[str], waiting: deque[tuple[str, int]], listing: Listing
    ) -> None:
        if url in met:
            return
        met.add(url)
        if self._filters.is_excluded(url):
            listing.leave_out("sitemaps excluded by pattern")
        elif depth > DEEPEST:
            raise SourceError(f"{url} lies {depth} indexes deep, deeper than is followed.")
        else:
            waiting.append((url, depth))

    def _take(self, address: str, *, lastmod: str | None, listing: Listing) -> None:
        url = urldefrag(address).url
        listing.meet(url)
        if not self._spider.is_ours(url):
            listing.leave_out("addresses on other hosts")
            if self._filters.want(url):
                listing.elsewhere.put(url)
        elif not self._filters.want(url):
            listing.leave_out("addresses excluded by pattern")
        elif self._changed_since is not None and is_day_before(lastmod, self._changed_since):
            listing.leave_out(f"addresses last changed before {self._changed_since}")
        elif listing.enter(Listed(url, said={"lastmod": lastmod} if lastmod else {})):
            self._check_number(listing.number)
        else:
            listing.leave_out("addresses listed twice")

    def _check_number(self, wanted: int) -> None:
        most = self._spider.declaration.limits.requests
        if wanted > most:
            raise self._spider.session.stop(
                f"The sitemaps list more addresses than limits.requests ({most}) allows to ask for: "
                "choose by filters.include, or allow more."
            )


def is_day_before(moment: str | None, day: date) -> bool:
    """Whether a moment, as a source wrote it, is one of the days before; what is no whole date is none."""
    try:
        return moment is not None and date.fromisoformat(moment.strip()[:10]) < day
    except ValueError:
        return False


def _may_be_sitemap(fetched: Fetched) -> bool:
    try:
        read_sitemap(fetched.body, url=fetched.url)
    except SourceError:
        return False
    return True


def _nothing(listed: int, listing: Listing, filters: AddressFilters) -> str:
    if not listed:
        return "The sitemaps list no address."
    why = ", ".join(f"{count} {reason}" for reason, count in sorted(listing.left_out.items()))
    what = (
        f"None of the {listed} addresses that the sitemaps list is"
        if listed > 1
        else "The one address that the sitemaps list is not"
    )
    return f"{what} to be read ({why}): see filters.include and filters.exclude."
