"""The same spider against a real repository: the library ``oai_repo``, with its own tokens and its own refusals."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.oai_real import RealOaiServer
from tests.fakes.oai_server import entries


@pytest.fixture
def crawl(tmp_path):
    def crawl_items(items, *, on_page=None, **filters):
        with RealOaiServer(items, page=8) as server:
            server.on_page = on_page
            crawl_items.server = server
            return crawl_process.run(
                tmp_path / "crawl",
                declaration=server.declaration(**filters),
                run_uid=uuid4(),
                warc_dir=tmp_path / "warc",
            )

    return crawl_items


def test_all_entries_of_a_real_repository_and_their_files(crawl):
    outcome = crawl(entries(20), sets=["reports"])

    assert outcome.status == 0, outcome.result.failures
    assert outcome.result.expected == len(outcome.records) == 20
    assert outcome.result.counts["documents_retrieved"] == 20
    assert outcome.records["oai:pretend.invalid:3"]["said"]["metadata"]["creator"] == ["Author 3"]


def test_windows_of_a_real_repository_sum_to_the_whole(crawl):
    outcome = crawl(entries(40, files=False), window_entries=9)

    assert outcome.status == 0, outcome.result.failures
    assert outcome.result.expected == len(outcome.records) == 40
    assert any("until" in said for said in crawl.server.asked)


def test_a_deletion_during_the_crawl_voids_the_token_and_the_list_is_begun_again(crawl):
    def delete_one(server, page):
        if page == 2 and len(server.items) == 30:
            server.items.pop(3)

    outcome = crawl(entries(30, files=False), on_page=delete_one)

    assert outcome.status == 0, outcome.result.failures
    assert len(outcome.records) == 29
    assert outcome.result.counts["lists_begun_again"] == 1


def test_an_entry_that_only_the_bare_list_shows_is_accounted_for(crawl):
    items = entries(10, files=False)
    items[4] = replace(
        items[4], is_deleted=True, said=()
    )  # the library shows it without metadata, and not as deleted

    outcome = crawl(items)

    assert outcome.status == 0, outcome.result.failures
    assert outcome.result.expected == outcome.result.got == 10
    assert outcome.result.counts["set_aside_no_metadata"] == 1
    assert len(outcome.records) == 9
