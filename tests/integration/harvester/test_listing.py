"""Publication lists, walked to their end, and no further than they say."""

from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.crawl_checks import comparable, fates, killed_and_resumed, replayed, without_rules
from tests.fakes.web_server import Answer, WebServer, WebSite
from tests.fakes.web_sites import LISTING_TABLES, list_page, listing_site, report

BY_LINK = '[entry]\nlists = ["HOST/list"]\n[list]\nitem = ".item"\nnext = "a[rel=next]"\n'
BY_NUMBER = '[entry]\nlists = ["HOST/list"]\n[list]\nitem = ".item"\npages = "?page={page}"\nfirst_page = 0\n'


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("listing")
    with WebServer(listing_site()) as server:
        declaration = server.declaration("listing", LISTING_TABLES)
        outcome = crawl_process.run(
            folder / "crawl", declaration=declaration, run_uid=uuid4(), warc_dir=folder / "warc"
        )
        yield server, declaration, outcome, folder, dict(server.hits)


@pytest.fixture
def crawl(tmp_path):
    def crawl_site(pages, tables):
        with WebServer(WebSite(pages)) as server:
            outcome = crawl_process.run(
                tmp_path / "crawl",
                declaration=server.declaration("listing", tables),
                run_uid=uuid4(),
                warc_dir=tmp_path / "warc",
            )
            crawl_site.hits = dict(server.hits)
            return outcome

    return crawl_site


def items(*numbers):
    return {f"/p/{n}": report(f"Number {n}") for n in numbers}


def found(outcome):
    return sorted(path.removeprefix("/p/") for path in fates(outcome))


def test_every_entry_of_every_list_becomes_one_record(crawled):
    _, _, outcome, _, _ = crawled

    assert outcome.result.failures == []
    assert fates(outcome) == {
        "/p/1": [("/files/1.pdf", None)],
        "/p/2": [("/files/2.pdf", None)],
        "/files/3.pdf": [("/files/3.pdf", None)],
        "/p/4": [("/files/4.pdf", None)],
        "https://partner.example/6": [("https://partner.example/6", "external")],
        "/p/7": [("/files/7.pdf", None)],
        "/p/8": [("/p/8", "not found")],
    }
    assert outcome.result.expected == outcome.result.got == 7
    assert outcome.result.counts["addresses excluded by pattern"] == 1
    assert outcome.result.counts["addresses listed twice"] == 1


def test_the_list_says_title_and_date_where_the_declaration_asks_it(crawled):
    records = crawled[2].records.values()

    assert {record["title"] for record in records if "/p/" in record["key"]} == {
        f"Called /p/{n}" for n in ("1", "2?utm_source=list", "4", "7", "8")
    }
    assert {record["published"] for record in records} == {"2020-01-01", "2020-01-02", "2020-01-03"}


def test_nothing_but_the_lists_is_asked_twice(crawled):
    assert {path for path, n in crawled[4].items() if n > 1} == {
        "/publications", "/publications?page=1", "/publications?page=2", "/archive", "/archive?page=2",
    }  # fmt: skip


def test_a_killed_crawl_ends_as_if_undisturbed(crawled, tmp_path):
    server, declaration, outcome, _, _ = crawled
    server.site.delay = 0.02

    resumed = killed_and_resumed(server, tmp_path, declaration=declaration)

    server.site.delay = 0.0
    assert comparable(resumed) == comparable(outcome)
    assert without_rules(resumed) == without_rules(outcome)


def test_a_replay_yields_the_same(crawled, tmp_path):
    _, declaration, outcome, folder, _ = crawled

    again = replayed(tmp_path, declaration=declaration, warc_dir=folder / "warc")

    assert again.status == 0, again.log
    assert (again.records, again.captures, again.result) == (
        outcome.records,
        outcome.captures,
        outcome.result,
    )


