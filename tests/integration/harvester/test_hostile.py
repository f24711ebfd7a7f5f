"""Hostile inputs, all of them in the table: no crash, nothing private reached, memory bounded, a clear reason stored."""

from uuid import uuid4

import pytest
from warcio.cli import main as warcio

from harvester.warc import run_files
from tests.fakes import crawl_process
from tests.fakes.hostile.hosts import DNS, NAMES
from tests.fakes.hostile.inputs import filled
from tests.fakes.hostile.page import PAGE, printed
from tests.fakes.hostile.server import Canary
from tests.fakes.hostile.spider import PEAK
from tests.fakes.hostile.table import INPUTS
from tests.fakes.hostile.trial import SPIDER, declared, orders, tried

MOST_MEMORY = 300  # MB for a whole process that bears bombs of 10 GB, with answers of 8 MB allowed


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """Try everything once; the tests look at what came of it."""
    with tried(tmp_path_factory.mktemp("hostile")) as made:
        yield made


@pytest.mark.parametrize("entry", INPUTS, ids=lambda entry: entry.path[1:])
def test_each_input_is_survived_and_its_reason_is_stored(trial, entry):
    document = trial.document(entry)

    reason = entry.reason and filled(entry.reason, trial.ports)
    status = "retrieved" if reason is None else "not_retrieved"
    assert (document["reason"], document["status"]) == (reason, status)


def test_nothing_private_was_reached(trial):
    assert trial.visits == 0


@pytest.mark.parametrize("name", ["local", "public"])
def test_the_crawl_went_on_to_its_end_in_order_and_within_its_memory(trial, name):
    outcome = getattr(trial, name)

    assert outcome.result.expected == outcome.result.got == len(outcome.records) > 10
    assert outcome.result.counts[PEAK] < MOST_MEMORY
    assert "Traceback" not in outcome.log
    assert "Unhandled" not in outcome.log


@pytest.mark.parametrize("name", ["local", "public"])
def test_the_run_fails_by_what_another_day_may_bring_and_by_nothing_else(trial, name):
    outcome = getattr(trial, name)
    failing = [e for e in INPUTS if e.fails_run and e.what in outcome.records]

    by_kind = [
        f for f in outcome.result.failures if not f.startswith("Not one of the ")
    ]  # where none is a file
    (failure,) = by_kind
    assert failure.startswith(f"{len(failing)} addresses gave no answer, the first of them ")


def test_the_recording_is_in_order(trial):
    (path,) = run_files(trial.folder / "warc", trial.run_uid)

    with pytest.raises(SystemExit) as end:
        warcio(["check", str(path)])

    assert end.value.code == 0


def test_a_replay_says_the_same(trial):
    again = crawl_process.run(
        trial.folder / "again",
        declaration=trial.declaration,
        run_uid=trial.run_uid,
        warc_dir=trial.folder / "none",
        replay=run_files(trial.folder / "warc", trial.run_uid)[0],
        is_offline=True,
        prepare=SPIDER,
        inputs=trial.orders(),
    )

    assert again.records == trial.local.records
    assert again.captures == trial.local.captures


def test_the_page_of_hostile_inputs_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == printed(), "print it anew: python -m tests.fakes.hostile.page"


def test_a_proxy_is_not_asked_for_what_may_not_be_reached(tmp_path):
    inputs = [entry for entry in DNS if "nowhere" not in entry.url]
    with Canary() as proxy:
        ports = {"canary": proxy.port}
        outcome = crawl_process.run(
            tmp_path,
            declaration=declared([f"{name}:{proxy.port}" for name in NAMES], delay=0.01),
            run_uid=uuid4(),
            warc_dir=tmp_path / "warc",
            environment={"http_proxy": f"http://127.0.0.1:{proxy.port}"},
            prepare=SPIDER,
            names=NAMES,
            inputs=orders(inputs, ports),
        )
        visits = proxy.connections

    reasons = {what: record["documents"][0]["reason"] for what, record in outcome.records.items()}
    assert reasons == {entry.what: entry.reason for entry in inputs}
    assert visits == 0
