"""Repositories that speak OAI-PMH, with every trouble that others have met: nothing lost, nothing doubled, or a failure."""

import signal
import time
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.oai_server import Item, OaiServer, Troubles, entries


@pytest.fixture
def crawl(tmp_path):
    def crawl_items(items, *, troubles=None, page=10, is_seconds=True, **filters):
        with OaiServer(items, troubles=troubles, page=page, is_seconds=is_seconds) as server:
            crawl_items.server = server
            return crawl_process.run(
                tmp_path / "crawl",
                declaration=server.declaration(**filters),
                run_uid=uuid4(),
                warc_dir=tmp_path / "warc",
            )

    return crawl_items


def test_every_entry_becomes_a_record_with_its_file(crawl):
    outcome = crawl(entries(25))

    assert outcome.status == 0, outcome.log
    assert outcome.result.expected == outcome.result.got == len(outcome.records) == 25
    record = outcome.records["oai:pretend.invalid:7"]
    assert (record["title"], record["published"], record["document_type"]) == (
        "Report 7",
        "2012-03",
        "Report",
    )
    assert record["summary"] == "What report 7 found of care leavers."
    assert record["said"]["metadata"]["creator"] == ["Author 7"]
    (document,) = record["documents"]
    assert (document["status"], document["media_type"]) == ("retrieved", "application/pdf")
    assert document["url"].endswith("/7/1/report-7.pdf")


def test_where_the_metadata_name_no_file_the_landing_page_is_read(crawl):
    (item,) = entries(1)
    item = replace(item, said=tuple(pair for pair in item.said if pair[0] != "identifier"))

    (record,) = crawl([item]).records.values()

    assert record["title"] == "Report 1"
    assert [document["url"].rpartition("/")[2] for document in record["documents"]] == ["on-page.pdf"]


def test_links_to_others_and_no_links_at_all_are_accounted_for(crawl):
    away, none = entries(2, files=False)
    away = replace(away, said=(*away.said, ("identifier", "https://doi.org/10.1234/x")))

    records = crawl([away, none]).records

    reasons = {r["title"]: [d["reason"] for d in r["documents"]] for r in records.values()}
    assert reasons == {"Report 1": ["external"], "Report 2": ["no usable link"]}


@pytest.mark.parametrize(
    "troubles",
    [
        Troubles(expire_once_at={10, 30}),
        Troubles(repeat_last_token=True),
        Troubles(size="missing"),
        Troubles(keep_back={3, 33}),
        Troubles(size="more of records"),
        Troubles(size="changing", junk=True, busy=2),
    ],
    ids=str,
)
def test_troubles_that_are_borne_lose_and_double_nothing(crawl, troubles):
    outcome = crawl(entries(45, files=False), troubles=troubles)

    assert outcome.status == 0, outcome.result.failures
    assert outcome.result.expected == len(outcome.records) == 45


@pytest.mark.parametrize(
    ("troubles", "said"),
    [
        (Troubles(loop_at=20), "did not come whole: 30 entries were got, 45 were announced"),
        (
            Troubles(keep_back={3, 33}, keep_singly=True),
            "did not come whole: 43 entries were got, 45 were announced",
        ),
        (Troubles(keep_back={3}, keep_singly=True, size="missing"), "44 entries were got, 45 were announced"),
        (Troubles(size="more"), "did not come whole: 45 entries were got, 52 were announced"),
        (Troubles(endless=True), "did not come whole"),
        (Troubles(doctype=True), "document type of its own"),
    ],
    ids=str,
)
def test_troubles_that_lose_something_fail_the_run(crawl, troubles, said):
    outcome = crawl(entries(45, files=False), troubles=troubles)

    assert outcome.status == 1
    assert said in " ".join(outcome.result.failures)


def test_a_size_that_the_repository_holds_to_is_stored_as_expected(crawl):
    outcome = crawl(entries(30, files=False), troubles=Troubles(size="more"))

    assert (outcome.status, outcome.result.expected, outcome.result.got) == (1, 37, 30)


@pytest.mark.parametrize(
    ("size", "said", "why"),
    [
        ("more of records", 37, "its list of identifiers says so too"),
        ("changing", 50, "it revised that size on the way"),
    ],
)
def test_a_size_that_is_not_borne_out_is_noted_with_what_came(crawl, size, said, why):
    outcome = crawl(entries(30, files=False), troubles=Troubles(size=size))

    assert (outcome.status, outcome.result.expected, outcome.result.got) == (0, 30, 30)
    (note,) = outcome.result.notes
    assert f"the repository said {said} entries (completeListSize); 30 came, and {why}" in note


def test_a_token_that_always_expires_is_met_with_smaller_windows(crawl):
    outcome = crawl(entries(45, files=False), troubles=Troubles(expire_always_at=20))

    assert outcome.status == 0, outcome.result.failures
    assert len(outcome.records) == 45
    assert any("until" in said for said in crawl.server.asked)


