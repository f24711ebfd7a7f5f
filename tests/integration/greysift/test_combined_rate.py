"""Two processes, two sources, one host: measured where it counts, at the server.

The server notes a request when it has come in and before it answers. The next one may be sent only when a pace has
passed since the answer began, so that the pace is a lower bound of the gap between two arrivals however slow the
machine is; and with every gap, no stretch of time can hold more requests than the budget allows.
"""

from collections import defaultdict
from itertools import pairwise
from threading import Event

import pytest

from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import Fault
from tests.integration.greysift.commands import greysift
from tests.integration.greysift.killing import begin, wait_until
from tests.integration.greysift.rows import column
from tests.integration.greysift.test_kill import site_of

SEARCH = "/api/search.json"
WORKERS = ("one", "two")


def by_host(server):
    found = defaultdict(list)
    for arrival in server.arrivals:
        found[arrival.host].append(arrival)
    return found


def is_kept(arrivals, pace):
    """Return whether each gap is one pace; a wall clock that is being set right may be a thousandth off."""
    return all(later.moment - earlier.moment >= pace * 0.999 for earlier, later in pairwise(arrivals))


@pytest.fixture
def crawl_by_two(tmp_path):
    """Crawl a server by two processes at once, each for a source of its own."""

    def crawl(server, **declared):
        greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
        (tmp_path / "var" / "sources").mkdir(exist_ok=True)
        for name in WORKERS:
            declaration = server.declaration(slug=name, **declared)
            (tmp_path / "var" / "sources" / f"{name}.toml").write_text(declaration, encoding="utf-8")
        server.site.gate = Event()
        workers = [
            begin(tmp_path, "harvest", "--source", name, GREYSIFT_CONTACT=f"{name}@example.org")
            for name in WORKERS
        ]
        wait_until(lambda: column(tmp_path, "SELECT COUNT(*) FROM corpus_searchrun") == [2])
        server.site.gate.set()  # neither is done before the other begins
        for worker in workers:
            _, said = worker.communicate(timeout=240)
            assert worker.returncode == 0, said

    return crawl


def changes_of_turn(arrivals):
    """How often another worker asks than did before; both ask."""
    agents = [arrival.agent for arrival in arrivals]
    assert len(set(agents)) == 2
    return sum(earlier != later for earlier, later in pairwise(agents))


def test_two_workers_together_keep_the_pace_of_one(crawl_by_two):
    pace = 0.2
    with GovukServer(site_of(14)) as server:
        crawl_by_two(server, delay=str(pace))

        for arrivals in by_host(server).values():
            assert len(arrivals) >= 20
            assert is_kept(arrivals, pace)
            assert changes_of_turn(arrivals) > 1


def test_two_workers_together_keep_to_robots_txt_and_to_a_pause_that_one_of_them_was_asked_for(crawl_by_two):
    site, crawl_delay, pause = site_of(4), 0.4, 3
    site.robots = f"User-agent: *\nCrawl-delay: {crawl_delay}\n"
    site.faults[SEARCH] = Fault("status", status=503, retry_after=str(pause), times=1)
    with GovukServer(site) as server:
        crawl_by_two(server, delay="0.05")

        for arrivals in by_host(server).values():
            assert is_kept(arrivals, crawl_delay)
        # of a host with four files each, one may have had all before the other came
        assert sum(map(changes_of_turn, by_host(server).values())) > 2
        asked = next(
            arrivals for arrivals in by_host(server).values() if any(a.path == SEARCH for a in arrivals)
        )
        refused = next(number for number, arrival in enumerate(asked) if arrival.path == SEARCH)
        assert asked[refused + 1].moment - asked[refused].moment >= pause * 0.999


def test_a_worker_that_is_killed_in_its_turn_holds_nobody_up(tmp_path):
    with GovukServer(site_of(3)) as server:
        greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
        (tmp_path / "var" / "sources").mkdir(exist_ok=True)
        for name in WORKERS:
            declaration = server.declaration(slug=name, delay="0.1")
            (tmp_path / "var" / "sources" / f"{name}.toml").write_text(declaration, encoding="utf-8")
        server.site.delay = 600  # the first never gets its answer
        first = begin(tmp_path, "harvest", "--source", "one")
        wait_until(lambda: server.hits.total() == 1)
        server.site.delay = 0
        second = begin(tmp_path, "harvest", "--source", "two")
        first.kill()
        first.communicate()

        _, said = second.communicate(timeout=50)  # less than a turn is held without being renewed

        assert second.returncode == 0, said
