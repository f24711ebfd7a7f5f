"""Real content items of the real site, with real reports for files, served and crawled."""

import hashlib
import json
from itertools import cycle
from pathlib import Path
from uuid import uuid4

import pytest

from harvester.warc import read_body
from tests.fakes import crawl_process
from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import REAL_ASSETS, Asset, Site, copy_of
from tests.shared_material import SHARED, needs_shared

pytestmark = needs_shared

EXAMPLES = SHARED / "data" / "govuk" / "publishing-api"
SYNTHETIC = SHARED / "data" / "govuk" / "synthetic" / "research-with-attachments.SYNTHETIC.json"
LISTED = ("publication", "consultation", "call_for_evidence", "specialist_document")


def reports() -> list[Path]:
    return sorted((SHARED / "data" / "reports").glob("*.pdf"), key=lambda path: path.stat().st_size)[:8]


def site_of_real_documents() -> Site:
    site, files = Site(), cycle(reports())
    paths = [SYNTHETIC, *sorted(path for kind in LISTED for path in (EXAMPLES / kind).rglob("*.json"))]
    for item in (json.loads(path.read_text()) for path in paths):
        # Some examples are variants of another; the real store has one page for each path and identity.
        if item["base_path"] in site.items or item["content_id"] in {
            i["content_id"] for i in site.items.values()
        }:
            continue
        site.publish(item)
        for attachment in item["details"].get("attachments", []):
            if attachment["url"].startswith(REAL_ASSETS):
                site.assets[attachment["url"].removeprefix(REAL_ASSETS)] = Asset(next(files).read_bytes())
    page = json.loads((EXAMPLES / "html_publication/frontend/best-practice-command-paper.json").read_text())
    (path,) = (
        a["url"] for a in json.loads(SYNTHETIC.read_text())["details"]["attachments"] if a["url"][0] == "/"
    )
    site.publish({**copy_of(page), "base_path": path}, listed=False)
    return site


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    folder, site = tmp_path_factory.mktemp("real"), site_of_real_documents()
    kinds = json.dumps(sorted({entry["content_store_document_type"] for entry in site.entries}))
    run_uid = uuid4()
    with GovukServer(site) as server:
        order = {"declaration": server.declaration(document_types=kinds), "run_uid": run_uid}
        crawled = crawl_process.run(folder / "crawl", warc_dir=folder / "warc", **order)
    (warc,) = (folder / "warc").glob("*.warc.gz")
    replayed = crawl_process.run(folder / "replay", warc_dir=folder, replay=warc, is_offline=True, **order)
    return site, crawled, replayed, warc


def test_every_real_item_becomes_a_record(real):
    site, crawled, _, _ = real

    assert crawled.result.failures == []
    assert len(crawled.records) == len(site.entries) >= 15
    for record in crawled.records.values():
        assert record["title"]
        assert record["published"] is None or len(record["published"]) == 10


def test_every_real_file_is_kept_byte_for_byte(real):
    site, crawled, _, warc = real
    served = {path: hashlib.sha256(asset.body).hexdigest() for path, asset in site.assets.items()}
    files = [d for r in crawled.records.values() for d in r["documents"]]
    retrieved = [d for d in files if d["status"] == "retrieved" and d["media_type"] == "application/pdf"]

    assert len(retrieved) >= 20
    for document in retrieved:
        capture = crawled.captures[document["captures"][-1]]
        body = read_body(warc, capture["warc_offset"])
        path = "/" + document["url"].partition("//")[2].partition("/")[2]
        assert hashlib.sha256(body).hexdigest() == served[path]


def test_a_real_page_is_kept_as_a_page(real):
    _, crawled, _, warc = real
    (page,) = [d for r in crawled.records.values() for d in r["documents"] if d["media_type"] == "text/html"]

    body = read_body(warc, crawled.captures[page["captures"][-1]]["warc_offset"]).decode()

    assert "Connecting people" in body
    assert len(body) > 50_000


def test_what_real_items_say_is_read(real):
    records = {record["title"]: record for record in real[1].records.values()}

    research = records["Adoption and fostering: understanding motivations and barriers"]
    assert research["key"] == "5ef1cfc1-7631-11e4-a3cb-005056011aef"
    assert research["publisher"] == "Department for Education"
    assert (research["published"], research["document_type"]) == ("2013-03-01", "research")
    assert [d["reason"] for d in research["documents"]] == [None, None, "external"]
    withdrawn = records["A guide for pig keepers"]
    assert withdrawn["published"] == "2011-09-29"
    assert withdrawn["withdrawn_reason"].startswith("This information is now out of date.")
    assert records["Postgraduate doctoral loans"]["withdrawn_reason"]


def test_a_body_that_comes_again_is_stored_once(real):
    site, _, _, warc = real

    different = {asset.body for asset in site.assets.values()}
    assert len(different) < len(site.assets)
    assert warc.stat().st_size < 1.2 * sum(map(len, different))


def test_real_documents_replay_without_network(real):
    _, crawled, replayed, _ = real

    assert (replayed.records, replayed.captures) == (crawled.records, crawled.captures)
    assert replayed.result == crawled.result
