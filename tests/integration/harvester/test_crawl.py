"""A whole crawl of one of everything: nothing lost, each oddity with its reason."""

import hashlib
import json

import pytest

from harvester.warc import read_body, read_captures, read_exchange
from tests.fakes.govuk_examples import NEWER, PDF

KINDS = 'document_types = ["research"]'


@pytest.fixture(scope="module")
def records(crawled):
    return {record["title"]: record for record in crawled.outcome.records.values()}


@pytest.fixture(scope="module")
def fates(records):
    return {document["title"]: document for document in records["Files of every fate"]["documents"]}


@pytest.fixture
def body(crawled):
    captures = crawled.outcome.captures

    def body_of(document):
        place = captures[document["captures"][-1]]
        return read_body(crawled.folder / "warc" / place["warc_file"], place["warc_offset"])

    return body_of


def test_the_crawl_got_all_that_the_source_holds(crawled):
    result = crawled.outcome.result

    assert result.failures == []
    assert crawled.outcome.status == 0
    assert result.expected == result.got == len(crawled.outcome.records) == 15
    assert result.counts["records"] == 15
    assert set(result.versions) == {"greysift", "scrapy"}


def test_others_publications_and_other_kinds_are_not_asked_for(records):
    assert "Specimen: not-ours" not in records
    assert "Specimen: advice" not in records


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Deleted", "deleted"),
        ("Unpublished", "web page instead of the file"),
        ("Table", "not a kind of document that is sought: text/csv"),
        ("Lost", "not found"),
        ("Empty", "empty"),
        ("Led away", "redirected to a host that is not this source's: 169.254.169.254"),
        ("Says PDF, is text", "not a PDF"),
        ("On a partner's site", "external"),
        ("Of a new kind", "unknown kind of attachment: hologram"),
        ("Without address", "no usable link"),
    ],
)
def test_what_was_not_retrieved_says_why(fates, title, reason):
    assert (fates[title]["status"], fates[title]["reason"]) == ("not_retrieved", reason)


def test_files_are_kept_byte_for_byte(fates, body):
    plain = fates["Plain"]

    assert (plain["status"], plain["reason"], plain["media_type"]) == ("retrieved", None, "application/pdf")
    assert plain["key"] == "1"
    assert body(plain) == PDF


def test_a_superseded_file_leads_to_the_newest_through_both_captures(crawled, fates, body):
    superseded = fates["Superseded"]
    statuses = [crawled.outcome.captures[name]["status"] for name in superseded["captures"]]

    assert statuses == [301, 200]
    assert body(superseded) == NEWER


def test_attempts_that_failed_keep_their_captures(crawled, fates):
    statuses = {
        title: [crawled.outcome.captures[name]["status"] for name in fates[title]["captures"]]
        for title in ("Deleted", "Unpublished", "Lost", "Led away")
    }

    assert statuses == {"Deleted": [410], "Unpublished": [302, 200], "Lost": [404], "Led away": [302]}


def test_an_html_attachment_becomes_a_page_of_its_own(crawled, records, body):
    kept, vanished, empty = records["Specimen: html-only"]["documents"]

    assert (kept["status"], kept["media_type"]) == ("retrieved", "text/html")
    assert "Café" in body(kept).decode()
    assert "<title>The report as a page</title>" in body(kept).decode()
    assert (vanished["status"], vanished["reason"]) == ("not_retrieved", "gone")
    assert (empty["status"], empty["reason"]) == ("not_retrieved", "empty")
    page, taken = (crawled.outcome.captures[name] for name in kept["captures"])
    assert page["url"].startswith(f"{crawled.server.url}/api/content/")
    assert taken["url"] == kept["url"]


def test_a_withdrawn_publication_is_found_and_says_why(records):
    assert records["Specimen: withdrawn"]["withdrawn_reason"] == "Out of date."
    assert records["Specimen: html-only"]["withdrawn_reason"] is None


