"""Schedulers as processes: due crawls are run once, whoever is killed; hosts are asked by one crawl at a time."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import Fault
from tests.integration.greysift.commands import environment, greysift, greysift_json
from tests.integration.greysift.rows import column, connect, rows
from tests.integration.greysift.test_kill import site_of, wait_until

NIGHTS = "0 3 * * *"
FILES = 3


@pytest.fixture
def workspace(tmp_path):
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    (tmp_path / "var" / "sources").mkdir(exist_ok=True)
    return tmp_path


@pytest.fixture
def server():
    with GovukServer(site_of(FILES)) as started:
        yield started


def owe(workspace: Path, server: GovukServer, slug: str = "local-govuk") -> None:
    """Declare a source, give it a schedule, and let it have missed months of nights."""
    text = server.declaration(slug=slug)
    (workspace / "var" / "sources" / f"{slug}.toml").write_text(text, encoding="utf-8")
    greysift(workspace, "schedule", "set", slug, NIGHTS)
    forget_the_last(workspace)


def forget_the_last(workspace: Path) -> None:
    _, database = connect(workspace)
    database.execute("UPDATE corpus_schedule SET served_at = '2026-01-05 12:00:00+00:00', not_before = NULL")
    database.commit()
    database.close()


def scheduler(workspace: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a scheduler."""
    return subprocess.Popen(
        [sys.executable, "-m", "greysift", "schedule", "run", *arguments],
        cwd=workspace,
        env=environment(workspace),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def catches_sigterm(process: subprocess.Popen[str]) -> bool:
    """Whether a process has come as far as to mind being told to stop."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:")).split()[1]
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)


@contextmanager
def schedulers(workspace: Path, count: int):
    """Run schedulers; at the end they stop in order, and say so."""
    with ExitStack() as stack:
        started = [stack.enter_context(scheduler(workspace)) for _ in range(count)]
        try:
            yield started
        finally:
            for process in started:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
        said = [process.communicate(timeout=90)[0] for process in started]
        assert all("scheduler ended" in text for text in said), said
        assert [process.returncode for process in started] == [0] * count


def runs(workspace: Path) -> list[tuple[object, ...]]:
    return rows(
        workspace,
        "SELECT s.slug, r.status FROM corpus_searchrun r JOIN corpus_source s ON s.id = r.source_id ORDER BY r.id",
    )


def crawling_process(workspace: Path) -> int:
    """Return the process that crawls."""
    (holder,) = column(workspace, "SELECT holder FROM corpus_lease WHERE name = 'harvest:local-govuk'")
    return int(str(holder).rsplit(":", 2)[1])


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_months_of_missed_nights_are_caught_up_by_one_crawl(workspace, server):
    owe(workspace, server)

    first = greysift_json(workspace, "schedule", "run", "--once")
    second = greysift_json(workspace, "schedule", "run", "--once")

    assert [(e["source"], e["end"]) for e in first] == [("local-govuk", "complete")]
    assert second == []
    assert runs(workspace) == [("local-govuk", "complete")]


def test_a_crawl_by_hand_after_the_due_moment_serves_it(workspace, server):
    owe(workspace, server)
    greysift(workspace, "harvest", "--source", "local-govuk")

    assert greysift_json(workspace, "schedule", "run", "--once") == []


def test_failed_crawl_is_seen_and_tried_again_at_the_next_due_moment(workspace, server):
    owe(workspace, server)
    (workspace / "var" / "sources" / "local-govuk.toml").write_text(
        server.declaration(search="/nowhere"), encoding="utf-8"
    )

    said = greysift(workspace, "schedule", "run", "--once", status=1)

    assert "local-govuk: failed" in said
    assert greysift_json(workspace, "schedule", "run", "--once") == []
    (line,) = greysift_json(workspace, "schedule", "list")
    assert line["last_status"] == "failed"
    assert line["said"]
    assert line["next"] > line["last_crawl"]


def test_zone_that_is_none_is_refused_with_an_example(workspace):
    said = greysift(workspace, "schedule", "list", status=1, GREYSIFT_TIME_ZONE="Mars/Olympus")

    assert "GREYSIFT_TIME_ZONE: 'Mars/Olympus' is no time zone; Europe/London is one" in said


def test_host_that_asks_for_an_hour_is_asked_again_after_it_and_that_is_no_failure(workspace, server):
    owe(workspace, server)
    server.site.faults["/api/search.json"] = Fault("status", status=503, retry_after="3600")

    said = greysift(workspace, "schedule", "run", "--once")

    assert "local-govuk: put off until" in said
    (line,) = greysift_json(workspace, "schedule", "list")
    assert line["owed"]
    assert "left alone" in line["said"]
    assert 0.9 < (datetime.fromisoformat(line["next"]) - datetime.now(UTC)) / timedelta(hours=1) <= 1
    assert greysift_json(workspace, "schedule", "run", "--once") == []
    assert runs(workspace) == [("local-govuk", "running")]


def test_source_that_nobody_enabled_is_passed_over_with_a_word(workspace):
    greysift(workspace, "schedule", "set", "department-for-education", NIGHTS)
    forget_the_last(workspace)

    said = greysift(workspace, "schedule", "run", "--once")

    assert (
        said.count("department-for-education: passed over, nobody has asked department-for-education yet")
        == 1
    )
    assert runs(workspace) == []
    assert "nobody has confirmed" in greysift(workspace, "schedule", "list")


def test_sources_that_share_a_host_are_crawled_one_after_the_other(workspace, server):
    owe(workspace, server, slug="first")
    owe(workspace, server, slug="second")

    ended = greysift_json(workspace, "schedule", "run", "--once", "--workers", "4")

    assert sorted((e["source"], e["end"]) for e in ended) == [("first", "complete"), ("second", "complete")]
    (_, first_ended), (second_begun, _) = rows(
        workspace, "SELECT started_at, finished_at FROM corpus_searchrun ORDER BY id"
    )
    assert first_ended <= second_begun


def test_two_schedulers_run_each_source_once_and_different_hosts_at_the_same_time(workspace):
    with ExitStack() as stack:
        slow, other, third = (stack.enter_context(GovukServer(site_of(FILES))) for _ in range(3))
        owe(workspace, slow, slug="slow")
        owe(workspace, slow, slug="slow-too")
        owe(workspace, other, slug="other")
        owe(workspace, third, slug="third")
        slow.site.delay = 3
        with schedulers(workspace, 2):
            wait_until(
                lambda: ("other", "complete") in runs(workspace) and ("third", "complete") in runs(workspace)
            )
            assert (
                sum(status == "running" for _, status in runs(workspace)) == 1
            )  # of the two at the slow host
            slow.site.delay = 0
            wait_until(lambda: sum(status == "complete" for _, status in runs(workspace)) == 4)
            wait_until(lambda: column(workspace, "SELECT name FROM corpus_lease") == [])

    assert sorted(runs(workspace)) == [(s, "complete") for s in ("other", "slow", "slow-too", "third")]


def test_crawl_by_hand_at_the_same_host_is_waited_for_and_then_caught_up_once(workspace, server):
    """A scheduler that looks once says so and leaves it; one that goes on begins when the other has ended."""
    owe(workspace, server, slug="scheduled")
    declaration = server.declaration(slug="by-hand")
    (workspace / "var" / "sources" / "by-hand.toml").write_text(declaration, encoding="utf-8")
    server.site.delay = 3
    by_hand = subprocess.Popen(
        [sys.executable, "-m", "greysift", "harvest", "--source", "by-hand"],
        cwd=workspace,
        env=environment(workspace),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: server.hits.total() > 0)

    said = greysift(workspace, "schedule", "run", "--once")

    assert "scheduled: waits for another crawl at 127.0.0.1:" in said
    assert runs(workspace) == [("by-hand", "running")]
    with schedulers(workspace, 1):
        server.site.delay = 0
        assert by_hand.wait(timeout=120) == 0
        wait_until(lambda: ("scheduled", "complete") in runs(workspace))
        wait_until(lambda: column(workspace, "SELECT name FROM corpus_lease") == [])
    (_, first_ended), (second_begun, _) = rows(
        workspace, "SELECT started_at, finished_at FROM corpus_searchrun ORDER BY id"
    )
    assert first_ended <= second_begun
    assert runs(workspace) == [("by-hand", "complete"), ("scheduled", "complete")]
    assert greysift_json(workspace, "schedule", "run", "--once") == []


@pytest.mark.parametrize("is_crawl_killed_too", [True, False], ids=["with its crawl", "alone"])
def test_what_a_killed_scheduler_had_begun_is_taken_up_by_another_and_nothing_runs_twice(
    workspace, server, is_crawl_killed_too
):
    owe(workspace, server)
    server.site.delay = 0.3
    with scheduler(workspace) as first:
        wait_until(lambda: server.hits.total() >= 3)
        crawl = crawling_process(workspace)
        first.kill()
        if is_crawl_killed_too:
            os.kill(crawl, signal.SIGKILL)

    with schedulers(workspace, 1) as (second,):
        wait_until(lambda: runs(workspace) == [("local-govuk", "complete")])
        wait_until(lambda: not is_alive(crawl))
        assert second.poll() is None

    assert runs(workspace) == [("local-govuk", "complete")]
    assert greysift_json(workspace, "schedule", "run", "--once") == []
    files = [n for url, n in server.hits.items() if "/media/" in url]
    assert len(files) == FILES
    assert sum(files) <= FILES + 2  # for the death: one answer on its way, one not yet on the disk


def test_scheduler_that_is_told_to_stop_stops_its_crawls_in_order(workspace, server):
    owe(workspace, server)
    server.site.delay = 0.3
    with schedulers(workspace, 1):
        wait_until(lambda: server.hits.total() >= 2)
        crawl = crawling_process(workspace)

    assert not is_alive(crawl)
    assert runs(workspace) == [("local-govuk", "running")]
    (line,) = greysift_json(workspace, "schedule", "list")
    assert (line["running"], line["said"]) == (False, None)
    assert line["owed"]

    greysift(workspace, "schedule", "run", "--once")

    assert runs(workspace) == [("local-govuk", "complete")]
