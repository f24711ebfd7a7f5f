"""The page of a source with a history of crawls: how it reads, how its schedule is set, without scripts too."""

import pytest

from corpus.models import Schedule, Source
from corpus.services.reviews import add_member
from corpus.services.sources import confirm_terms
from corpus.vocabulary.decisions import Role
from tests.factories import NOON, PASSWORD, begin_crawl
from tests.functional.browsing import Desk
from tests.functional.test_pages import FAULTS, PALE
from tests.unit.corpus.crawls import MISSING, Crawl, carry_out

ADDRESS = "/sources/barnardos"
HISTORY = [
    (38, 5, True),
    (41, 6, True),
    (44, 7, True),
    (12, 0, False),
    (49, 8, True),
    (49, 5, True),
    (55, 9, True),
]


@pytest.fixture
def source(review, ana) -> Source:
    """Store a source with weeks of crawls, one of which fell short, and one that is going on."""
    add_member(review, ana, role=Role.OWNER, by=None, at=NOON)
    declaration = {
        "hosts": ["www.example.org"],
        "licence": "The charity's own; quotations only.",
        "unverified": [
            "Whether the list of publications shows all of them.",
            "Which media types its files have.",
        ],
        "entry": {"lists": ["https://www.example.org/research"]},
        "filters": {"media_types": ["application/pdf"]},
        "politeness": {"delay_seconds": 1.0, "contact": None},
    }
    source = Source.objects.create(
        slug="barnardos",
        name="Barnardo's: research and reports",
        organisation="Barnardo's",
        kind="listing",
        declaration=declaration,
        created_at=NOON,
    )
    confirm_terms(
        source,
        hosts=declaration["hosts"],
        note="https://www.example.org/terms, read on 2 March",
        by=ana,
        at=NOON,
    )
    for week, (records, files, is_complete) in enumerate(HISTORY):
        listed = {
            f"r{n}": (f"Report {n}", f"file {n}" if n < files else MISSING if n < 10 else None)
            for n in range(records)
        }
        crawl = Crawl(7 * week, listed, is_complete=is_complete, expected=records if is_complete else 45)
        carry_out(source, crawl)
    return source


@pytest.fixture
def page(desk, source) -> Desk:
    desk.visit(ADDRESS)
    return desk


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_names_for_things_and_text_that_can_be_read(page, source, scheme, screenshots):
    page.do(lambda p: p.emulate_media(color_scheme=scheme, reduced_motion="reduce"))

    assert page.evaluate(FAULTS) == []
    assert page.evaluate(PALE) == []
    bars = page.evaluate(
        "document.querySelectorAll('.plot rect[class=got], .plot rect[class=failed]').length"
    )
    assert bars == len(HISTORY) + 2  # with those of the key
    if screenshots:
        page.do(
            lambda p: p.screenshot(path=screenshots / f"source-{scheme}.png", full_page=True, caret="initial")
        )


def test_page_is_400_pixels_wide_without_scrolling_sideways(page, screenshots):
    page.resize(width=400, height=800)

    assert page.evaluate("document.documentElement.scrollWidth") == 400
    if screenshots:
        page.do(
            lambda p: p.screenshot(path=screenshots / "source-narrow.png", full_page=True, caret="initial")
        )


def test_page_prints_plot_and_figures_whole(page, screenshots):
    page.do(lambda p: p.emulate_media(media="print"))
    page.resize(width=720, height=1000)

    assert page.evaluate("document.documentElement.scrollWidth") == 720
    assert page.evaluate(
        "[...document.querySelectorAll('.scroll')].every((e) => e.scrollWidth <= e.clientWidth)"
    )
    if screenshots:
        page.do(
            lambda p: p.screenshot(path=screenshots / "source-print.png", full_page=True, caret="initial")
        )


def test_schedule_is_set_in_place_after_a_wrong_one_was_explained(page):
    def change(cron: str) -> None:
        page.do(lambda p: p.get_by_label("When to crawl").fill(cron))
        page.do(lambda p: p.get_by_role("button", name="the schedule").click())

    change("every monday")
    page.wait_until("() => document.querySelector('#cron-fault')")
    assert "every Monday at 03:00" in page.text("#cron-fault")
    assert page.do(lambda p: p.get_by_label("When to crawl").input_value()) == "every monday"
    assert not Schedule.objects.exists()

    change("0 3 * * 1")
    page.wait_until("() => document.querySelector('#messages').innerText.includes('Stored')")

    assert "At 03:00 on Monday" in page.text("#schedule")
    assert Schedule.objects.get().cron == "0 3 * * 1"
    assert page.evaluate(FAULTS) == []


def test_running_crawl_is_seen_and_its_end_too(desk, source, monkeypatch):
    monkeypatch.setattr("greysift.jobs.running.crawled_now", lambda _at: {"barnardos"})
    run = begin_crawl(source=source)
    desk.visit(ADDRESS)
    assert "Being crawled" in desk.text("#running")

    run.delete()
    desk.do(
        lambda p: p.evaluate(
            "htmx.ajax('GET', document.querySelector('#running').getAttribute('hx-get'), {target: '#running', swap: 'outerHTML'})"
        )
    )
    desk.wait_until("() => document.querySelector('#running').innerText.includes('has ended')")


def test_schedule_is_set_without_scripts(browser, live_server, source):
    def set_it(*, server: str) -> list[str]:
        context = browser.browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{server}/reviews/care-leavers/sources")
        page.get_by_label("Name").fill("ana")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name=source.name).click()
        said = []
        for cron in ("every monday", "0 3 * * 1"):
            page.get_by_label("When to crawl").fill(cron)
            page.get_by_role("button", name="the schedule").click()
            said.append(page.locator("#schedule").inner_text())
        context.close()
        return said

    wrong, right = browser.do(lambda: set_it(server=live_server.url))

    assert "Nothing was stored" in wrong
    assert "At 03:00 on Monday" in right
    assert Schedule.objects.get().changed_by.username == "ana"
