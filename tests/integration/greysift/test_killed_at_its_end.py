"""A crawl that is killed when it has asked everything: while it stores, closes its run, or is as good as over."""

import os
import random
import signal
import time

from tests.fakes.govuk_server import GovukServer
from tests.integration.greysift.commands import greysift_json
from tests.integration.greysift.killing import begin, make_workspace, wait_until
from tests.integration.greysift.rows import column, counts
from tests.integration.greysift.test_kill import site_of

COUNT = 6
HARVEST = ("harvest", "--source", "local-govuk")


def test_a_crawl_killed_at_its_end_has_every_document_once(tmp_path):
    """Before its run is closed the same command takes it up; after that it is a search of its own, which changes nothing."""
    pause = random.SystemRandom().uniform(0, 0.6)
    print(f"killed {pause:.3f} s after the last request")  # noqa: T201 - shown when the test fails
    with GovukServer(site_of(COUNT)) as server:
        workspace = make_workspace(tmp_path, server)
        process = begin(workspace, *HARVEST)
        wait_until(lambda: sum("/media/" in url for url in server.hits) == COUNT)
        time.sleep(pause)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        before = column(workspace, "SELECT status FROM corpus_searchrun")

        outcome = greysift_json(workspace, *HARVEST)

    assert (outcome["status"], outcome["got"]) == ("complete", COUNT)
    found = counts(workspace)
    assert found["corpus_record"] == found["corpus_report"] == COUNT
    assert found["corpus_lease"] == 0
    bodies = column(
        workspace, "SELECT body_sha256 FROM corpus_capture WHERE url LIKE '%/media/%' AND status = 200"
    )
    assert len(bodies) == len(set(bodies)) == COUNT
    after = column(workspace, "SELECT status FROM corpus_searchrun ORDER BY id")
    assert after == (["complete"] if before == ["running"] else ["complete", "complete"])
    assert not list((workspace / "var").glob("**/*.open"))
