"""The demo: what a newcomer runs first."""

import signal
import subprocess
import sys

import pytest

from tests.integration.greysift.commands import environment, greysift
from tests.integration.greysift.rows import column, counts, tables


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    workspace = tmp_path_factory.mktemp("demo")
    first = greysift(workspace, "demo", str(workspace), "--no-serve")
    return workspace, first


def test_demo_prints_the_counts_and_a_ranked_table(demo):
    workspace, printed = demo

    candidates = counts(workspace)["corpus_candidate"]
    assert candidates > 276
    assert f"{candidates} candidates by model" in printed
    assert "best first" in printed
    assert "out of fold" in printed
    assert "password" in printed


def test_demo_twice_changes_no_row(demo):
    workspace, printed = demo
    before = tables(workspace)

    again = greysift(workspace, "demo", str(workspace), "--no-serve")

    assert tables(workspace) == before
    assert again == printed


def test_real_records_are_ranked_without_sight_of_their_labels(demo):
    workspace, _ = demo

    bases = column(
        workspace,
        "SELECT p.basis FROM corpus_prediction p JOIN corpus_candidate c ON c.id = p.candidate_id "
        "JOIN corpus_record r ON r.id = c.record_id JOIN corpus_source s ON s.id = r.source_id "
        "WHERE s.slug = 'worked-example'",
    )

    assert len(bases) == 276
    assert set(bases) == {"out_of_fold"}


def test_a_document_that_cannot_be_read_is_recorded_with_its_reason(demo):
    workspace, _ = demo

    reasons = column(workspace, "SELECT reason FROM corpus_extractedtext WHERE status = 'failed'")

    assert reasons
    assert all(reasons)


def test_demo_that_serves_stops_at_ctrl_c(demo):
    workspace, _ = demo
    process = subprocess.Popen(
        [sys.executable, "-m", "greysift", "demo", str(workspace), "--port", "18397"],
        cwd=workspace,
        env=environment(workspace, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    while "stop it with Ctrl-C" not in process.stdout.readline():
        assert process.poll() is None

    process.send_signal(signal.SIGINT)

    process.communicate(timeout=30)
    assert process.returncode is not None
