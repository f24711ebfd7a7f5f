"""Facts that came from outside, made fit for a page."""

import pytest

from greysift.review.templatetags.greysift import host, published_on, spaced, web_address
from greysift.review.visit import whole_number


@pytest.mark.parametrize("url", ["http://example.org", "https://example.org/a?b=c#d", "HTTPS://EXAMPLE.ORG/"])
def test_web_addresses_become_links(url):
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org/",
        "/queue",
        "https:///no-host",
        "https://[broken",
        "ftp://example.org/report.pdf",
    ],
)
def test_other_addresses_stay_words(url):
    assert web_address(url) is None


def test_host_names_the_place():
    assert host("https://www.example.org:8080/a/b") == "www.example.org"


@pytest.mark.parametrize(
    ("iso", "spelled"),
    [
        ("2019-05-07", "7 May 2019"),
        ("2019-05", "May 2019"),
        ("2019", "2019"),
        ("2019-13", "2019-13"),
        ("spring 200", "spring 200"),
    ],
)
def test_dates_keep_their_precision(iso, spelled):
    assert published_on(iso) == spelled


def test_codes_become_words():
    assert spaced("research_and_analysis") == "research and analysis"


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("0", 0), (None, None), ("", None), ("-1", None), ("٣", None), ("9" * 30, None)],
)
def test_numbers_of_query_strings_are_plain_and_small(text, number):
    assert whole_number(text) == number
