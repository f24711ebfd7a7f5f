"""Three hundred documents, a quarter of a second each; crawlers killed at random moments; every document once."""

import os
import random

import pytest

from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import Asset, Site, asset_path, file_attachment, minimal_pdf, publication
from tests.integration.greysift.commands import greysift_json
from tests.integration.greysift.killing import begin, kill, make_workspace, wait_until
from tests.integration.greysift.rows import column, counts, rows

COUNT = 300
REQUESTS = 2 * COUNT  # a content item and a file each; robots.txt and the search come on top
DELAY = 0.25
CONNECTIONS = "32"


@pytest.fixture
def server():
    site = Site()
    site.delay = DELAY
    for number in range(COUNT):
        attachment = file_attachment(number, filename=f"{number}.pdf", title=f"Report {number}")
        site.assets[asset_path(attachment)] = Asset(minimal_pdf(f"Report {number}"))
        site.publish(publication(f"report-{number}", attachments=[attachment], published="2015-03-01"))
    with GovukServer(site) as running:
        yield running


@pytest.fixture
def moments():
    """Return three random moments, as numbers of requests; ``GREYSIFT_TEST_SEED`` repeats them."""
    seed = int(os.environ.get("GREYSIFT_TEST_SEED") or random.SystemRandom().randrange(10**6))
    found = sorted(random.Random(seed).sample(range(1, REQUESTS - 40), 3))
    print(f"GREYSIFT_TEST_SEED={seed}: killed after {found} requests")  # noqa: T201 - shown when a test fails
    return found


def check_each_is_there_once(workspace, server):
    stored = rows(
        workspace,
        "SELECT report.url, capture.body_sha256 FROM corpus_report report "
        "JOIN corpus_capture capture ON capture.id = report.capture_id WHERE report.status = 'retrieved'",
    )
    assert len(stored) == len(set(stored)) == len({sha256 for _, sha256 in stored}) == COUNT
    urls = column(workspace, "SELECT url FROM corpus_capture")
    searches = [url for url in urls if "/api/search.json" in url]  # asked anew until nothing new is listed
    rules = [url for url in urls if url.endswith("/robots.txt")]  # asked anew by each attempt
    assert len(urls) - len(searches) - len(rules) == len(set(urls) - set(searches) - set(rules))
    assert set(urls) == set(server.hits)  # what was asked is there, and nothing twice
    found = counts(workspace)
    assert {found[name] for name in ("corpus_record", "corpus_sighting", "corpus_report")} == {COUNT}
    assert found["corpus_lease"] == 0
    assert column(workspace, "SELECT status FROM corpus_searchrun") == ["complete"]
    assert column(workspace, "SELECT holder FROM corpus_hostturn WHERE holder IS NOT NULL") == []


def test_a_crawl_killed_at_three_random_moments_has_every_document_once(server, moments, tmp_path):
    workspace = make_workspace(tmp_path, server, connections=CONNECTIONS)
    for moment in moments:
        process = begin(workspace, "harvest", "--source", "local-govuk")
        wait_until(lambda wanted=moment: server.hits.total() >= wanted)
        kill(process)

    outcome = greysift_json(workspace, "harvest", "--source", "local-govuk")

    assert (outcome["status"], outcome["expected"], outcome["got"]) == ("complete", COUNT, COUNT)
    check_each_is_there_once(workspace, server)


def test_of_two_workers_one_is_killed_and_the_other_completes(server, moments, tmp_path):
    workspace = make_workspace(tmp_path, server, connections=CONNECTIONS)
    first = begin(workspace, "harvest", "--source", "local-govuk")
    wait_until(lambda: server.hits.total() > 0)
    second = begin(workspace, "harvest", "--source", "local-govuk")
    assert "is being crawled by" in second.stderr.readline()

    wait_until(lambda: server.hits.total() >= moments[1])
    kill(first)

    _, said = second.communicate(timeout=240)
    assert second.returncode == 0, said
    check_each_is_there_once(workspace, server)
