"""Pages of publications, read whoever wrote them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.spiders.pages import Link, iso_date, read_page

URL = "https://charity.example/reports/steps"


def page(inside: str, *, head: str = "") -> bytes:
    return f"<html lang='en'><head>{head}</head><body>{inside}</body></html>".encode()


def test_a_page_says_what_it_is_and_what_it_links():
    body = page(
        "<nav><a href='/'>Home</a><a href='/all.pdf'>All</a></nav>"
        "<main><h1>Steps <em>forward</em></h1><p>Published: 4th March 2019</p>"
        "<a href='../files/steps.pdf#page=2'>The report\n (PDF)</a><a href='/files/steps.pdf'>again</a>"
        "<a href='javascript:void(0)'>x</a></main><footer><a href='/privacy.pdf'>Privacy</a></footer>",
        head="<title>Steps | Charity</title><meta name='Description' content=' An evaluation. '>",
    )

    read = read_page(body, url=URL)

    assert (read.title, read.summary, read.published) == ("Steps forward", "An evaluation.", "2019-03-04")
    assert read.links == (Link("https://charity.example/files/steps.pdf", "The report (PDF)"),)
    assert read.language == "en"


def test_structured_data_dates_a_page_before_its_words_do():
    said = json.dumps({"@graph": [{"@type": "Report", "datePublished": "2021-05-06T10:00:00+01:00"}]})
    head = f"<script type='application/ld+json'>{said}</script><meta name='date' content='2001-01-01'>"

    assert read_page(page("<main>Published 1 May 1999</main>", head=head), url=URL).published == "2021-05-06"


def test_links_are_read_against_the_base_of_the_page():
    body = page("<a href='a.pdf'>A</a>", head="<base href='/files/'>")

    assert read_page(body, url=URL).links == (Link("https://charity.example/files/a.pdf", "A"),)


def test_a_charset_that_is_declared_wrongly_loses_no_page():
    body = page("<h1>Caf\u00e9 \u2013 report</h1>", head="<meta charset='utf-7'>")

    assert read_page(body, url=URL, content_type="text/html; charset=nonsense").title is not None
    assert (
        read_page(body, url=URL, content_type="text/html; charset=utf-8").title == "Caf\u00e9 \u2013 report"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2019-05-17T00:00", "2019-05-17"),
        ("17 May 2019", "2019-05-17"),
        ("Friday, 17th May, 2019", "2019-05-17"),
        ("17/05/2019", "2019-05-17"),
        ("May 2019", "2019-05"),
        ("Publication date 2019", "2019"),
        ("31 February 2019", None),
        ("soon", None),
        ("page 12345", None),
    ],
)
def test_dates_are_read_as_britain_writes_them(text, said):
    assert iso_date(text) == said


@given(st.binary(max_size=400))
def test_any_bytes_are_borne(body):
    read = read_page(body, url=URL)

    assert all(link.url.startswith("http") for link in read.links)


@given(st.text(max_size=60))
def test_any_text_gives_a_date_or_none(text):
    said = iso_date(text)

    assert said is None or len(said) in {4, 7, 10}
