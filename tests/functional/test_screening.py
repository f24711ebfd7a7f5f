"""A reviewer at the keyboard."""

import re

import pytest

from corpus.models import Candidate
from greysift.jobs.ranking import queue_for
from greysift.review.visit import STAGE
from tests.integration.review.material import votes_of


def best_title(review, person) -> str:
    best = queue_for(review, stage=STAGE, reviewer=person).order[0]
    return Candidate.objects.get(pk=best).record.title


def test_screening_by_keyboard_from_login_to_undo(desk, review, ana, screenshots):
    queue = queue_for(review, stage=STAGE, reviewer=ana)

    desk.visit("/queue")
    assert desk.title() == "Queue"
    assert "8 to judge" in desk.text("main")
    if screenshots:
        desk.screenshot(screenshots / "queue.png")
    desk.do(lambda page: page.get_by_role("link", name="Screen the first record").click())
    desk.wait_until("() => document.querySelector('#ballot')")
    first = desk.title()
    assert first == best_title(review, ana)

    second = desk.vote("i")
    assert second == best_title(review, ana) != first
    assert f"Stored: include – “{first}”. It stood at rank 1 of 8, score" in desk.text("#messages")

    desk.press("e")
    assert desk.do(lambda page: page.locator(".reasons").is_visible())
    third = desk.vote("2")
    assert third == best_title(review, ana)
    assert "Not England" in desk.text("#messages")

    assert desk.vote("z") == second
    assert "taken back" in desk.text("#messages")

    fourth = desk.vote("u")
    assert fourth == best_title(review, ana)

    votes = votes_of(ana)
    assert [(v.candidate.record.title, v.sequence, v.choice, v.reason) for v in votes] == [
        (first, 1, "include", None),
        (second, 1, "exclude", "not_england"),
        (second, 2, None, None),
        (second, 3, "unsure", None),
    ]
    assert [v.rank for v in votes] == [1, 1, None, 1]
    assert votes[0].ranker_state == queue.state
    assert votes[1].ranker_state != queue.state
    assert all(v.model_version == queue.model_version for v in votes)
    assert {"title", "summary"} <= set(votes[0].visible)
    assert "own_earlier_vote" in votes[3].visible


@pytest.mark.parametrize("key", ["e", "Enter"])
def test_exclusion_without_a_reason(desk, ana, key):
    desk.visit("/screen")

    desk.press("e")
    desk.rest()
    desk.vote(key)

    assert [(v.choice, v.reason) for v in votes_of(ana)] == [("exclude", None)]


def test_key_that_bounces_opens_the_reasons_and_excludes_nothing(desk, ana):
    desk.visit("/screen")

    desk.do(  # both in one go: how fast this machine sends keys must not decide
        lambda page: page.evaluate(
            """() => { for (const n of [1, 2]) document.body.dispatchEvent(
                new KeyboardEvent("keydown", {key: "e", bubbles: true, cancelable: true})); }"""
        )
    )
    desk.rest()

    assert votes_of(ana) == []
    assert "the first reason that applies" in desk.text("#desk")


def test_escape_closes_the_reasons_and_digits_do_nothing_then(desk, ana):
    desk.visit("/screen")

    desk.press("e", "Escape", "1", "2")
    desk.rest()

    assert votes_of(ana) == []
    assert not desk.do(lambda page: page.locator(".reasons").is_visible())


def test_double_press_votes_once(desk, ana):
    desk.visit("/screen")

    desk.vote("i", "i", "i")
    desk.rest(1000)

    assert len(votes_of(ana)) == 1


def test_double_click_votes_once(desk, ana):
    desk.visit("/screen")
    shown = desk.title()

    desk.do(lambda page: page.locator("button[value=include]").dblclick())
    desk.wait_until("t => document.querySelector('#desk h1').innerText !== t", shown)
    desk.rest(1000)

    assert len(votes_of(ana)) == 1


def test_keys_do_nothing_in_a_field_or_with_a_modifier(desk, ana, housing):
    desk.visit(housing)

    desk.press("Control+i", "Alt+u", "Meta+e")
    desk.press("e")
    desk.do(lambda page: page.locator("#page-number").focus())
    desk.press("i", "u", "z", "1", "e")
    desk.rest()

    assert votes_of(ana) == []
    assert desk.title() == "Housing link worker"


def test_keys_can_be_switched_off(desk, ana):
    desk.visit("/screen")
    desk.press("?")
    desk.do(lambda page: page.get_by_label("Keys work").uncheck())
    desk.press("i")
    desk.do(lambda page: page.get_by_role("button", name="Close").click())

    desk.press("i", "u")
    desk.rest()
    assert votes_of(ana) == []

    desk.press("?")
    desk.do(lambda page: page.get_by_label("Keys work").check())
    desk.press("Escape")
    desk.vote("i")
    assert len(votes_of(ana)) == 1


def test_pages_of_a_document_turn_by_key_and_number(desk, housing, screenshots):
    desk.visit(housing)
    desk.is_at_page(1)

    desk.press("j")
    desk.is_at_page(2)
    assert "71 of the 96 young people" in desk.text("#page-text")
    if screenshots:
        desk.screenshot(screenshots / "record.png")

    desk.press("ArrowRight")
    desk.is_at_page(3)
    desk.press("k")
    desk.is_at_page(2)
    desk.do(lambda page: page.locator("#page-number").fill("4"))
    desk.press("Enter")
    desk.is_at_page(4)


def test_criteria_open_by_key_and_stay_open_for_the_next_record(desk):
    desk.visit("/screen")

    desk.press("c")
    desk.vote("u")

    assert "Young people leaving care" in desk.text("#criteria")
    desk.visit("/screen")
    assert desk.do(lambda page: page.locator("#criteria dl").is_visible())


def test_new_record_is_announced_titled_and_focused(desk):
    desk.visit("/screen")

    title = desk.vote("i")

    assert desk.evaluate("document.activeElement.innerText") == title
    assert desk.evaluate("document.title") == f"{title} – Greysift"
    assert desk.evaluate("document.querySelector('#messages').getAttribute('aria-live')") == "polite"


def test_undo_button_beside_the_message_takes_the_vote_back(desk, ana):
    desk.visit("/screen")
    first = desk.title()
    desk.vote("i")

    desk.do(lambda page: page.locator("#messages").get_by_role("button", name="Undo").click())
    desk.wait_until("t => document.querySelector('#desk h1').innerText === t", first)

    assert [v.choice for v in votes_of(ana)] == ["include", None]
    assert re.search(r"/records/\d+$", str(desk.evaluate("location.pathname")))


def test_session_that_ended_sends_the_page_to_the_login_and_back(desk, ana):
    desk.visit("/screen")
    desk.do(lambda page: page.context.clear_cookies(name="sessionid"))

    desk.press("i")
    desk.wait_until("() => location.pathname === '/login/'")

    assert votes_of(ana) == []
    assert desk.evaluate("new URLSearchParams(location.search).get('next')") == "/reviews/care-leavers/screen"
