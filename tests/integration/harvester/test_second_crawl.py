"""A crawl after another: what has not changed is not sent again, what has is a new capture."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from harvester.warc import read_body, read_captures, read_entries, run_files
from tests.fakes import crawl_process
from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import NOON, Asset, Site, asset_path, file_attachment, minimal_pdf, publication

SAME, OLD, NEW = (minimal_pdf(text) * 20 for text in ("unchanged", "before", "after"))


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    folder, site = tmp_path_factory.mktemp("twice"), Site(cache={})
    files = [file_attachment(n, filename=f"{n}.pdf", title=f"File {n}") for n in (1, 2, 3)]
    unchanged, replaced, touched = (asset_path(attachment) for attachment in files)
    site.assets |= {unchanged: Asset(SAME), replaced: Asset(OLD), touched: Asset(NEW)}
    site.publish(publication("report", attachments=files))
    runs = [uuid4(), uuid4()]
    with GovukServer(site) as server:
        order = {"declaration": server.declaration(), "warc_dir": folder / "warc"}
        first = crawl_process.run(folder / "first", run_uid=runs[0], **order)
        facts = [fact for path in run_files(folder / "warc", runs[0]) for fact in read_captures(path)]
        server.forget()
        site.assets[replaced] = Asset(NEW, modified=NOON + timedelta(days=1))
        site.assets[touched] = replace(site.assets[touched], modified=NOON + timedelta(days=1))
        second = crawl_process.run(
            folder / "second", run_uid=runs[1], validators=crawl_process.dumped(facts), **order
        )
        conditional = {url.rpartition("/")[2] for url, n in server.conditional.items() if n}
    (warc,) = run_files(folder / "warc", runs[1])
    replayed = crawl_process.run(
        folder / "replay",
        run_uid=runs[1],
        **{**order, "replay": warc, "warc_dir": folder, "is_offline": True},
    )
    return first, second, replayed, warc, conditional


def documents(outcome):
    (record,) = outcome.records.values()
    return record["documents"]


def test_files_are_asked_for_on_condition(twice):
    assert twice[4] == {"1.pdf", "2.pdf", "3.pdf"}


def test_an_unchanged_file_is_confirmed_and_still_there(twice):
    first, second, _, warc, _ = twice
    document = documents(second)[0]
    capture = second.captures[document["captures"][-1]]

    assert (document["status"], document["media_type"]) == ("retrieved", "application/pdf")
    assert capture["status"] == 304
    assert capture["body_sha256"] == first.captures[documents(first)[0]["captures"][-1]]["body_sha256"]
    assert read_body(warc, capture["warc_offset"]) == SAME


def test_a_replaced_file_is_a_new_capture_though_a_cache_on_the_way_holds_the_old_one(twice):
    _, second, _, warc, _ = twice
    capture = second.captures[documents(second)[1]["captures"][-1]]

    assert capture["status"] == 200
    assert read_body(warc, capture["warc_offset"]) == NEW


def test_a_file_sent_again_unchanged_is_not_stored_again(twice):
    _, second, _, warc, _ = twice
    capture = second.captures[documents(second)[2]["captures"][-1]]
    kinds = {entry.fact.url.rpartition("/")[2]: entry.kind for entry in read_entries(warc)}

    assert capture["status"] == 200
    assert {kinds["1.pdf"], kinds["3.pdf"]} == {"revisit"}
    assert kinds["2.pdf"] == "revisit" or kinds["2.pdf"] == "response"
    assert read_body(warc, capture["warc_offset"]) == NEW
    assert warc.stat().st_size < len(OLD) + len(NEW)


def test_a_crawl_of_confirmations_replays_beside_the_first(twice):
    _, second, replayed, _, _ = twice

    assert replayed.status == 0, replayed.log
    assert (replayed.records, replayed.captures) == (second.records, second.captures)
    assert replayed.result == second.result


def test_a_second_crawl_sends_no_unchanged_file_again(twice):
    first, second, _, _, _ = twice

    assert "responses_304" not in first.result.counts
    assert second.result.counts["responses_304"] == 1
    assert second.result.counts["bytes"] < first.result.counts["bytes"] - len(SAME)
