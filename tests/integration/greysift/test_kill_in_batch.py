"""A harvest that dies in the middle of a batch: written but not synced, synced but not stored, half stored."""

import signal
import subprocess
import sys

import pytest

from tests.fakes.govuk_server import GovukServer
from tests.integration.greysift.commands import environment, greysift
from tests.integration.greysift.rows import column, counts
from tests.integration.greysift.test_kill import TO_COMPARE, make_workspace, site_of

DOCUMENTS = 12
DIES = """
import importlib, os, signal, sys
from greysift.cli.corpus_access import open_corpus
open_corpus()
from greysift.jobs.harvest import harvest_source
module, name, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
owner = importlib.import_module(module)
for part in name.split(".")[:-1]:
    owner = getattr(owner, part)
name = name.split(".")[-1]
undisturbed, calls = getattr(owner, name), []
def dies(*arguments, **options):
    calls.append(name)
    if len(calls) == wanted:
        os.kill(os.getpid(), signal.SIGKILL)
    return undisturbed(*arguments, **options)
setattr(owner, name, dies)
harvest_source("local-govuk")
"""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    workspace = tmp_path_factory.mktemp("undisturbed")
    with GovukServer(site_of(DOCUMENTS)) as server:
        make_workspace(workspace, server)
        greysift(workspace, "harvest", "--source", "local-govuk")
    return settled(workspace)


def settled(workspace):
    """Return the rows of a crawl, less the answers for robots.txt: each attempt asks for it anew."""
    found = counts(workspace)
    (asked,) = column(workspace, "SELECT count(*) FROM corpus_capture WHERE url LIKE '%/robots.txt'")
    return {name: found[name] - (asked if name == "corpus_capture" else 0) for name in TO_COMPARE}


def harvest_that_dies(workspace, module, name):
    """Harvest in a process that kills itself as it calls a function for the second time."""
    return subprocess.run(
        [sys.executable, "-c", DIES, module, name, "2"],
        cwd=workspace,
        env=environment(workspace),
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=120,
    ).returncode


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("harvester.warc.open_file", "OpenFile.sync"),
        ("corpus.services.harvest", "store_found"),
        ("corpus.services.harvest", "_store_records"),
    ],
)
def test_a_harvest_that_dies_in_the_middle_of_a_batch_loses_and_doubles_nothing(
    module, name, undisturbed, tmp_path
):
    with GovukServer(site_of(DOCUMENTS)) as server:
        workspace = make_workspace(tmp_path, server)
        deaths = 0
        while (status := harvest_that_dies(workspace, module, name)) == -signal.SIGKILL:
            deaths += 1
            assert column(workspace, "SELECT status FROM corpus_searchrun") == ["running"]
            if deaths == 3:
                greysift(workspace, "harvest", "--source", "local-govuk")
                break
        asked = {url for url in server.hits if "/media/" in url}

    assert deaths > 0
    assert status in {0, -signal.SIGKILL}
    assert column(workspace, "SELECT status FROM corpus_searchrun") == ["complete"]
    assert len(asked) == DOCUMENTS
    assert settled(workspace) == undisturbed