@pytest.mark.parametrize(
    ("past", "asked"), [(Answer("", status=404), 4), (Answer("<p>No results</p>"), 4), (list_page("/p/3"), 4)]
)
def test_numbered_pages_end_where_two_bring_nothing_new(crawl, past, asked):
    pages = {f"/list?page={n}": past for n in range(2, 9)} | items(1, 2, 3)
    outcome = crawl(
        {"/list": list_page("/p/1", "/p/2"), "/list?page=1": list_page("/p/3"), **pages}, BY_NUMBER
    )

    assert outcome.result.failures == []
    assert found(outcome) == ["1", "2", "3"]
    assert sum(1 for path in crawl.hits if path.startswith("/list")) == asked


@pytest.mark.parametrize("hole", [Answer("", status=404), Answer("<p>Back in a minute</p>")])
def test_a_page_that_is_empty_for_a_moment_fails_the_run_and_ends_nothing(crawl, hole):
    pages = {
        "/list": list_page("/p/1"),
        "/list?page=1": hole,
        "/list?page=2": list_page("/p/2"),
        **items(1, 2),
    }

    outcome = crawl(pages, BY_NUMBER)

    assert found(outcome) == ["1", "2"]
    assert "/list?page=1 gave no entry, though the list goes on" in outcome.result.failures[0]


def test_a_list_that_repeats_its_last_page_for_ever_is_noticed(crawl):
    def onward(n):
        return lambda _: list_page("/p/2", next_path=f"/list?page={n + 1}")

    pages = {"/list": list_page("/p/1", next_path="/list?page=1"), **items(1, 2)}
    outcome = crawl(pages | {f"/list?page={n}": onward(n) for n in range(1, 50)}, BY_LINK)

    assert outcome.result.failures == []
    assert found(outcome) == ["1", "2"]
    assert outcome.result.counts["list pages that bring nothing new"] == 1
    assert "6 pages in a row show the same entries" in outcome.result.notes[0]
    assert max(crawl.hits[path] for path in crawl.hits) == 2


def test_a_list_whose_last_page_leads_to_itself_ends(crawl):
    pages = {
        "/list": list_page("/p/1", next_path="/list?page=1"),
        "/list?page=1": list_page("/p/2", next_path="?page=1"),
    }

    outcome = crawl(pages | items(1, 2), BY_LINK)

    assert (outcome.result.failures, found(outcome)) == ([], ["1", "2"])


def test_a_list_without_end_fails_the_run_at_the_limit(crawl):
    def calendar(n):
        return lambda _: list_page(f"/p/{n}", next_path=f"/list?page={n + 1}")

    pages = {f"/list?page={n}": calendar(n) for n in range(1, 99)} | items(*range(99))
    outcome = crawl(
        pages | {"/list": list_page("/p/0", next_path="/list?page=1")}, f"{BY_LINK}[limits]\npages = 5\n"
    )

    assert "limits.pages of local-site allows" in outcome.result.failures[0]
    assert sum(1 for path in crawl.hits if path.startswith("/list")) == 5


@pytest.mark.parametrize(
    ("page", "tables", "said"),
    [
        (Answer("<div class='new-layout'></div>"), BY_LINK, "list.item (.item) matches nothing on"),
        (list_page("/p/1"), BY_LINK, "list.next (a[rel=next]) matches nothing on"),
        (list_page("/p/1"), f'{BY_NUMBER}title = "h3"\n', "list.title (h3) matches nothing on"),
        (list_page("/p/1"), f'{BY_NUMBER}published = ".day"\n', "list.published (.day) matches nothing on"),
        (list_page("/p/1"), f'{BY_NUMBER}total = ".count"\n', "list.total (.count) matches nothing on"),
        (list_page("/p/1"), f'{BY_NUMBER}link = "h3 a"\n', "1 items on"),
    ],
)
def test_a_selector_that_matches_nothing_fails_the_run_and_is_named_with_the_page(crawl, page, tables, said):
    outcome = crawl({"/list": page, **items(1)}, tables)

    assert outcome.status == 1
    (failure,) = [failure for failure in outcome.result.failures if said in failure]
    assert "/list" in failure


