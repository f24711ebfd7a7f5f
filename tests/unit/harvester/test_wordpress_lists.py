"""Lists of a WordPress site, read while it changes."""

import asyncio
import json
import random
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.spiders.base import Fetched
from harvester.spiders.wordpress_lists import EntryList, ListRefusedError
from harvester.spiders.wordpress_rest import RestRoot

ROOT = RestRoot("https://charity.example/wp-json/")


class Site:
    """Answers as the interface does; ``before_each`` may change what there is before any request."""

    def __init__(self, numbers, *, withheld=(), before_each=lambda site: None, says_totals=True):
        self.numbers, self.withheld, self.says_totals = set(numbers), set(withheld), says_totals
        self.before_each, self.asked = before_each, []
        self.cut, self.too_many = None, 0
        self.next_number = max(self.numbers, default=0) + 1

    async def fetch(self, url, *, again):
        assert again, "what a changing list says now is what matters"
        self.before_each(self)
        self.asked.append(url)
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert (query["orderby"], query["order"]) == ("id", "asc")
        size = int(query["per_page"])
        assert "offset" in query or size == 100
        held = sorted(self.numbers)
        if "include" in query:
            held = [number for number in held if str(number) in query["include"].split(",")]
        first = int(query.get("offset", (int(query.get("page", 1)) - 1) * 100))
        pages = -(-len(held) // 100)
        if "page" in query and first and first >= len(held):
            body = {"code": "rest_post_invalid_page_number"}
            return Fetched(
                url, 400, "application/json", {}, json.dumps(body).encode(), "unexpected answer", ()
            )
        there = held[first : first + size]
        shown = [{"id": n} for n in there if n not in self.withheld][: self.cut]
        total = (
            len(held) if there or not first else 0
        ) + self.too_many  # as WordPress: nothing there, nothing counted
        totals = {"x-wp-total": str(total), "x-wp-totalpages": str(pages)} if self.says_totals else {}
        return Fetched(url, 200, "application/json", totals, json.dumps(shown).encode(), None, ())

    def list(self, **more):
        return EntryList(
            self.fetch, root=ROOT, route="wp/v2/posts", what="posts", fields="id,title", search={}, **more
        )


def read_until_quiet(entries, most=20):
    async def read():
        found = [told["id"] for told, _ in await entries.read()]
        for _ in range(most):
            found += [told["id"] for told, _ in await entries.read_again()]
            if entries.rests:
                return found
        return None

    return asyncio.run(read())


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 250])
@pytest.mark.parametrize("says_totals", [True, False])
def test_a_list_at_rest_is_read_whole_and_once_more(size, says_totals):
    site = Site(range(1, size + 1), says_totals=says_totals)

    assert read_until_quiet(site.list()) == list(range(1, size + 1))

    assert {url for url in site.asked if "page=1&" in url} == {
        site.asked[0],
        site.asked[len(site.asked) // 2],
    }
    assert site.asked[-1].endswith("_fields=id")


def test_what_slips_to_a_page_already_read_is_found_though_the_total_never_changed():
    def swap_once(site):
        if (
            len(site.asked) == 1
        ):  # between the first page and the second: five go at the front, five come at the end
            site.numbers -= set(range(1, 6))
            site.numbers |= set(range(242, 247))

    site = Site(range(1, 242), before_each=swap_once)

    found = read_until_quiet(site.list())

    assert set(range(6, 247)) <= set(found)
    assert len(found) == len(set(found))


@given(
    numbers=st.sets(st.integers(1, 900), max_size=350), seed=st.integers(0, 2**16), changes=st.integers(0, 12)
)
def test_whatever_comes_and_goes_nothing_that_stays_is_missed_or_doubled(numbers, seed, changes):
    chance, left = random.Random(seed), [changes]

    def change(site):
        if left[0] and chance.random() < 0.5:
            left[0] -= 1
            going = chance.sample(sorted(site.numbers), min(len(site.numbers), chance.randrange(6)))
            site.numbers -= set(going)
            coming = range(site.next_number, site.next_number + chance.randrange(6))
            site.numbers |= set(coming)
            site.next_number += len(coming)

    site = Site(numbers, before_each=change)
    entries = site.list()

    found = read_until_quiet(entries)

    assert found is not None
    assert len(found) == len(set(found))
    assert site.numbers <= set(found)


@pytest.mark.parametrize(("may_hide", "hidden"), [(True, 3), (False, 0)])
def test_entries_that_are_not_shown_are_sought_one_by_one_and_excused_in_the_library_alone(may_hide, hidden):
    site = Site(range(1, 251), withheld={7, 120, 121})
    entries = site.list(may_hide=may_hide)

    found = read_until_quiet(entries)

    assert len(found) == 247
    assert (entries.last.total, entries.last.short, entries.hidden) == (250, 3, hidden)
    for position in (6, 119, 120):
        assert any(f"per_page=1&offset={position}&" in url for url in site.asked)
    assert len(site.asked) < 60


def test_what_pages_leave_out_and_comes_when_it_is_asked_for_singly_is_taken_in():
    site = Site(range(1, 31))
    site.cut = 10

    entries = site.list()

    assert sorted(read_until_quiet(entries)) == list(range(1, 31))
    assert entries.last.short == 0


def test_too_many_missing_are_a_shortage_that_is_not_sought():
    site = Site(range(1, 242))
    site.cut = 10
    entries = site.list(may_hide=True)

    assert len(read_until_quiet(entries)) == 30
    assert (entries.last.short, entries.hidden) == (211, 0)
    assert not any("offset" in url for url in site.asked)


@pytest.mark.parametrize("may_hide", [True, False])
def test_positions_beyond_the_true_end_of_a_list_are_not_hidden(may_hide):
    site = Site(range(1, 242))
    site.too_many = 5
    entries = site.list(may_hide=may_hide)

    assert len(read_until_quiet(entries)) == 241
    assert (entries.last.short, entries.hidden) == (5, 0)


def test_a_site_that_gives_the_same_page_for_ever_is_left():
    class Stuck(Site):
        async def fetch(self, url, *, again):
            shown = [{"id": n} for n in range(100)]
            self.asked.append(url)
            return Fetched(url, 200, "application/json", {}, json.dumps(shown).encode(), None, ())

    site = Stuck([])

    assert len(read_until_quiet(site.list())) == 100
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    ("status", "body", "is_lasting"),
    [
        (401, b"{}", True),
        (200, b"<html>", True),
        (200, b'{"code": 1}', True),
        (503, b"", False),
        (None, b"", False),
    ],
)
def test_a_list_that_is_not_given_is_an_error_with_its_reason(status, body, is_lasting):
    async def fetch(url, *, again):
        return Fetched(url, status, "", {}, body, None if status == 200 else "some reason", ())

    entries = EntryList(fetch, root=ROOT, route="wp/v2/posts", what="posts", fields="id", search={})

    with pytest.raises(ListRefusedError) as refused:
        asyncio.run(entries.read())

    assert refused.value.is_lasting is is_lasting
