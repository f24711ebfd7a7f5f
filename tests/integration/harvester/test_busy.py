"""Hosts that say "later" for ever: asked a few times, never too soon, and then done without."""

from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.web_server import Answer, WebServer, WebSite, pdf

TABLES = """
[entry]
lists = ["HOST/list"]
[list]
item = "li"
[politeness]
delay_seconds = {delay}
patience_seconds = {patience}
"""


def site_with(later: Answer) -> WebSite:
    entries = "".join(f'<li><a href="/{name}.pdf">{name}</a></li>' for name in "abc")
    pages = {"/list": Answer(f"<ul>{entries}</ul>"), "/a.pdf": pdf("a"), "/b.pdf": later, "/c.pdf": pdf("c")}
    return WebSite(pages=pages)


def busy(status: int, seconds: float) -> Answer:
    return Answer("busy", status=status, headers={"Retry-After": str(seconds)})


@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_between_patience_and_pace_is_waited_for_and_the_address_tried_four_times(status, tmp_path):
    with WebServer(site_with(busy(status, 0.1))) as server:
        declaration = server.declaration("listing", TABLES.format(delay=0.15, patience=0.05))
        outcome = crawl_process.run(
            tmp_path, declaration=declaration, run_uid=uuid4(), warc_dir=tmp_path / "warc"
        )

    assert server.hits["/b.pdf"] == 4
    assert outcome.status == 1
    assert f"{server.url}/b.pdf (unexpected answer: {status})" in " ".join(outcome.result.failures)
    assert {len(outcome.records), outcome.result.counts["documents_retrieved"]} == {3, 2}


def test_an_address_that_always_says_later_is_given_up_by_name_and_the_run_ends(tmp_path):
    """Each attempt has turns of its own here, as if the hour were over."""
    order = {"run_uid": uuid4(), "warc_dir": tmp_path / "warc"}
    with WebServer(site_with(busy(429, 3600))) as server:
        declaration = server.declaration("listing", TABLES.format(delay=0.0, patience=1))
        outcomes = [crawl_process.run(tmp_path / "live", declaration=declaration, **order) for _ in range(5)]
    (warc,) = (tmp_path / "warc").glob("*.warc.gz")
    replay = crawl_process.run(
        tmp_path / "replay", declaration=declaration, **order, replay=warc, is_offline=True
    )

    assert server.hits["/b.pdf"] == 4
    statuses = [outcome.status for outcome in outcomes]
    assert statuses[:3] == [crawl_process.PUT_OFF] * 3
    assert statuses[-1] == 1
    last = outcomes[-1]
    assert f"{server.url}/b.pdf (unexpected answer: 429)" in " ".join(last.result.failures)
    assert {len(last.records), last.result.counts["documents_retrieved"]} == {3, 2}
    assert (replay.records, replay.captures) == (last.records, last.captures)
    assert replay.result == last.result