@pytest.mark.parametrize(
    ("is_seconds", "forget_until", "size"),
    [(True, False, "right"), (True, True, "right"), (False, True, "missing"), (False, False, "missing")],
)
def test_a_long_list_is_asked_in_windows_that_sum_to_the_whole(crawl, is_seconds, forget_until, size):
    outcome = crawl(
        entries(60, files=False),
        troubles=Troubles(forget_until=forget_until, size=size),
        page=4,
        is_seconds=is_seconds,
        window_entries=9,
    )

    assert outcome.status == 0, outcome.result.failures
    assert outcome.result.expected == len(outcome.records) == 60
    windows = {
        (said.get("from"), said.get("until")) for said in crawl.server.asked if "metadataPrefix" in said
    }
    assert len(windows) > 6


def test_an_entry_that_comes_during_the_crawl_is_had_too(crawl):
    late = Item(99, "2026-06-30T12:00:01Z", said=(("title", "Late"),))

    outcome = crawl(entries(30, files=False), troubles=Troubles(new_item_at=(20, late)), window_entries=9)

    assert outcome.status == 0, outcome.result.failures
    assert len({*outcome.records} - {late.identifier}) == 30


def test_sets_and_dates_are_asked_for_and_an_entry_of_two_sets_comes_once(crawl):
    items = entries(12, files=False)
    items[0] = replace(items[0], sets=("reports", "theses"))
    items[1] = replace(items[1], sets=("theses",))
    items[2] = replace(items[2], sets=("others",))

    outcome = crawl(items, sets=["reports", "theses"], changed_since="2026-01-03")

    assert outcome.status == 0, outcome.result.failures
    assert len(outcome.records) == outcome.result.expected == 11
    assert {said.get("set") for said in crawl.server.asked if "metadataPrefix" in said} == {
        "reports",
        "theses",
    }
    assert {said.get("from") for said in crawl.server.asked if "metadataPrefix" in said} == {
        "2026-01-03T00:00:00Z"
    }


def test_what_the_search_leaves_out_is_counted(crawl):
    items = entries(10, files=False)
    items[0] = replace(items[0], said=(("title", "Bridges"), ("subject", "Social work")))
    items[1] = replace(items[1], said=(("title", "Care  LEAVERS"), ("subject", "Engineering")))

    outcome = crawl(items, terms=["care leavers"], subjects=["social work"], published_from=2010)

    assert outcome.status == 0, outcome.result.failures
    assert outcome.result.expected == outcome.result.got == 10
    counts = outcome.result.counts
    aside = {name: n for name, n in counts.items() if name.startswith("set_aside")}
    assert aside == {"set_aside_no_term": 1, "set_aside_other_subject": 1, "set_aside_too_early": 2}
    assert counts["records"] == len(outcome.records) == 6


@pytest.mark.parametrize("size", ["right", "missing"])
def test_a_deleted_entry_is_a_bare_notice_that_it_is_gone(crawl, size):
    items = entries(25, files=False)
    items[12] = replace(items[12], is_deleted=True, said=())

    outcome = crawl(items, troubles=Troubles(size=size), terms=["care leavers"])

    assert outcome.status == 0, outcome.result.failures
    assert outcome.result.expected == outcome.result.got == 25
    notice = outcome.records.pop("oai:pretend.invalid:13")
    assert (notice["title"], notice["gone_reason"]) == (
        "",
        f"deleted in the repository ({items[12].datestamp})",
    )
    assert not any(record["gone_reason"] for record in outcome.records.values())


def test_an_empty_repository_holds_nothing_and_that_is_complete(crawl):
    outcome = crawl([])

    assert (outcome.status, outcome.result.expected, outcome.records) == (0, 0, {})


def test_a_base_address_that_is_no_repository_fails_the_run(tmp_path):
    with OaiServer(entries(1)) as server:
        outcome = crawl_process.run(
            tmp_path / "crawl",
            declaration=server.declaration(base="/elsewhere"),
            run_uid=uuid4(),
            warc_dir=tmp_path / "warc",
        )

    assert outcome.status == 1
    assert "did not answer" in outcome.result.failures[0]


def test_a_killed_crawl_is_taken_up_though_its_token_is_forgotten_and_replays_to_the_same(tmp_path):
    run_uid, warc_dir = uuid4(), tmp_path / "warc"
    with OaiServer(entries(40), page=8, delay=0.02) as server:
        order = {"declaration": server.declaration(), "run_uid": run_uid, "warc_dir": warc_dir}
        process = crawl_process.begin(tmp_path / "crawl", **order)
        deadline = time.monotonic() + 30
        while sum(server.hits.values()) < 5 and time.monotonic() < deadline:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
        server.tokens.clear()

        finished = crawl_process.run(tmp_path / "crawl", **order)

        files = [n for path, n in server.hits.items() if path.endswith(".pdf")]
    assert finished.status == 0, finished.result.failures
    assert len(finished.records) == len(files) == 40
    (recording,) = warc_dir.glob("*.warc.gz")
    replayed = crawl_process.run(
        tmp_path / "replay",
        declaration=order["declaration"],
        run_uid=run_uid,
        warc_dir=tmp_path / "none",
        replay=recording,
        is_offline=True,
    )
    assert (replayed.records, replayed.result) == (finished.records, finished.result)
