"""Publication lists, walked page by page to their end."""

from dataclasses import dataclass, field, replace
from typing import Any

from harvester.declarations.addresses import AddressFilters
from harvester.declarations.listing import ListRules
from harvester.digests import Digests
from harvester.reasons import NotRetrieved
from harvester.spiders.addresses import absolute, lasting
from harvester.spiders.base import SourceSpider
from harvester.spiders.documents import is_page
from harvester.spiders.landing import Listed
from harvester.spiders.list_pages import ListPage, read_list_page
from harvester.spiders.listings import Listing
from harvester.spiders.pages import read_page

_BARREN = 2  # pages in a row that bring nothing new: one may be a page that shifted, or a fault of the moment
_SAME = 5  # pages in a row with the same entries, though each offers a next one
_PAST_THE_END = {NotRetrieved.NOT_FOUND, NotRetrieved.DELETED}


@dataclass(slots=True)
class _Walk:
    """A walk through one list, for a listing: what was met, and what was odd on the way.

    ``repeated`` counts entries that the list itself holds twice. Those of a page without anything new, and those with
    which a page repeats the end of the page before, are none: such pages are cut wrongly, and others may be lost.
    """

    first: str
    listing: Listing
    met: Digests = field(default_factory=Digests)
    read: int = 0
    barren: int = 0
    same: int = 0
    repeated: int = 0
    before: tuple[str, ...] = ()
    empty: list[str] = field(default_factory=list)


class Lists:
    """Reads the lists of a declaration.

    A list ends where no link leads on. Where the pages are numbered, it ends where two in a row bring nothing new; where
    links lead on, where several in a row show the same entries, as a list that repeats its last page for ever does, and
    a note says so. What is odd on the way is a failure of the run, in words.
    """

    def __init__(
        self, spider: SourceSpider[Any], *, firsts: tuple[str, ...], rules: ListRules, filters: AddressFilters
    ) -> None:
        self._spider, self._firsts, self._rules, self._filters = spider, firsts, rules, filters

    async def list_all(self, listing: Listing) -> None:
        """List everything that the lists hold."""
        for first in self._firsts:
            await self._walk(first, listing=listing, again=listing.is_again)

    async def _walk(self, first: str, *, listing: Listing, again: bool) -> None:
        walk, total, visited = _Walk(first, listing), None, set[str]()
        url: str | None = first
        while url is not None and url not in visited:
            visited.add(url)
            self._spider.session.turn_page(url)
            page = await self._page(url, walk=walk, again=again)
            if page is None:
                break
            if walk.read == 1:
                total = page.total
            self._take(page, walk=walk, url=url)
            if self._is_over(walk, url=url, next_url=page.next_url):
                listing.leave_out("list pages that bring nothing new")
                break
            url = page.next_url
        if total is not None:
            self._compare(walk, total=total)

    def _is_over(self, walk: _Walk, *, url: str, next_url: str | None) -> bool:
        """Whether to go no further, though a next page is offered."""
        if self._rules.pages is not None:
            return walk.barren == _BARREN
        if walk.same < _SAME or next_url is None:
            return False
        walk.listing.notes.append(
            f"The list {walk.first} was left at {url}: {walk.same + 1} pages in a row show the same entries, though the "
            f"last of them offers {next_url}."
        )
        return True

    def _compare(self, walk: _Walk, *, total: int) -> None:
        got, listing = len(walk.met), walk.listing
        if walk.repeated and total == got + walk.repeated:
            listing.notes.append(
                f"The list {walk.first} says that it has {total} entries: {got} addresses, and {walk.repeated} that it "
                "lists once more."
            )
        else:
            listing.hold_against(total, got=got, name=f"The list {walk.first}")

    async def _page(self, url: str, *, walk: _Walk, again: bool) -> ListPage | None:
        """Return a page of the list; an empty one for a number past the end, ``None`` when it cannot be had."""
        walk.read += 1
        number = self._rules.first_page + walk.read * self._rules.step
        following = None
        if self._rules.pages is not None:
            following = absolute(self._rules.pages.replace("{page}", str(number)), base=walk.first)
        fetched = await self._spider.fetch(url, again=again)
        if fetched.reason in _PAST_THE_END and following is not None and walk.read > 1:
            return ListPage((), following, None, (), 0)
        if fetched.reason is not None and fetched.reason.startswith(NotRetrieved.HOST_CLOSED):
            walk.listing.closed = fetched.reason
        if fetched.reason is not None or not is_page(fetched):
            walk.listing.failures.append(
                f"{url}, page {walk.read} of the list {walk.first}, could not be read: {fetched.reason or 'no web page'}."
            )
            return None
        web_page = read_page(
            fetched.body, url=fetched.url, content_type=fetched.headers.get("content-type", "")
        )
        page = read_list_page(web_page, self._rules, captures=fetched.capture_ids)
        self._check(page, url=url, walk=walk)
        if following is None:
            return page
        return ListPage(page.entries, following, page.total, page.unmatched, page.without_link)

    def _check(self, page: ListPage, *, url: str, walk: _Walk) -> None:
        """Say what does not match: everything on the first page, on later ones what a link has promised."""
        is_first, is_numbered = walk.read == 1, self._rules.pages is not None
        for name in page.unmatched:
            if is_first or (name == "item" and not is_numbered):
                self._unmatched(name, url, walk=walk)
        if is_first and page.entries and self._rules.next is not None and page.next_url is None:
            self._unmatched("next", url, walk=walk, hint=" (leave it out where the list has one page only)")
        if page.without_link:
            what = f"list.link ({self._rules.link})" if self._rules.link else "no link"
            walk.listing.failures.append(
                f"{page.without_link} items on {url} are without a link: {what} is found there."
            )

    def _take(self, page: ListPage, *, walk: _Walk, url: str) -> None:
        before, keys = len(walk.met), tuple(lasting(entry.url) for entry in page.entries)
        walk.same = walk.same + 1 if keys == walk.before and walk.read > 1 else 0
        for entry in page.entries:
            self._keep(entry, walk=walk)
        brought, carried = len(walk.met) - before, _overlap(walk.before, keys)
        walk.before = keys
        if brought:
            walk.repeated += len(keys) - brought - carried
        else:
            walk.barren += 1
            if not page.entries:
                walk.empty.append(url)
            return
        walk.barren = 0
        if walk.empty:
            walk.listing.failures.append(f"{walk.empty[0]} gave no entry, though the list goes on after it.")

    def _keep(self, entry: Listed, *, walk: _Walk) -> None:
        key, listing = lasting(entry.url), walk.listing
        if key in walk.met:
            return
        walk.met.add(key)
        listing.meet(key)
        if not self._filters.want(entry.url):
            listing.leave_out("addresses excluded by pattern")
        elif not listing.enter(replace(entry, key=key)):
            listing.leave_out("addresses listed twice")

    def _unmatched(self, name: str, url: str, *, walk: _Walk, hint: str = "") -> None:
        css = getattr(self._rules, name)
        walk.listing.failures.append(
            f"The selector list.{name} ({css}) matches nothing on {url}: has its layout changed?{hint}"
        )


def _overlap(before: tuple[str, ...], keys: tuple[str, ...]) -> int:
    """Return with how many entries a page repeats the end of the page before."""
    most = min(len(before), len(keys))
    return next((size for size in range(most, 0, -1) if before[-size:] == keys[:size]), 0)