@pytest.mark.parametrize(
    ("slug", "reason", "withdrawn"),
    [
        ("gone-explained", "gone", "Wrong title."),
        ("gone-unexplained", "deleted", None),
        ("moved", "moved: /government/publications/files", None),
    ],
)
def test_pages_that_are_gone_are_records_with_a_reason(records, slug, reason, withdrawn):
    record = records[f"Search still finds {slug}"]

    assert [document["reason"] for document in record["documents"]] == [reason]
    assert record["withdrawn_reason"] == withdrawn
    assert record["published"] == "2012-02-02"
    assert record["captures"]


@pytest.mark.parametrize(("slug", "reason"), [("missing", "not found"), ("secret", "access refused")])
def test_pages_that_are_refused_are_records_with_a_reason(records, slug, reason):
    assert [document["reason"] for document in records[f"Specimen: {slug}"]["documents"]] == [reason]


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Off the site", "external"),
        ("No link at all", "no usable link"),
        ("Nonsense for a link", "no usable link"),
    ],
)
def test_results_that_lead_off_the_site_are_recorded(records, title, reason):
    assert [document["reason"] for document in records[title]["documents"]] == [reason]


def test_a_sub_path_and_a_link_without_slash_find_their_page(crawled, records):
    statuses = [
        crawled.outcome.captures[name]["status"] for name in records["Specimen: canonical"]["captures"]
    ]

    assert statuses == [303, 200]
    assert records["Specimen: no-slash"]["url"] == f"{crawled.server.url}/government/publications/no-slash"


def test_a_translation_has_a_key_of_its_own(records):
    assert records["Specimen: welsh"]["key"].endswith(":cy")


def test_a_record_keeps_what_the_source_said(records):
    record = records["Files of every fate"]

    assert record["published"] == "2015-03-01"
    assert record["publisher"] == "Department for Education"
    assert record["document_type"] == "research"
    assert record["summary"] == "A specimen called files."
    said = record["said"]
    assert said["attachments"][0]["isbn"] == "978-1"
    assert said["attachments"][0]["unique_reference"] == "DFE-RR1"
    assert said["change_history"][0]["note"] == "First published."
    assert said["search"]["content_store_document_type"] == "research"
    assert "es_score" not in json.dumps(said)


def test_nothing_is_asked_twice_but_the_search_which_is_asked_again_at_the_end(crawled):
    twice = {url: n for url, n in crawled.hits.items() if n > 1}

    assert list(twice.values()) == [2]
    assert all("/api/search" in url for url in twice)


def test_no_host_but_the_sources_own_is_asked_and_each_for_its_robots(crawled):
    captured = {capture["url"] for capture in crawled.outcome.captures.values()}

    own = (crawled.server.url, crawled.server.assets_url)
    assert all(url.startswith(own) for url in captured)
    assert {f"{host}/robots.txt" for host in own} <= captured
    assert all(agent.startswith("Greysift/") for agent in crawled.server.agents)


def test_every_response_is_a_capture_and_lies_in_the_warc(crawled):
    facts = list(read_captures(crawled.warc))

    assert {fact.record_id for fact in facts} == crawled.outcome.captures.keys()
    conversions = [
        fact for fact in facts if fact.url.endswith("html-only/report") and "/api/" not in fact.url
    ]
    assert len(facts) == sum(crawled.hits.values()) + len(conversions)
    for fact in facts:
        body = read_body(crawled.warc, fact.warc_offset)
        assert (hashlib.sha256(body).hexdigest(), len(body)) == (fact.body_sha256, fact.body_size)


def test_compressed_answers_are_stored_readable(crawled):
    fact, _ = [fact for fact in read_captures(crawled.warc) if "/api/search" in fact.url]

    exchange = read_exchange(crawled.warc, fact.warc_offset)

    assert ("X-Orig-Content-Encoding", "gzip") in exchange.headers
    assert json.loads(exchange.body)["total"] == 15
