"""A crawl that is not to go on now: nothing is lost, the command says when to come again, and then it goes on."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from corpus.models import SearchRun
from corpus.vocabulary.errors import NotNowError
from corpus.vocabulary.harvest import RunStatus
from greysift.cli.output import PUT_OFF
from greysift.jobs.harvest import harvest_source
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


@pytest.mark.django_db
def test_a_source_is_not_asked_outside_of_its_hours(data_dir):
    (data_dir / "sources").mkdir(exist_ok=True)
    with GovukServer(site_of(1)) as server:
        declaration = server.declaration(windows=hours_from_now(8, 16))
        (data_dir / "sources" / "local.toml").write_text(declaration, encoding="utf-8")

        with pytest.raises(NotNowError, match="run the same command again after") as put_off:
            harvest_source("local-govuk")

        assert not server.hits
    assert 7 < (put_off.value.until - datetime.now(UTC)) / timedelta(hours=1) <= 8
    assert not SearchRun.objects.exists()


def test_a_long_pause_that_a_host_asks_for_is_kept_by_later_commands_and_costs_nothing(tmp_path):
    site = site_of(2)
    site.faults[SEARCH] = Fault("status", status=503, retry_after="3600", times=1)
    with GovukServer(site) as server:
        workspace = make_workspace(tmp_path, server, delay="0.01")

        said = greysift(workspace, *HARVEST, "--json", status=PUT_OFF)
        facts, _ = json.JSONDecoder().raw_decode(said)  # a sentence for people follows
        assert facts["status"] == "put off"
        assert facts["until"] > f"{datetime.now(UTC) + timedelta(minutes=50):%Y-%m-%dT%H:%M}"
        assert "is to be left alone for 3600 s" in said.replace("3599", "3600")
        assert "nothing is lost" in said
        asked = server.hits.total()
        greysift(workspace, *HARVEST, status=PUT_OFF)
        assert server.hits.total() == asked  # the hour is not over
        assert column(workspace, "SELECT status FROM corpus_searchrun") == [RunStatus.RUNNING]
        assert column(workspace, "SELECT holder FROM corpus_hostturn WHERE holder IS NOT NULL") == []

        (row,) = greysift_json(workspace, "sources", "status", "local-govuk")
        assert (row["put_off_times"], row["put_off_until"] >= facts["until"][:16]) == (1, True)
        assert "is to be left alone for 3600 s" in row["put_off_why"].replace("3599", "3600")
        printed = " ".join(greysift(workspace, "sources", "status", "local-govuk").split())
        assert f"put off once, now until {row['put_off_until']}: {row['put_off_why']}" in printed

        an_hour_passes(workspace)
        outcome = greysift_json(workspace, *HARVEST)

        assert (outcome["status"], outcome["got"]) == ("complete", 2)
        assert column(workspace, "SELECT status FROM corpus_searchrun") == [RunStatus.COMPLETE]
        again = {url for url, times in server.hits.items() if times > 1}
        assert {url.partition("?")[0] for url in again} == {
            f"{server.url}{SEARCH}",
            f"{server.url}/robots.txt",  # what it says by now
        }


def an_hour_passes(workspace):
    _, database = connect(workspace)
    with database:
        database.execute("UPDATE corpus_hostturn SET free_at = answered_at")
    database.close()
