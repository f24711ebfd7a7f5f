"""The same crawl from its WARC, the servers gone and every socket refused."""

from uuid import uuid4

import pytest

from harvester.warc import read_body, run_of
from tests.fakes import crawl_process
from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import (
    Asset,
    Fault,
    Site,
    asset_path,
    file_attachment,
    html_attachment,
    html_publication,
    minimal_pdf,
    publication,
)


def test_a_replay_yields_the_same_items_and_captures_without_any_network(crawled, tmp_path):
    replayed = crawl_process.run(
        tmp_path,
        declaration=crawled.declaration,
        run_uid=crawled.run_uid,
        warc_dir=tmp_path / "none",
        replay=crawled.warc,
        is_offline=True,
    )

    assert replayed.status == 0, replayed.log
    assert replayed.records == crawled.outcome.records
    assert replayed.captures == crawled.outcome.captures
    assert replayed.result == crawled.outcome.result
    assert not (tmp_path / "none").exists()


def test_the_refusal_of_sockets_is_real(crawled, tmp_path):
    """Without a recording the same order dies at its first connection: the test above could have failed."""
    died = crawl_process.run(
        tmp_path,
        declaration=crawled.declaration,
        run_uid=uuid4(),
        warc_dir=tmp_path / "warc",
        is_offline=True,
    )

    assert died.status == 99
    assert "the network was used" in died.log


@pytest.fixture
def troubled() -> Site:
    site = Site()
    files = [file_attachment(n, filename=f"{n}.pdf", title=f"File {n}") for n in (1, 2, 3)]
    for attachment in files:
        site.assets[asset_path(attachment)] = Asset(minimal_pdf(attachment["title"]))
    site.publish(publication("troubled", attachments=files))
    site.faults[asset_path(files[0])] = Fault("truncate", times=99)
    site.faults[asset_path(files[1])] = Fault("status", times=1, status=503)
    site.faults[asset_path(files[2])] = Fault("status", times=99, status=502)
    return site


def test_failures_replay_as_they_were(troubled, tmp_path):
    run_uid = uuid4()
    with GovukServer(troubled) as server:
        order = {"declaration": server.declaration(), "run_uid": run_uid, "warc_dir": tmp_path / "warc"}
        first = crawl_process.run(tmp_path / "crawl", **order)
    (warc,) = (tmp_path / "warc").glob("*.warc.gz")
    replayed = crawl_process.run(tmp_path / "replay", **{**order, "replay": warc, "is_offline": True})

    (record,) = first.records.values()
    cut_short, recovered, broken = record["documents"]
    assert (cut_short["status"], cut_short["reason"]) == ("not_retrieved", "the answer broke off")
    assert recovered["status"] == "retrieved"
    assert [first.captures[name]["status"] for name in recovered["captures"]] == [503, 200]
    assert (broken["status"], broken["reason"]) == ("not_retrieved", "unexpected answer: 502")
    assert len(first.result.failures) == 1
    assert first.result.failures[0].startswith("2 addresses gave no answer")
    assert first.status == replayed.status == 1
    assert (replayed.records, replayed.captures) == (first.records, first.captures)
    assert replayed.result == first.result


def test_what_is_not_recorded_is_a_failure_and_never_fetched(crawled, tmp_path):
    grown = crawled.declaration.replace('"corporate_report"', '"corporate_report", "policy_paper"')
    assert grown != crawled.declaration

    replayed = crawl_process.run(
        tmp_path,
        declaration=grown,
        run_uid=crawled.run_uid,
        warc_dir=tmp_path / "none",
        replay=crawled.warc,
        is_offline=True,
    )

    assert replayed.status == 1
    assert "is not in the recording" in replayed.result.failures[0]
    assert replayed.records == {}


def test_a_recording_is_replayed_under_its_own_identity_only(crawled, tmp_path):
    replayed = crawl_process.run(
        tmp_path,
        declaration=crawled.declaration,
        run_uid=uuid4(),
        warc_dir=tmp_path / "none",
        replay=crawled.warc,
    )

    assert replayed.result is None
    assert f"is the recording of run {crawled.run_uid}" in replayed.log


def test_a_recording_under_another_name_is_replayed_alone(crawled, tmp_path):
    renamed = tmp_path / "renamed.warc.gz"
    renamed.write_bytes(crawled.warc.read_bytes())

    replayed = crawl_process.run(
        tmp_path / "replay",
        declaration=crawled.declaration,
        run_uid=crawled.run_uid,
        warc_dir=tmp_path / "none",
        replay=renamed,
        is_offline=True,
    )

    assert replayed.records == crawled.outcome.records
    assert {capture["warc_file"] for capture in replayed.captures.values()} == {"renamed.warc.gz"}


def test_the_shipped_recording_of_specimens_replays(tmp_path):
    demo = crawl_process.REPOSITORY / "greysift" / "demo"
    recording = demo / "specimens.warc.gz"
    recorded = run_of(recording)

    replayed = crawl_process.run(
        tmp_path,
        declaration=(demo / "specimens.toml").read_text(),
        run_uid=recorded.uid,
        warc_dir=tmp_path / "none",
        replay=recording,
        is_offline=True,
    )

    assert replayed.status == 0, replayed.log
    assert recorded.source == "specimens"
    assert recording.stat().st_size < 1_500_000
    assert all(record["title"].startswith("Specimen") for record in replayed.records.values())
    specimens = {path.name: path.read_bytes() for path in (demo / "specimens").glob("*.pdf")}
    kept = {
        document["url"].rpartition("/")[2]: read_body(recording, capture["warc_offset"])
        for record in replayed.records.values()
        for document in record["documents"]
        if document["media_type"] == "application/pdf" and document["status"] == "retrieved"
        for capture in [replayed.captures[document["captures"][-1]]]
    }
    assert kept == specimens


@pytest.mark.parametrize("most", [9, 16])
def test_texts_kept_beside_what_was_under_way_at_the_end_are_replayed_too(most, tmp_path):
    """A limit ends the crawl between an attachment that was kept as a page and the next one of its publication."""
    site = Site(delay=0.01)
    for n in range(12):
        path = f"/government/publications/p{n}"
        parts = [html_attachment(4 * n + k, title=f"Part {k}", path=f"{path}/part-{k}") for k in range(4)]
        item = publication(f"p{n}", attachments=parts)
        site.publish(item)
        for k in range(4):
            page = html_publication(item, f"part-{k}", title=f"Part {k}", body=f"<p>Text {n} {k}</p>")
            site.publish(page, listed=False)
    order = {"run_uid": uuid4(), "warc_dir": tmp_path / "warc"}
    with GovukServer(site) as server:
        order["declaration"] = f"{server.declaration()}\n[limits]\nrequests = {most}\n"
        live = crawl_process.run(tmp_path / "live", **order)
    (warc,) = (tmp_path / "warc").glob("*.warc.gz")

    replayed = crawl_process.run(tmp_path / "replay", **order, replay=warc, is_offline=True)

    assert "limits.requests" in live.result.failures[0]
    kept = {
        name
        for record in live.records.values()
        for document in record["documents"]
        for name in document["captures"]
    }
    texts = {n for n, fact in live.captures.items() if ["Content-Type", "text/html"] in fact["headers"]}
    assert texts - kept
    assert replayed.captures == live.captures
    assert replayed.records == live.records
    assert replayed.result == live.result
