"""A site that changes while it is crawled: what appeared is read too, nothing comes twice, and there is an end."""

from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import Asset, Site, asset_path, file_attachment, gone, minimal_pdf, publication
from tests.integration.greysift.test_kill import site_of


def publish(site, slug):
    number = len(site.items) + 100
    attachment = file_attachment(number, filename=f"{slug}.pdf", title=slug)
    site.assets[asset_path(attachment)] = Asset(minimal_pdf(slug))
    site.publish(publication(slug, attachments=[attachment]))


class Changes:
    """Makes the changes that are waiting, one before each search after the first."""

    def __init__(self, *waiting):
        self.waiting = [lambda: None, *waiting]

    def __call__(self):
        if self.waiting:
            self.waiting.pop(0)()


def crawl(folder, site, *, run_uid, **order):
    with GovukServer(site) as server:
        declaration = server.declaration()
        outcome = crawl_process.run(
            folder / "crawl", declaration=declaration, run_uid=run_uid, warc_dir=folder / "warc", **order
        )
        return outcome, declaration, dict(server.hits)


def titles(outcome):
    return sorted(record["url"].rpartition("/")[2] for record in outcome.records.values())


@pytest.fixture(scope="module")
def shifted(tmp_path_factory):
    """Crawl ten publications, of which five go and to which five come after the first search; replay that."""
    folder, site, run_uid = tmp_path_factory.mktemp("shifted"), site_of(10), uuid4()

    def shift():
        del site.entries[:5]
        for n in range(5):
            publish(site, f"new-{n}")

    site.before_search = Changes(shift)
    outcome, declaration, hits = crawl(folder, site, run_uid=run_uid)
    (warc,) = (folder / "warc").glob(f"{run_uid}-*.warc.gz")
    replayed = crawl_process.run(
        folder / "replay",
        declaration=declaration,
        run_uid=run_uid,
        warc_dir=folder / "elsewhere",
        replay=warc,
        is_offline=True,
    )
    return outcome, replayed, hits


def test_five_gone_and_five_come_lose_nothing_and_double_nothing(shifted):
    outcome, _, hits = shifted

    assert outcome.status == 0, outcome.log
    assert titles(outcome) == [f"new-{n}" for n in range(5)] + [f"report-{n}" for n in range(10)]
    assert (outcome.result.expected, outcome.result.got) == (15, 15)
    counts = outcome.result.counts
    assert (counts["left_the_list"], counts["documents_that_left_the_list"]) == (5, 5)
    assert {n for url, n in hits.items() if "/api/search" not in url} == {1}
    assert [n for url, n in hits.items() if "/api/search" in url] == [3]


def test_such_a_crawl_replays_to_the_same(shifted):
    outcome, replayed, _ = shifted

    assert replayed.status == 0, replayed.log
    assert (replayed.records, replayed.captures) == (outcome.records, outcome.captures)
    assert replayed.result == outcome.result


def test_a_site_that_never_rests_is_left_with_a_reason(tmp_path):
    site = site_of(1)
    site.before_search = Changes(*(lambda n=n: publish(site, f"restless-{n}") for n in range(9)))

    outcome, _, hits = crawl(tmp_path, site, run_uid=uuid4())

    assert outcome.status == 1
    assert [n for url, n in hits.items() if "/api/search" in url] == [4]
    assert len(outcome.records) == 4
    assert any("something new each of 4 times" in failure for failure in outcome.result.failures)


def test_results_that_are_short_only_while_the_site_changes_are_no_failure(tmp_path):
    site = site_of(3)
    site.hidden_from_results = 1
    site.before_search = Changes(lambda: setattr(site, "hidden_from_results", 0))

    outcome, _, _ = crawl(tmp_path, site, run_uid=uuid4())

    assert outcome.status == 0, outcome.log
    assert len(outcome.records) == 3


def test_a_gone_item_is_a_record_that_the_source_says_is_gone(tmp_path):
    site = Site()
    path = "/government/publications/withdrawn-guide"
    site.publish(publication("withdrawn-guide"))
    site.items[path] = gone(path, explanation="<p>Published in error.</p>")

    outcome, _, _ = crawl(tmp_path, site, run_uid=uuid4())

    (record,) = outcome.records.values()
    assert record["gone_reason"] == "Published in error."
    assert [document["gone_reason"] for document in record["documents"]] == ["Published in error."]
