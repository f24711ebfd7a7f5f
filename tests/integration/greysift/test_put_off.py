"""A crawl that is not to go on now: nothing is lost, the command says when to come again, and then it goes on."""

import json
from datetime import UTC, datetime, timedelta

from corpus.vocabulary.harvest import RunStatus
from greysift.cli.output import PUT_OFF
from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import Fault
from tests.integration.greysift.commands import greysift, greysift_json
from tests.integration.greysift.killing import make_workspace
from tests.integration.greysift.rows import column, connect
from tests.integration.greysift.test_kill import site_of

HARVEST = ("harvest", "--source", "local-govuk")
SEARCH = "/api/search.json"


def hours_from_now(first: int, last: int) -> str:
    now = datetime.now(UTC)
    opens, closes = (f"{now + timedelta(hours=hours):%H:%M}" for hours in (first, last))
    return f'["{opens}-{closes}"]\nzone = "UTC"'


def test_a_source_is_not_asked_outside_of_its_hours(tmp_path):
    with GovukServer(site_of(1)) as server:
        workspace = make_workspace(tmp_path, server, windows=hours_from_now(8, 16))

        printed = greysift(workspace, *HARVEST, "--json", status=PUT_OFF)

        assert not server.hits
    said, _ = json.JSONDecoder().raw_decode(printed)  # a sentence for people follows
    assert said["status"] == "put off"
    assert 7 < (datetime.fromisoformat(said["until"]) - datetime.now(UTC)) / timedelta(hours=1) <= 8
    assert column(workspace, "SELECT COUNT(*) FROM corpus_searchrun") == [0]


def test_a_long_pause_that_a_host_asks_for_is_kept_by_later_commands_and_costs_nothing(tmp_path):
    site = site_of(2)
    site.faults[SEARCH] = Fault("status", status=503, retry_after="3600", times=1)
    with GovukServer(site) as server:
        workspace = make_workspace(tmp_path, server, delay="0.01")

        said = greysift(workspace, *HARVEST, status=PUT_OFF)
        assert "is to be left alone for 3600 s" in said.replace("3599", "3600")
        assert "nothing is lost" in said
        asked = server.hits.total()
        greysift(workspace, *HARVEST, status=PUT_OFF)
        assert server.hits.total() == asked  # the hour is not over
        assert column(workspace, "SELECT status FROM corpus_searchrun") == [RunStatus.RUNNING]
        assert column(workspace, "SELECT holder FROM corpus_hostturn WHERE holder IS NOT NULL") == []

        an_hour_passes(workspace)
        outcome = greysift_json(workspace, *HARVEST)

        assert (outcome["status"], outcome["got"]) == ("complete", 2)
        assert column(workspace, "SELECT status FROM corpus_searchrun") == [RunStatus.COMPLETE]
        again = {url for url, times in server.hits.items() if times > 1}
        assert {url.partition("?")[0] for url in again} == {f"{server.url}{SEARCH}"}


def an_hour_passes(workspace):
    _, database = connect(workspace)
    with database:
        database.execute("UPDATE corpus_hostturn SET free_at = answered_at")
    database.close()
