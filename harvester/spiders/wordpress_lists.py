"""A list of a WordPress site, read until it rests: entries that come and go meanwhile are neither missed nor doubled."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from harvester.reasons import NotRetrieved
from harvester.spiders.base import Fetched
from harvester.spiders.wordpress_rest import PER_PAGE, ListPage, RestRoot, is_past_the_end, list_page

_LASTING = {200, 400, 401, 403, 404, 405, 410, 501}
MOST_SINGLY = 50
"""Entries missing from a list that are sought one by one; more of them make a broken list."""
Told = tuple[Mapping[str, Any], tuple[str, ...]]
"""An entry as the site tells it, and the captures that say so."""


class ListRefusedError(Exception):
    """A list is not given; the text is the reason. ``is_lasting``: another day would bring the same."""

    def __init__(self, reason: str, *, status: int | None) -> None:
        super().__init__(reason)
        self.is_lasting = status in _LASTING


@dataclass(slots=True)
class Sweep:
    """A list read once from end to end.

    Attributes
    ----------
    numbers
        The entries that came.
    totals
        How many the site said there are, page by page.
    gaps
        Where a page came short of what the site counts: position and length.
    hidden
        How many positions were asked one by one and shown to be empty, the site counting as before.
    """

    numbers: set[int] = field(default_factory=set)
    totals: list[int | None] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    hidden: int = 0

    @property
    def total(self) -> int | None:
        """How many entries the site said last that there are."""
        return self.totals[-1] if self.totals else None

    @property
    def is_quiet(self) -> bool:
        """Whether the total stayed the same and no more came; less is a shortage, which reading again does not mend."""
        return len(set(self.totals)) == 1 and (self.total is None or self.total >= len(self.numbers))

    @property
    def short(self) -> int:
        """How many entries the site counts and did not show, whatever the reason."""
        return max(0, self.total - len(self.numbers)) if self.total is not None else 0

    def add(self, page: ListPage, *, number: int) -> list[Mapping[str, Any]]:
        """Take in a page; return the entries that were not there before."""
        new = [entry for entry in page.entries if self.meet(entry)]
        self.totals.append(page.total)
        first = (number - 1) * PER_PAGE
        due = min(PER_PAGE, (page.total or 0) - first)
        if due > len(page.entries):
            self.gaps.append((first, due))
        return new

    def meet(self, entry: Mapping[str, Any]) -> bool:
        """Take in an entry; return whether it was not there before."""
        number = entry.get("id")
        if not isinstance(number, int) or number in self.numbers:
            return False
        self.numbers.add(number)
        return True


class EntryList:
    """A list, by number ascending, to be read again until it ``rests``.

    It rests when a reading brought no unknown number and as many as the site said from first page to last. Nothing can
    have slipped from one page to another then: that takes something going meanwhile, which lowers the total, unless as
    many come, and what comes is new and stands at the end.

    Parameters
    ----------
    fetch
        Asks for a page of the list.
    root
        The site's REST interface.
    route
        Where in it the list lies.
    what
        What its entries are called in sentences and counts.
    fields
        What is asked of each entry.
    search
        Parameters that narrow the list.
    may_hide
        Whether WordPress itself counts entries of the list that it then shows only to members, as it does with the
        files of posts that are not public.
    """

    def __init__(
        self,
        fetch: Callable[..., Awaitable[Fetched]],
        *,
        root: RestRoot,
        route: str,
        what: str,
        fields: str,
        search: Mapping[str, str | int],
        may_hide: bool = False,
    ) -> None:
        self.may_hide = may_hide
        self.what, self.known, self.last, self.rests = what, set[int](), Sweep(), False
        self._fetch, self._root, self._route = fetch, root, route
        self._fields, self._search = fields, search

    @property
    def hidden(self) -> int:
        """How many entries the site counts and, asked for each of them, does not show, as WordPress itself does."""
        return min(self.last.hidden, self.last.short) if self.may_hide else 0

    async def read(self) -> list[Told]:
        """Return all entries.

        Raises
        ------
        ListRefusedError
            When the site does not give the list.
        """
        told = await self._sweep(self._fields)
        self.known |= self.last.numbers
        return told

    async def read_again(self) -> list[Told]:
        """Return the entries that no earlier reading brought; only numbers are asked of the others.

        Raises
        ------
        ListRefusedError
            When the site does not give the list.
        """
        await self._sweep("id")
        if self.last.is_quiet and self.last.short <= MOST_SINGLY:
            await self._fill_gaps()
        unknown = sorted(self.last.numbers - self.known)
        self.rests = self.last.is_quiet and not unknown
        told: list[Told] = []
        for first in range(0, len(unknown), PER_PAGE):
            told += await self._named(unknown[first : first + PER_PAGE])
        self.known |= {entry["id"] for entry, _ in told}
        return told

    async def _sweep(self, fields: str) -> list[Told]:
        told: list[Told] = []
        self.last = Sweep()
        for number in count(1):
            fetched = await self._fetch(self._url(fields, page=number), again=True)
            if number > 1 and is_past_the_end(fetched):
                break
            page = self._page(fetched)
            new = self.last.add(page, number=number)
            told += [(entry, fetched.capture_ids) for entry in new]
            is_last = len(page.entries) < PER_PAGE if page.pages is None else number >= page.pages
            if is_last or (not new and page.pages is None):  # else a site that repeats itself never ends
                break
        return told

    async def _fill_gaps(self) -> None:
        """Ask for the parts of short pages, halved down to single positions, and take in what comes."""
        waiting = list(self.last.gaps)
        while waiting:
            first, length = waiting.pop()
            page = self._page(await self._fetch(self._url("id", per_page=length, offset=first), again=True))
            for entry in page.entries:
                self.last.meet(entry)
            if len(page.entries) >= length:
                continue
            if length > 1:
                half = length // 2
                waiting += [(first + half, length - half), (first, half)]
            elif page.total == self.last.total:  # WordPress counts 0 beyond the true end of a list
                self.last.hidden += 1

    async def _named(self, numbers: Iterable[int]) -> list[Told]:
        include = ",".join(map(str, numbers))
        fetched = await self._fetch(self._url(self._fields, include=include), again=True)
        return [
            (entry, fetched.capture_ids)
            for entry in self._page(fetched).entries
            if entry.get("id") in self.last.numbers - self.known
        ]

    def _page(self, fetched: Fetched) -> ListPage:
        if fetched.reason is not None:
            raise ListRefusedError(fetched.reason, status=fetched.status)
        page = list_page(fetched)
        if page is None:
            raise ListRefusedError(NotRetrieved.UNREADABLE, status=fetched.status)
        return page

    def _url(self, fields: str, **which: str | int) -> str:
        parameters: dict[str, str | int] = {"orderby": "id", "order": "asc", "per_page": PER_PAGE}
        return self._root.route(self._route, **{**parameters, **self._search, **which}, _fields=fields)
