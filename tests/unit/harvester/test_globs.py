"""Patterns for addresses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.globs import _fits, matches


@pytest.mark.parametrize(
    ("pattern", "url", "fits"),
    [
        ("/reports/*", "https://a.example/reports/x/y?page=2", True),
        ("/reports/*", "https://a.example/reports", False),
        ("*.pdf", "https://a.example/files/a.pdf?v=1", True),
        ("*.pdf", "https://a.example/files/a.pdf.html", False),
        ("/search?*type=report*", "https://a.example/search?q=&type=report", True),
        ("/search?*type=report*", "https://a.example/search", False),
        ("https://b.example/*", "https://a.example/x", False),
        ("https://a.example/*", "https://a.example/x", True),
        ("/caf\u00e9/*", "https://a.example/caf%C3%A9/x", True),
        ("/a b*", "https://a.example/a%20b", True),
        ("/", "https://a.example", True),
        ("/a[b].c", "https://a.example/a[b].c", True),
        ("/a*a", "https://a.example/a", False),
    ],
)
def test_a_star_stands_for_anything_and_the_rest_for_itself(pattern, url, fits):
    assert matches(pattern, url) is fits


@given(st.text("ab*", max_size=12), st.text("ab", max_size=12))
def test_patterns_fit_as_their_regular_expressions_would(pattern, text):
    expression = ".*".join(map(re.escape, pattern.split("*")))

    assert _fits(pattern, text) is (re.fullmatch(expression, text) is not None)


def test_many_stars_cost_nothing():
    assert not _fits("*a" * 50 + "b", "a" * 100_000)
