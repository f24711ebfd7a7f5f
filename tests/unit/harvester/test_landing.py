"""A landing page becomes a record with its documents, each settled."""

import asyncio
import hashlib
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from corpus.vocabulary.harvest import CaptureFact
from harvester.declarations.pages import PageRules
from harvester.media_types import REPORTS
from harvester.spiders.base import Fetched
from harvester.spiders.landing import LandingPages, Listed
from harvester.spiders.pages import Link

SITE = "https://charity.example"
PAGE = f"{SITE}/reports/steps"
PDF = b"%PDF-1.7 steps"
HTML = ("text/html", 200)


class Asked:
    """A spider that is answered from a table of address -> (body, type) or a reason."""

    def __init__(self, answers, *, media_types=REPORTS):
        self.answers = answers
        self.declaration = SimpleNamespace(
            filters=SimpleNamespace(media_types=media_types), organisation="The Charity"
        )
        self.fetched = []

    def is_ours(self, url):
        return url.startswith(SITE)

    async def fetch(self, url):
        self.fetched.append(url)
        answer = self.answers.get(url, "not found")
        body, media_type, final = (b"", "", url) if isinstance(answer, str) else (*answer, url)[:3]
        fact = CaptureFact(
            f"capture of {url}", url, 200, (), hashlib.sha256(body).hexdigest(), len(body),
            datetime(2026, 1, 1, tzinfo=UTC), "x.warc.gz", 0,
        )  # fmt: skip
        reason = answer if isinstance(answer, str) else None
        return Fetched(final, None if reason else 200, media_type, {}, body, reason, (fact,))


def record_of(spider, entry=None, **options):
    return asyncio.run(LandingPages(spider, **options).record_of(entry or Listed(PAGE)))


def page(inside: str) -> tuple[bytes, str]:
    text = f"<html lang='en'><title>Steps | Charity</title><main><h1>Steps forward</h1><p>Published 4 March 2019</p>{inside}</main>"
    return text.encode(), "text/html"


def fates(record):
    return [(document.url.removeprefix(SITE), document.reason) for document in record.documents]


