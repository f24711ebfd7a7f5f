"""How the pages sit: narrow windows, names for things, working without scripts."""

import pytest

from corpus.services.reviews import add_member
from corpus.vocabulary.decisions import Role
from tests.factories import NOON, PASSWORD
from tests.functional.browsing import Desk
from tests.integration.review.material import votes_of

# Every control has a name, every picture a text, every id is its own, headings begin with one h1.
FAULTS = """() => {
  const faults = [];
  const name = (e) => (e.ariaLabel || e.innerText || e.title || (e.labels?.length ? e.labels[0].innerText : "")).trim();
  for (const e of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), textarea, select"))
    if (e.checkVisibility() && !name(e)) faults.push(`no name: ${e.outerHTML.slice(0, 120)}`);
  for (const e of document.querySelectorAll("img")) if (!e.alt) faults.push(`no text: ${e.src}`);
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of new Set(ids)) if (ids.filter((i) => i === id).length > 1) faults.push(`id twice: ${id}`);
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (!document.documentElement.lang) faults.push("no language");
  if (!document.querySelector("main") || !document.querySelector("a.skip[href='#main']")) faults.push("no way to main");
  for (const e of document.querySelectorAll("[style], script:not([src]), style")) faults.push(`inline: ${e.outerHTML.slice(0, 80)}`);
  return faults;
}"""

# WCAG contrast of every visible text against the nearest background that is painted.
PALE = """() => {
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const over = (top, under) => { const a = top[3] ?? 1; return [0, 1, 2].map((i) => top[i] * a + under[i] * (1 - a)); };
  const ground = (e) => {
    if (!e) return [255, 255, 255];
    const own = parse(getComputedStyle(e).backgroundColor);
    return (own[3] ?? 1) === 1 ? own : over(own, ground(e.parentElement));
  };
  const pale = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.checkVisibility() || e.closest('progress')) continue;
    const [a, b] = [light(over(parse(getComputedStyle(e).color), ground(e))), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) pale.push(`${ratio.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 60)}`);
  }
  return pale;
}"""


@pytest.fixture
def owned(desk, review, ana) -> Desk:
    """Return the desk of an owner who has voted: there is a message, an undo, a line in the decisions."""
    add_member(review, ana, role=Role.OWNER, by=None, at=NOON)
    desk.visit("/screen")
    desk.vote("i")
    return desk


def test_pages_are_400_pixels_wide_without_scrolling_sideways(owned, housing):
    owned.resize(width=400, height=800)

    for address in ("/screen", "/queue", "/decisions", "/sources", housing):
        owned.visit(address)
        assert owned.evaluate("document.documentElement.scrollWidth") == 400, address

        owned.press("e", "c")
        assert owned.evaluate("document.documentElement.scrollWidth") == 400, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_names_for_things_and_text_that_can_be_read(owned, housing, scheme):
    owned.do(lambda page: page.emulate_media(color_scheme=scheme, reduced_motion="reduce"))
    assert owned.evaluate(PALE) == []

    for address in ("/screen", "/queue", "/decisions", "/sources", housing):
        owned.visit(address)
        owned.press("e", "c")

        assert owned.evaluate(FAULTS) == [], address
        assert owned.evaluate(PALE) == [], address


def test_screening_works_without_scripts(browser, live_server, review, ana):
    def screen(*, server: str) -> list[str]:
        context = browser.browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{server}/reviews/care-leavers/screen")
        page.get_by_label("Name").fill("ana")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        titles = [page.locator("h1").inner_text()]
        page.get_by_role("button", name="Include").click()
        titles.append(page.locator("h1").inner_text())
        page.locator("summary", has_text="Exclude").click()
        page.get_by_role("button", name="Outside the dates").click()
        page.locator("#messages").get_by_role("button", name="Undo").click()
        titles.append(page.locator("h1").inner_text())
        context.close()
        return titles

    first, second, third = browser.do(lambda: screen(server=live_server.url))

    assert first != second == third
    assert [(v.choice, v.reason) for v in votes_of(ana)] == [
        ("include", None),
        ("exclude", "date"),
        (None, None),
    ]


def test_picture_that_fails_gives_way_to_a_notice_and_is_not_said_to_be_visible(
    browser, live_server, ana, housing
):
    desk = Desk(browser, server=live_server.url)
    desk.log_in("ana")
    desk.do(lambda page: page.route("**/*.png", lambda route: route.fulfill(status=404, body="no picture")))
    desk.visit(housing)

    desk.wait_until("() => document.querySelector('figcaption').checkVisibility()")
    notice = desk.text("figcaption")
    desk.vote("i")
    complaints = desk.close()

    assert "Page 1 cannot be shown as a picture" in notice
    assert "page_picture" not in votes_of(ana)[0].visible
    assert "text" in votes_of(ana)[0].visible
    assert all("404" in c for c in complaints)