def test_a_list_that_cannot_be_read_fails_the_run(crawl):
    outcome = crawl({"/list": Answer("", status=410)}, BY_LINK)

    assert "page 1 of the list" in outcome.result.failures[0]
    assert "deleted" in outcome.result.failures[0]


@pytest.mark.parametrize(("total", "status"), [(2, 0), (3, 1), (1, 1)])
def test_the_number_that_the_list_states_must_be_got(crawl, total, status):
    outcome = crawl(
        {"/list": list_page("/p/1", "/p/2", total=total), **items(1, 2)},
        f'{BY_NUMBER}total = ".count"\ntotal_pattern = "of ([0-9]+)"\n',
    )

    assert outcome.status == status
    assert (outcome.result.expected, outcome.result.got) == (total, 2)


def test_entries_that_shift_while_the_list_is_read_are_neither_lost_nor_doubled(crawl):
    """Newest first, two a page. Before the second page is asked the newest goes, so 3 slips to the first page."""
    pages = {
        "/list": lambda n: list_page(*(("/p/1", "/p/2") if n == 0 else ("/p/2", "/p/3")), total=5 if n == 0 else 4),
        "/list?page=1": lambda _: list_page("/p/4", "/p/5"),
        **items(1, 2, 3, 4, 5),
    }  # fmt: skip

    outcome = crawl(pages, f'{BY_NUMBER}total = ".count"\ntotal_pattern = "of ([0-9]+)"\n')

    assert outcome.result.failures == []
    assert found(outcome) == ["1", "2", "3", "4", "5"]
    assert outcome.result.expected == outcome.result.got == 5


TOTAL = 'total = ".count"\ntotal_pattern = "of ([0-9]+)"\n'


def test_what_one_list_has_too_many_does_not_stand_for_what_another_lacks(crawl):
    pages = {
        "/a": list_page(*(f"/p/{n}" for n in range(7)), total=10),
        "/b": list_page(*(f"/p/{n}" for n in range(7, 15)), total=5),
        **items(*range(15)),
    }

    outcome = crawl(pages, f'[entry]\nlists = ["HOST/a", "HOST/b"]\n[list]\nitem = ".item"\n{TOTAL}')

    assert outcome.status == 1
    said = " ".join(outcome.result.failures)
    assert "/a says that it has 10 entries, and gave 7" in said
    assert "/b says that it has 5 entries, and gave 8" in said


def test_an_address_that_the_list_itself_holds_twice_is_counted_and_noted(crawl):
    pages = {
        "/list": list_page("/p/1", "/p/2", "/p/1", next_path="/list?page=1", total=5),
        "/list?page=1": list_page("/p/3", "/p/4"),
        **items(1, 2, 3, 4),
    }

    outcome = crawl(pages, BY_LINK + TOTAL)

    assert (outcome.status, found(outcome)) == (0, ["1", "2", "3", "4"])
    assert (
        "says that it has 5 entries: 4 addresses, and 1 that it lists once more." in outcome.result.notes[0]
    )


def test_pages_that_overlap_do_not_make_up_for_what_is_missing(crawl):
    pages = {
        "/list": list_page("/p/1", "/p/2", next_path="/list?page=1", total=4),
        "/list?page=1": list_page("/p/2", "/p/3"),
        **items(1, 2, 3),
    }

    outcome = crawl(pages, BY_LINK + TOTAL)

    assert outcome.status == 1
    assert "says that it has 4 entries, and gave 3" in " ".join(outcome.result.failures)


def test_pages_that_repeat_the_first_end_no_list_that_goes_on(crawl):
    def first(n):
        return list_page("/p/1", "/p/2", next_path=f"/list?page={n}")

    pages = {
        "/list": first(1),
        "/list?page=1": first(2),
        "/list?page=2": first(3),
        "/list?page=3": list_page("/p/3", "/p/4"),
        **items(1, 2, 3, 4),
    }

    outcome = crawl(pages, BY_LINK)

    assert (outcome.status, found(outcome)) == (0, ["1", "2", "3", "4"])
