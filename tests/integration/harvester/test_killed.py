"""A crawl that is killed, at any moment and more than once, and then run again."""

import signal
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from harvester.book import is_robots
from harvester.warc import read_captures, run_files
from tests.fakes import crawl_process
from tests.fakes.crawl_checks import comparable, without_rules
from tests.fakes.govuk_examples import one_of_everything
from tests.fakes.govuk_server import GovukServer


@pytest.fixture
def server():
    site = one_of_everything()
    site.delay = 0.03
    with GovukServer(site) as running:
        yield running


SEARCH = "/api/search.json"


def stop_after(server: GovukServer, hits: int, folder: Path, how: signal.Signals, **order: Any) -> int:
    process = crawl_process.begin(folder, **order)
    deadline = time.monotonic() + 30
    while sum(server.hits.values()) < hits and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(how)
    return process.wait(timeout=30)


def captured_urls(folder: Path, run_uid: UUID) -> set[str]:
    return {fact.url for path in run_files(folder, run_uid) for fact in read_captures(path)}


def asked_again(server: GovukServer, seen: dict[str, int]) -> set[str]:
    """Return what was asked for though its answer was on the disk.

    The search is, once more, at every crawl's end, and each host's robots.txt by every attempt.
    """
    again = {url for url, n in server.hits.items() if url in seen and n > seen[url]}
    return {url for url in again if SEARCH not in url and not is_robots(url)}


def test_a_crawl_killed_again_and_again_ends_as_if_undisturbed(server, tmp_path):
    undisturbed = crawl_process.run(
        tmp_path / "undisturbed",
        declaration=server.declaration(),
        run_uid=uuid4(),
        warc_dir=tmp_path / "undisturbed-warc",
    )
    server.forget()
    run_uid, warc_dir, folder = uuid4(), tmp_path / "warc", tmp_path / "killed"
    order = {"declaration": server.declaration(), "run_uid": run_uid, "warc_dir": warc_dir}

    seen: dict[str, int] = {}
    for hits in (2, 9, 17, 24):
        status = stop_after(server, hits, folder, signal.SIGKILL, **order)
        assert status == -signal.SIGKILL
        assert not (folder / "result.json").exists()
        assert not asked_again(server, seen)
        known = captured_urls(warc_dir, run_uid)
        seen = {url: server.hits[url] for url in known}
    assert seen
    killed = crawl_process.run(folder, **order)

    assert not asked_again(server, seen)
    assert comparable(killed) == comparable(undisturbed)
    assert killed.result.failures == []
    assert without_rules(killed) == without_rules(undisturbed)
    assert [path.suffix for path in run_files(warc_dir, run_uid)] == [".gz"]
    facts = [fact for path in run_files(warc_dir, run_uid) for fact in read_captures(path)]
    assert {fact.record_id for fact in facts} == killed.captures.keys()


def test_an_interrupted_crawl_stays_open_and_is_taken_up_again(server, tmp_path):
    run_uid, warc_dir = uuid4(), tmp_path / "warc"
    order = {"declaration": server.declaration(), "run_uid": run_uid, "warc_dir": warc_dir}

    status = stop_after(server, 6, tmp_path / "crawl", signal.SIGINT, **order)

    assert status == 130
    assert not (tmp_path / "crawl" / "result.json").exists()
    assert [path.suffix for path in run_files(warc_dir, run_uid)] == [".open"]
    once_captured = captured_urls(warc_dir, run_uid)
    server.forget()
    finished = crawl_process.run(tmp_path / "crawl", **order)
    assert finished.status == 0
    assert len(finished.records) == 15
    assert not asked_again(server, dict.fromkeys(once_captured, 0))
    assert [n for url, n in server.hits.items() if SEARCH in url] == [1]


def test_a_finished_crawl_run_again_asks_nothing_and_adds_nothing(crawled, tmp_path):
    crawled.server.forget()
    before = crawled.warc.read_bytes()

    again = crawl_process.run(
        tmp_path,
        declaration=crawled.declaration,
        run_uid=crawled.run_uid,
        warc_dir=crawled.folder / "warc",
    )

    assert again.status == 0
    assert (again.records, again.captures) == (crawled.outcome.records, crawled.outcome.captures)
    assert again.result == crawled.outcome.result
    assert not crawled.server.hits
    assert crawled.warc.read_bytes() == before
    assert [path.name for path in crawled.warc.parent.iterdir()] == [crawled.warc.name]


def test_two_processes_never_write_one_run(server, tmp_path):
    order = {"declaration": server.declaration(), "run_uid": uuid4(), "warc_dir": tmp_path / "warc"}
    server.site.delay = 0.3
    first = crawl_process.begin(tmp_path / "first", **order)
    deadline = time.monotonic() + 30
    while not server.hits and time.monotonic() < deadline:
        time.sleep(0.01)
    second = crawl_process.run(tmp_path / "second", **order)
    first.send_signal(signal.SIGKILL)
    first.wait()

    assert second.result is None
    assert "BusyError" in second.log
