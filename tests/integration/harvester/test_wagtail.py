"""The sitemap of a real Wagtail, whose documents carry an ETag that says nothing."""

from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from harvester.warc import read_body, read_captures
from tests.fakes import crawl_process
from tests.fakes.crawl_checks import fates
from tests.fakes.wagtail_server import WagtailServer, needs_wagtail

pytestmark = needs_wagtail


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """Crawl, replace one document in its place, crawl again."""
    folder = tmp_path_factory.mktemp("wagtail")
    with WagtailServer(folder / "site") as server:
        order = {"declaration": declaration(server.url), "warc_dir": folder / "warc"}
        first = crawl_process.run(folder / "first", run_uid=uuid4(), **order)
        facts = [fact for path in (folder / "warc").glob("*.warc.gz") for fact in read_captures(path)]
        server.replace("report-3.pdf", b"%PDF-1.4\n% the third report, mended")
        second = crawl_process.run(
            folder / "second", run_uid=uuid4(), validators=crawl_process.dumped(facts), **order
        )
    return first, second, folder / "warc"


def declaration(url):
    return f"""
slug = "local-wagtail"
name = "A Wagtail on this machine"
organisation = "Library"
kind = "sitemap"
hosts = ["{urlsplit(url).netloc}"]
licence = "none"

[entry]
site = "{url}"

[filters]
include = ["/report-*", "/draft*"]

[politeness]
delay_seconds = 0.0
"""


def capture_of(outcome, name):
    (document,) = [
        document
        for record in outcome.records.values()
        for document in record["documents"]
        if document["url"].endswith(name)
    ]
    return outcome.captures[document["captures"][-1]]


def test_every_page_that_is_public_is_read_with_its_document(twice):
    first = twice[0]

    assert first.result.failures == []
    assert fates(first) == {
        **{f"/report-{n}/": [(f"/documents/{n}/report-{n}.pdf", None)] for n in range(1, 7)},
        "/report-7/": [],
    }
    assert first.result.expected == first.result.got == 7
    assert first.result.counts["addresses excluded by pattern"] == 1
    assert all(record["said"]["lastmod"] for record in first.records.values())
    assert {record["published"] for record in first.records.values()} == {
        f"2020-01-0{n}" for n in range(1, 8)
    }


def test_an_etag_that_says_nothing_confirms_nothing_and_the_date_does(twice):
    first, second, _ = twice
    headers = dict(capture_of(first, "report-1.pdf")["headers"])

    assert headers["Etag"] == '""'
    assert [capture_of(second, f"report-{n}.pdf")["status"] for n in (1, 2, 4, 5, 6)] == [304] * 5


def test_a_document_that_was_replaced_in_its_place_is_had_anew(twice):
    _, second, warc_dir = twice
    capture = capture_of(second, "report-3.pdf")

    assert capture["status"] == 200
    assert b"mended" in read_body(warc_dir / capture["warc_file"], capture["warc_offset"])
    assert second.result.failures == []
