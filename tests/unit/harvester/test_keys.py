"""Whom a source's key is shown to."""

from types import SimpleNamespace

import pytest
from scrapy import Request

from harvester.declarations import shipped_declarations
from harvester.middlewares.keys import KeysMiddleware

(OPENALEX,) = [d for d in shipped_declarations() if d.slug == "openalex"]


@pytest.mark.parametrize(
    ("key", "url", "sent"),
    [
        ("k", "https://api.openalex.org/works", b"Bearer k"),
        ("k", "https://elsewhere.example.invalid/works", None),
        (None, "https://api.openalex.org/works", None),
    ],
)
def test_a_key_goes_to_the_entry_points_host_and_a_redirect_takes_none_along(key, url, sent):
    session = SimpleNamespace(job=SimpleNamespace(key=key, declaration=OPENALEX))
    request = Request(url, headers={"Authorization": "Bearer of before"})

    KeysMiddleware(session).process_request(request)

    assert request.headers.get("Authorization") == sent
