"""Lists that change while they are walked: nothing that stays is lost, nothing comes twice."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.harvest import FoundRecord
from harvester.declarations.addresses import AddressFilters
from harvester.declarations.listing import ListRules
from harvester.spiders.base import Fetched, few_at_once
from harvester.spiders.listings import Listing, records_of
from harvester.spiders.lists import Lists

SITE = "https://charity.example"
LIST = f"{SITE}/list"


class Changing:
    """A list, newest first, so many a page; before a request one entry may go or come, in the first two walks."""

    def __init__(self, entries, *, size, changes, is_numbered):
        self.entries, self.size, self.is_numbered = list(range(entries)), size, is_numbered
        self.changes = list(changes)
        self.few_at_once = few_at_once
        self.newest = 1000
        self.always = set(self.entries)
        self.session = self
        self.failures = []
        self.expected = None

    def fail(self, sentence):
        self.failures.append(sentence)

    def expect(self, number):
        self.expected = number

    def note(self, sentence):
        pass

    def turn_page(self, url):
        pass

    def note_count(self, number, what):
        pass

    def note_left(self, records, *, documents):
        pass

    async def fetch(self, url, *, again=False):
        change = self.changes.pop(0) if self.changes else None
        if change == "new":
            self.newest += 1
            self.entries.insert(0, self.newest)
        elif change is not None and change < len(self.entries):
            self.always.discard(self.entries.pop(change))
        page = int(url.partition("page=")[2] or 0)
        shown = self.entries[page * self.size : (page + 1) * self.size]
        items = "".join(f"<li><a href='/p/{n}'>{n}</a></li>" for n in shown)
        has_more = len(self.entries) > (page + 1) * self.size
        onward = f"<a rel=next href='/list?page={page + 1}'>next</a>" if has_more else ""
        total = f"<p class=count>{len(self.entries)}</p>"
        body = f"<html><body>{total}<ul>{items}</ul>{onward}</body></html>".encode()
        return Fetched(url, 200, "text/html", {}, body, None, ())


class Pages:
    """Reads nothing, and makes a record of each entry."""

    async def record_of(self, entry):
        return FoundRecord(entry.key, entry.url, "t", None, None, None, None)

    def check_rules(self):
        pass


async def found(site, *, exclude=()):
    rules = (
        ListRules(item="li", pages="?page={page}", first_page=0)
        if site.is_numbered
        else ListRules(item="li", next="a[rel=next]")
    )
    lists = Lists(site, firsts=(LIST,), rules=rules, filters=AddressFilters(exclude=exclude))
    return [record.key async for record in records_of(site, lists.list_all, Pages())]


@given(
    st.integers(1, 14),
    st.integers(1, 4),
    st.lists(st.none() | st.just("new") | st.integers(0, 13), max_size=9),
    st.booleans(),
)
def test_what_stays_is_found_once_however_the_list_shifts(entries, size, changes, is_numbered):
    site = Changing(entries, size=size, changes=changes, is_numbered=is_numbered)

    keys = asyncio.run(found(site))

    assert len(keys) == len(set(keys)) == site.expected
    lost = {f"{SITE}/p/{n}" for n in site.always} - set(keys)
    assert not lost or site.failures


def test_an_entry_that_two_walks_lose_is_found_by_a_third():
    """3 slips over the border in the first walk; one that is not wanted comes and goes, and it slips once more."""
    site = Changing(9, size=3, changes=[None, 0, None, "new", 0, None], is_numbered=False)

    keys = asyncio.run(found(site, exclude=("/p/1001",)))

    assert {f"{SITE}/p/{n}" for n in site.always} <= set(keys)
    assert site.failures == []


def test_a_list_that_grows_shorter_while_it_is_walked_fails_nothing():
    site = Changing(5, size=2, changes=[None, None, 0], is_numbered=False)

    keys = asyncio.run(found(site))

    assert len(keys) == 5
    assert site.failures == []


def test_the_simulation_loses_entries_in_a_single_walk():
    """Otherwise the tests above would prove nothing."""
    site = Changing(6, size=2, changes=[None, 0], is_numbered=False)
    lists = Lists(
        site, firsts=(LIST,), rules=ListRules(item="li", next="a[rel=next]"), filters=AddressFilters()
    )

    asyncio.run(lists.list_all(listing := Listing()))

    assert f"{SITE}/p/2" not in listing.known
