"""Any process may be killed at any moment; the same command again completes the work."""

import subprocess
import sys

import pytest

from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import Asset, Site, asset_path, file_attachment, publication
from tests.integration.greysift.commands import environment, greysift, greysift_json
from tests.integration.greysift.killing import kill_when, make_workspace, wait_until
from tests.integration.greysift.rows import column, counts
from tests.shared_material import REPOSITORY

SPECIMENS = sorted((REPOSITORY / "greysift" / "demo" / "specimens").glob("*.pdf"))
TO_COMPARE = (
    "corpus_record",
    "corpus_report",
    "corpus_capture",
    "corpus_sighting",
    "corpus_searchrun",
    "corpus_extractedtext",
)


def site_of(documents: int) -> Site:
    """Return a site of so many publications, each with a file of its own bytes."""
    site = Site()
    for number in range(documents):
        origin = SPECIMENS[number % len(SPECIMENS)]
        body = origin.read_bytes() + f"\n% copy {number}\n".encode()
        attachment = file_attachment(
            number, filename=f"report-{number}.pdf", title=f"Report {number}", size=len(body)
        )
        site.assets[asset_path(attachment)] = Asset(body)
        site.publish(
            publication(
                f"report-{number}",
                title=f"Evaluation of a programme for care leavers, part {number}",
                description="An evaluation.",
                published=f"2015-03-{number + 1:02}",
                attachments=[attachment],
            )
        )
    return site


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Harvest and read a site without any disturbance; return its counts."""
    workspace = tmp_path_factory.mktemp("undisturbed")
    with GovukServer(site_of(12)) as server:
        make_workspace(workspace, server)
        greysift(workspace, "harvest", "--source", "local-govuk")
    greysift(workspace, "extract")
    return counts(workspace)


def test_killed_harvest_and_killed_extraction_end_as_undisturbed_ones(undisturbed, tmp_path):
    with GovukServer(site_of(12)) as server:
        workspace = make_workspace(tmp_path, server)
        server.site.delay = 0.1
        for requests in (3, 10, 19):
            kill_when(
                lambda wanted=requests: server.hits.total() >= wanted,
                workspace,
                "harvest",
                "--source",
                "local-govuk",
            )
        harvested = greysift_json(workspace, "harvest", "--source", "local-govuk")
        asked_again = sum(n - 1 for url, n in server.hits.items() if "/media/" in url)
    assert harvested["status"] == "complete"
    assert asked_again <= 6  # for each death at most one answer on its way and one not yet on the disk

    for read in (1, 5):
        kill_when(
            lambda wanted=read: counts(workspace)["corpus_extractedtext"] >= wanted, workspace, "extract"
        )
    greysift(workspace, "extract")

    found = counts(workspace)
    rules = column(workspace, "SELECT url FROM corpus_capture WHERE url LIKE '%/robots.txt'")
    found["corpus_capture"] -= len(rules) - len(set(rules))  # each attempt asks for them anew
    assert {name: found[name] for name in TO_COMPARE} == {name: undisturbed[name] for name in TO_COMPARE}
    assert found["corpus_lease"] == 0
    assert not list((workspace / "var").glob("**/.draft-*"))
    assert column(workspace, "SELECT DISTINCT status FROM corpus_searchrun") == ["complete"]


def test_second_process_on_the_same_source_waits_for_the_first_and_reports_its_run(tmp_path):
    with GovukServer(site_of(12)) as server:
        workspace = make_workspace(tmp_path, server)
        server.site.delay = 3
        first = subprocess.Popen(
            [sys.executable, "-m", "greysift", "harvest", "--source", "local-govuk"],
            cwd=workspace,
            env=environment(workspace),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: server.hits.total() > 0)

        second = subprocess.Popen(
            [sys.executable, "-m", "greysift", "harvest", "--source", "local-govuk"],
            cwd=workspace,
            env=environment(workspace),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert "is being crawled by" in second.stderr.readline()
        server.site.delay = 0

        said, _ = second.communicate(timeout=120)
        assert all(words in said for words in ("complete", "12 of 12 records", "this run was here already"))
        assert (first.wait(timeout=120), second.returncode) == (0, 0)
        assert column(workspace, "SELECT COUNT(*) FROM corpus_searchrun") == [1]
