"""Reading answers: the parts of a page that tests ask for."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

QUEUE, SCREEN = "/reviews/care-leavers/queue", "/reviews/care-leavers/screen"
DECISIONS, SOURCES = "/reviews/care-leavers/decisions", "/reviews/care-leavers/sources"
UNDO = "/reviews/care-leavers/undo"
HTMX = {"HX-Request": "true"}

PASSING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|name="token" value="[^"]*"|name="form" value="[^"]*"'
)


def words(answer: HttpResponse) -> str:
    """Return an answer's text without tags, spaces made single."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def lasting(answer: HttpResponse) -> str:
    """Return an answer's text without what is new each time: tokens and seals."""
    return PASSING.sub("", answer.content.decode())


def title(answer: HttpResponse) -> str:
    """Return the main heading."""
    return unescape(re.search(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.DOTALL)[1])


def field(answer: HttpResponse, name: str) -> str:
    """Return the value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


def ballot_address(answer: HttpResponse) -> str:
    """Return where the page's voting form goes."""
    return re.search(r'action="([^"]*/vote)"', answer.content.decode())[1]


def press(client: Client, page: HttpResponse, vote: str, **extra) -> HttpResponse:
    """Press a voting button of a page, without JavaScript, and follow."""
    form = {"form": field(page, "form"), "vote": vote, **extra}
    return client.post(ballot_address(page), form, follow=True)


def press_undo(client: Client, page: HttpResponse) -> HttpResponse:
    """Press the undo button of a page, without JavaScript, and follow."""
    form = {"decision": field(page, "decision"), "token": field(page, "token")}
    return client.post(UNDO, form, follow=True)
