"""OpenAlex: every work that it counts, paged by cursor, each once, whatever happens meanwhile."""

import gzip
import signal
import time
from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.openalex_server import OpenalexServer, work


@pytest.fixture
def crawl(tmp_path):
    def crawl_works(works, *, declared=None, order=None, **server):
        with OpenalexServer(works, **server) as running:
            crawl_works.server = running
            return crawl_process.run(
                tmp_path / "crawl",
                declaration=running.declaration(**(declared or {})),
                run_uid=uuid4(),
                warc_dir=tmp_path / "warc",
                **(order or {}),
            )

    return crawl_works


def test_every_work_that_is_counted_becomes_a_record(crawl):
    outcome = crawl([work(n) for n in range(1, 36)])

    assert outcome.status == 0, outcome.result.failures
    assert outcome.result.expected == outcome.result.got == len(outcome.records) == 35
    record = outcome.records["W7"]
    assert (record["title"], record["summary"]) == ("Work 7", "Leaving care is not care")
    assert (record["publisher"], record["published"]) == ("Pretended Press", "2020-08-08")
    assert (record["url"], record["document_type"]) == ("https://doi.org/10.1234/7", "report")
    assert record["said"]["authors"] == ["Author 7"]
    assert "cited_by_count" not in record["said"]
    assert {said["per_page"] for said in crawl.server.asked} == {"10"}
    assert all(
        "(grey-literature harvester; contact: mailto:library@example.org)" in agent
        for agent in crawl.server.agents
    )


def test_files_of_others_are_named_and_never_fetched_those_of_declared_hosts_are(crawl):
    places = {"landing_page_url": "http://HOST/1", "pdf_url": "http://HOST/1.pdf", "is_oa": True}
    ours = work(1, best_oa_location=places, locations=[places])
    theirs = work(2, locations=[{**places, "pdf_url": "https://elsewhere.example.invalid/2.pdf"}])

    records = crawl([ours, theirs, work(3)]).records

    fates = {
        key: [(d["status"], d["reason"]) for d in record["documents"]] for key, record in records.items()
    }
    assert fates == {
        "W1": [("retrieved", None)],
        "W2": [("not_retrieved", "external")],
        "W3": [("not_retrieved", "external")],
    }


def test_a_retracted_work_says_so(crawl):
    (record,) = crawl([work(1, is_retracted=True)]).records.values()

    assert record["withdrawn_reason"] == "retracted, as OpenAlex has it"


@pytest.mark.parametrize("number", [1, 3])
def test_works_that_come_during_the_crawl_cost_nothing(crawl, number):
    def add(server, page):
        if page == number:
            server.works += [work(90, publication_date="1999-01-01"), work(91, publication_date="2026-01-01")]

    outcome = crawl([work(n) for n in range(1, 36)], before_page=add)

    assert outcome.status == 0, outcome.result.failures
    assert {f"W{n}" for n in range(1, 36)} <= outcome.records.keys()
    assert "W91" in outcome.records


@pytest.mark.parametrize(
    ("server", "declared", "said"),
    [
        ({"keep_back": ["https://openalex.org/W5"]}, {}, "holds 25 records for this search; 24 were got"),
        ({"same_cursor": True}, {}, "same cursor twice"),
        ({"key": "a key"}, {}, "an API key is required); if it wants a key, get one there"),
        ({"key": "a key"}, {}, "set GREYSIFT_KEY_LOCAL_WORKS"),
        ({}, {"filter": "author_name:Baker"}, "Unknown filter field: author_name"),
    ],
)
def test_what_is_short_or_refused_fails_the_run(crawl, server, declared, said):
    outcome = crawl([work(n) for n in range(1, 26)], declared=declared, **server)

    assert outcome.status == 1
    assert said in " ".join(outcome.result.failures)


def test_a_key_is_sent_to_the_entry_point_alone_and_stands_in_no_recording(crawl, tmp_path):
    outcome = crawl([work(1)], key="s3cret-k3y", order={"key": "s3cret-k3y"})

    assert outcome.status == 0, outcome.result.failures
    (recording,) = (tmp_path / "warc").glob("*.warc.gz")
    recorded = gzip.decompress(recording.read_bytes())
    assert b"Authorization: withheld" in recorded
    assert b"s3cret-k3y" not in recorded
    assert "s3cret-k3y" not in outcome.log


def test_a_killed_crawl_is_taken_up_and_replays_to_the_same(tmp_path):
    run_uid, warc_dir = uuid4(), tmp_path / "warc"
    with OpenalexServer([work(n) for n in range(1, 46)], delay=0.05) as server:
        order = {"declaration": server.declaration(per_page=5), "run_uid": run_uid, "warc_dir": warc_dir}
        process = crawl_process.begin(tmp_path / "crawl", **order)
        deadline = time.monotonic() + 30
        while len(server.asked) < 4 and time.monotonic() < deadline:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()

        finished = crawl_process.run(tmp_path / "crawl", **order)

        asked = [said["cursor"] for said in server.asked]
    assert finished.status == 0, finished.result.failures
    assert len(finished.records) == 45
    assert len(asked) - len(set(asked)) <= 1  # the one that was under way
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
