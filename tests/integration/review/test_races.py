"""The same form, sent several times at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from tests.factories import make_candidates, make_member, make_review
from tests.integration.review.material import votes_of
from tests.integration.review.pages import SCREEN, UNDO, ballot_address, field

AT_ONCE = 4


@pytest.fixture
def ana(transactional_db):
    review = make_review()
    make_candidates(review=review, count=3)
    return make_member(review=review, username="ana")


def send_at_once(client: Client, address: str, form: dict[str, str]) -> list[int]:
    """Send a form from several threads, each with a connection of its own; return the answers' statuses."""
    barrier = Barrier(AT_ONCE)

    def send(_number: int) -> int:
        twin = Client()
        twin.cookies = client.cookies
        barrier.wait(timeout=10)
        try:
            return twin.post(address, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=AT_ONCE) as executor:
        return list(executor.map(send, range(AT_ONCE)))


def test_form_sent_several_times_at_once_votes_once_and_is_taken_back_once(ana, browser_of):
    client = browser_of(ana)
    page = client.get(SCREEN)

    voted = send_at_once(client, ballot_address(page), {"form": field(page, "form"), "vote": "include"})

    assert voted == [302] * AT_ONCE
    assert [v.choice for v in votes_of(ana)] == ["include"]

    page = client.get(SCREEN)
    form = {"decision": field(page, "decision"), "token": field(page, "token")}
    undone = send_at_once(client, UNDO, form)

    assert undone == [302] * AT_ONCE
    assert [v.choice for v in votes_of(ana)] == ["include", None]
