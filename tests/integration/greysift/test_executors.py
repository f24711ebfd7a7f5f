"""One batch through child processes and through a Dask cluster of two workers, of each one killed half way."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import greysift.demo
from corpus.vocabulary.documents import ExtractionLimits
from corpus.vocabulary.errors import WorkspaceError
from greysift.bench.executors.children import kill_a_reader
from greysift.bench.executors.cluster import local_cluster
from greysift.bench.executors.run import make_batch
from greysift.jobs.batch import read_bodies
from greysift.jobs.workers import open_workers
from tests.fakes.govuk_server import GovukServer
from tests.integration.extraction.drawing import show, write_pdf
from tests.integration.greysift.commands import greysift as run
from tests.integration.greysift.commands import greysift_json
from tests.integration.greysift.killing import kill_when, make_workspace
from tests.integration.greysift.rows import column, counts
from tests.integration.greysift.test_kill import site_of

SPECIMENS = Path(greysift.demo.__file__).parent / "specimens"
DOCUMENTS = 24
LIMITS = ExtractionLimits(recognised_pages=0)


@pytest.fixture
def bystander():
    """A child process that reads nothing."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """The specimens, small documents, and one that nobody can read."""
    folder = tmp_path_factory.mktemp("batch")
    for number in range(DOCUMENTS - 12):
        write_pdf(folder / f"{number:03}.pdf", content=show(b"Report %d on leaving care" % number, times=9))
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    for specimen in SPECIMENS.glob("*.pdf"):
        (folder / specimen.name).write_bytes(specimen.read_bytes())
    return make_batch(folder, documents=DOCUMENTS)


def read(batch, crew, *, kill):
    """Read the batch; once half of it is there, ``kill``."""
    found = {}
    for body, result in read_bodies(batch, workers=crew, limits=LIMITS):
        assert body.key not in found
        found[body.key] = (result.stored, result.summary, result.reason)
        if len(found) == len(batch) // 2:
            kill()
    return found


def test_results_are_the_same_whoever_reads_and_whoever_dies(batch, bystander):
    with open_workers(count=2) as crew:
        here = read(batch, crew, kill=kill_a_reader)
    with local_cluster(workers=2) as cluster, open_workers(cluster.address) as crew:
        there = read(batch, crew, kill=lambda: cluster.kill_worker(0))
        lost = cluster.workers[0].returncode

    assert lost == -signal.SIGKILL
    assert bystander.poll() is None
    assert len(here) == DOCUMENTS
    reasons = [reason for _, _, reason in here.values() if reason]
    assert len(reasons) == 2  # of the torn one, and of a specimen that asks for a password
    assert not any("signal" in reason for reason in reasons)
    assert there == here


def test_due_documents_are_read_by_a_cluster_whoever_is_killed_and_here_when_it_is_gone(tmp_path):
    with GovukServer(site_of(8)) as server:
        workspace = make_workspace(tmp_path, server)
        run(workspace, "harvest", "--source", "local-govuk")
    with local_cluster(workers=1) as cluster:
        kill_when(
            lambda: counts(workspace)["corpus_extractedtext"] >= 2,
            workspace,
            "extract",
            "--executor",
            cluster.address,
        )
        before = counts(workspace)["corpus_extractedtext"]
        read = greysift_json(workspace, "extract", "--executor", cluster.address)

    assert 2 <= before < 8
    assert read["read"] + read["failed"] + before == 8
    assert column(workspace, "SELECT COUNT(DISTINCT body_sha256) FROM corpus_extractedtext") == [8]
    said = run(workspace, "extract", GREYSIFT_EXECUTOR=cluster.address, status=1)
    assert "no Dask scheduler answers at tcp://" in said
    assert greysift_json(workspace, "extract", "--workers", "1")["read"] == 0


def test_scheduler_that_dies_half_way_is_told_and_nothing_is_recorded_of_what_it_had(batch):
    with local_cluster(workers=1) as cluster, open_workers(cluster.address) as crew:
        reading = read_bodies(batch, workers=crew, limits=LIMITS)
        next(reading)
        cluster.scheduler.kill()
        cluster.scheduler.wait()

        with pytest.raises(WorkspaceError, match="nothing is lost"):
            list(reading)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("http://127.0.0.1:8786", "is no executor"),
        ("tcp://127.0.0.1:1", "no Dask scheduler answers"),
        ("tcp://127.0.0.1", "no Dask scheduler answers"),
    ],
)
def test_executor_that_is_none_is_told(where, said):
    with pytest.raises(WorkspaceError, match=said), open_workers(where):
        pass


def test_number_of_workers_is_the_cluster_s_affair():
    with (
        pytest.raises(WorkspaceError, match="where they are started"),
        open_workers("tcp://127.0.0.1:1", count=2),
    ):
        pass