def test_a_page_and_everything_that_it_links_become_a_record():
    spider = Asked(
        {
            PAGE: page(
                "<a href='/a.pdf'>The report</a> <a href='a.pdf#2'>x</a> <a href='/b.docx'></a> <a href='/c.xlsx'>Data</a>"
                "<a href='https://partner.example/d.pdf'>Partner</a> <a href='/e/download'>Get it</a> <a href='/about'>About</a>"
            ),
            f"{SITE}/a.pdf": (PDF, "application/pdf"),
            f"{SITE}/reports/a.pdf": (PDF + b"other", "application/pdf"),
            f"{SITE}/e/download": page("Register first"),
        }
    )

    record = record_of(spider)

    assert (record.key, record.url, record.title, record.published) == (
        PAGE,
        PAGE,
        "Steps forward",
        "2019-03-04",
    )
    assert record.publisher == "The Charity"
    assert record.captures == (f"capture of {PAGE}",)
    assert fates(record) == [
        ("/a.pdf", None),
        ("/reports/a.pdf", None),
        ("/b.docx", "not found"),
        (
            "/c.xlsx",
            "not a kind of document that is sought: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("https://partner.example/d.pdf", "external"),
        ("/e/download", "web page instead of the file"),
    ]
    assert [document.title for document in record.documents] == [
        "The report",
        "x",
        "b.docx",
        "Data",
        "Partner",
        "Get it",
    ]
    assert f"{SITE}/about" not in spider.fetched
    assert not any("partner" in url for url in spider.fetched)


def test_a_document_comes_once_whatever_its_address_carries_and_so_does_a_file():
    spider = Asked(
        {
            PAGE: page(
                "<a href='/a.pdf?utm_source=x&amp;v=1'>A</a><a href='/a.pdf?v=1&amp;token=9'>B</a><a href='/copy.pdf'>C</a>"
            ),
            f"{SITE}/a.pdf?utm_source=x&v=1": (PDF, "application/pdf"),
            f"{SITE}/copy.pdf": (PDF, "application/pdf"),
        }
    )

    record = record_of(spider)
    document, double = record.documents

    assert (document.key, document.title) == (f"{SITE}/a.pdf?v=1", "A")
    assert (double.key, double.is_double) == (f"{SITE}/copy.pdf", True)
    assert record.each_once == [document]
    assert record.number_retrieved == 1


def test_a_listed_document_is_a_record_of_its_own():
    url = f"{SITE}/files/Annual%20report.pdf"
    spider = Asked({url: (PDF, "application/pdf"), f"{SITE}/get": (PDF, "application/octet-stream")})

    record = record_of(spider, Listed(url, said={"lastmod": "2020-01-01"}))
    named = record_of(spider, Listed(f"{SITE}/get", called="Our report"))

    assert (record.title, record.said, fates(record)) == (
        "Annual report.pdf", {"lastmod": "2020-01-01"}, [("/files/Annual%20report.pdf", None)],
    )  # fmt: skip
    assert (named.title, named.documents[0].media_type) == ("Our report", "application/pdf")


def test_a_listed_document_that_gives_a_page_is_not_retrieved():
    url = f"{SITE}/files/a.pdf"

    assert fates(record_of(Asked({url: page("Sorry")}), Listed(url))) == [
        ("/files/a.pdf", "web page instead of the file")
    ]


def test_a_page_that_is_not_there_is_a_record_that_says_so():
    record = record_of(Asked({PAGE: "deleted"}), Listed(PAGE, called="Steps"))

    assert (record.title, fates(record)) == ("Steps", [("/reports/steps", "deleted")])
    assert record.documents[0].captures == (f"capture of {PAGE}",)


def test_a_page_that_moved_to_another_listed_one_is_not_kept_twice():
    new = f"{SITE}/reports/new"
    spider = Asked({PAGE: (*page("<a href='/a.pdf'>A</a>"), new), f"{SITE}/a.pdf": (PDF, "application/pdf")})

    assert fates(record_of(spider, listed={PAGE, new})) == [("/reports/steps", f"moved: {new}")]
    alone = record_of(spider, listed={PAGE})
    assert (alone.key, alone.url, fates(alone)) == (PAGE, new, [("/a.pdf", None)])


@pytest.mark.parametrize(("media_types", "kinds"), [(REPORTS, []), ((*REPORTS, "text/html"), ["text/html"])])
def test_a_page_is_the_document_where_web_pages_count_and_nothing_is_linked(media_types, kinds):
    record = record_of(Asked({PAGE: page("All is said here.")}, media_types=media_types))

    assert [document.media_type for document in record.documents] == kinds


def test_selectors_of_the_declaration_overrule_the_guesses():
    spider = Asked(
        {
            PAGE: (
                (
                    b"<h1>Charity</h1><h2 class='t'>Real <b>title</b></h2><p class='s'>About it</p>"
                    b"<time class='d' datetime='2020-02-03'>last week</time>"
                    b"<main><a href='/menu.pdf'>Menu</a></main><aside><div class='files'><a href='/get?id=1'>Go</a></div></aside>"
                ),
                "text/html",
            ),
            f"{SITE}/get?id=1": (PDF, "application/pdf"),
        }
    )
    rules = PageRules(title="h2.t", summary=".s", published=".d", documents=".files")

    record = record_of(spider, rules=rules)

    assert (record.title, record.summary, record.published) == ("Real title", "About it", "2020-02-03")
    assert fates(record) == [("/get?id=1", None)]


def test_what_the_source_says_overrules_the_page_and_a_links_words_do_not():
    spider = Asked({PAGE: page("")})

    said = record_of(
        spider, Listed(PAGE, title="Said", published="2001", summary="S", document_type="report", key="7")
    )
    called = record_of(spider, Listed(PAGE, called="Read more"))

    assert (said.key, said.title, said.published, said.summary, said.document_type) == (
        "7",
        "Said",
        "2001",
        "S",
        "report",
    )
    assert called.title == "Steps forward"
    assert said.said["page"]["published"] == "2019-03-04"


def test_documents_of_links_that_another_spider_has_read():
    spider = Asked({f"{SITE}/x": (PDF, "application/pdf")})

    sure = asyncio.run(LandingPages(spider).documents_of([Link(f"{SITE}/x", "")], is_sure=True))
    guessed = asyncio.run(LandingPages(spider).documents_of([Link(f"{SITE}/x", "")]))

    assert [document.status for document in sure] == ["retrieved"]
    assert guessed == ()


def test_a_selector_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no CSS selector"):
        PageRules(title="h1[")
