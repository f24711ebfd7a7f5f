"""From crawl to crawl by command: what is new, what shrank, what a person accepts, what is gone."""

import subprocess
import sys

import pytest

from tests.fakes.govuk_server import GovukServer
from tests.integration.greysift.commands import environment, greysift, greysift_json
from tests.integration.greysift.rows import column, rows
from tests.integration.greysift.test_kill import make_workspace, site_of
from tests.integration.greysift.test_replay import evidence

HARVEST = ("harvest", "--source", "local-govuk")


@pytest.fixture(scope="module")
def shrunk(tmp_path_factory):
    """Crawl a site of six, then of two, accept that, and crawl once more."""
    workspace = tmp_path_factory.mktemp("shrunk")
    told = {}
    with GovukServer(site_of(6)) as server:
        make_workspace(workspace, server)
        told["never"] = greysift(workspace, "sources", "status", COLUMNS="80")
        told["first"] = greysift(workspace, *HARVEST)
        told["healthy"] = greysift(workspace, "sources", "status", COLUMNS="80")
        server.forget()
        del server.site.entries[2:]
        told["fewer"] = greysift(workspace, *HARVEST, status=1)
        told["sent"] = {url: n for url, n in server.hits.items() if "/media/" in url}
        told["conditional"] = sum(n for url, n in server.conditional.items() if "/media/" in url)
        told["failing"] = greysift(workspace, "sources", "status", COLUMNS="80")
        told["gone before"] = column(workspace, "SELECT key FROM corpus_record WHERE gone_since IS NOT NULL")
        word = ("sources", "accept", "local-govuk", "--why", "it was archived")
        told["nobody's"] = greysift(workspace, *word, status=2)
        subprocess.run(
            [sys.executable, "-m", "greysift", "people", "add", "ann", "--role", "owner", "--password-stdin"],
            cwd=workspace,
            env=environment(workspace),
            input="a long and winding word\n",
            text=True,
            check=True,
            capture_output=True,
            timeout=60,
        )
        told["accepted"] = greysift(workspace, *word, "--by", "ann")
        told["again"] = greysift_json(workspace, *HARVEST)
        told["status"] = greysift_json(workspace, "sources", "status")
    return workspace, told


def test_the_summary_of_a_crawl_can_be_read(shrunk):
    said = shrunk[1]["first"]

    assert "local-govuk: complete, 6 of 6 records" in said
    assert "measured by what the source says it holds" in said
    assert "records: 6 new, 0 changed, 0 unchanged, 0 gone" in said
    assert "documents: 6 retrieved (6 new, 0 changed, 0 unchanged), 0 gone, 0 not retrieved" in said
    assert "no review here uses local-govuk" in said


def test_a_second_crawl_asks_for_files_on_condition_and_gets_no_body(shrunk):
    _, told = shrunk

    assert sum(told["sent"].values()) == told["conditional"] == 2
    assert told["again"]["counts"]["responses_304"] == 2


def test_a_sharp_drop_has_failed_with_the_figures_and_says_what_to_do(shrunk):
    said = shrunk[1]["fewer"]

    assert "Sharply fewer records than before: 2, where the crawl of" in said
    assert "got 6" in said
    assert "greysift sources accept" in said
    assert shrunk[1]["gone before"] == []


def test_an_accepted_drop_counts_and_the_next_crawl_settles_what_is_gone(shrunk):
    workspace, told = shrunk

    assert "--by" in told["nobody's"]
    assert "counts as complete" in told["accepted"]
    assert told["again"]["status"] == "complete"
    figures = told["again"]["figures"]
    assert (figures["new"], figures["changed"], figures["unchanged"], figures["gone"]) == (0, 0, 2, 4)
    assert figures["documents"]["gone"] == 4
    by = "SELECT p.username FROM corpus_auditevent e JOIN corpus_person p ON p.id = e.by_id WHERE e.event = "
    assert column(workspace, f"{by}'fewer_accepted'") == ["ann"]


def test_health_of_sources_in_a_word_within_80_columns(shrunk):
    _, told = shrunk

    line = {
        name: next(line for line in told[name].splitlines() if "local-govuk" in line)
        for name in ("never", "healthy", "failing")
    }
    assert "never crawled" in line["never"]
    assert "healthy" in line["healthy"]
    assert "failing" in line["failing"]
    assert "local-govuk is failing: Sharply fewer documents" in told["failing"]
    table = [line for line in told["failing"].splitlines() if line.startswith(("│", "┃", "┏"))]
    assert table
    assert max(map(len, table)) <= 80
    (source,) = [row for row in told["status"] if row["source"] == "local-govuk"]
    assert (source["health"], source["gone"], source["got"]) == ("healthy", 4, 2)


def test_all_crawls_replayed_elsewhere_in_any_order_say_the_same(shrunk, tmp_path):
    workspace, _ = shrunk
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    by_name = {
        str(uid): path
        for (uid,) in rows(workspace, "SELECT uid FROM corpus_searchrun ORDER BY started_at")
        for path in (workspace / "var" / "warc").glob("*.warc.gz")
        if path.name.replace("-", "").startswith(str(uid).replace("-", ""))
    }
    first, second, third = by_name.values()
    (tmp_path / "var" / "warc").mkdir()
    for path in by_name.values():  # a crawl of confirmations is replayed beside the one that it confirms
        (tmp_path / "var" / "warc" / path.name).write_bytes(path.read_bytes())

    greysift(tmp_path, "harvest", "--replay", str(tmp_path / "var" / "warc" / first.name))
    greysift(tmp_path, "harvest", "--replay", str(tmp_path / "var" / "warc" / third.name), status=1)
    greysift(tmp_path, "harvest", "--replay", str(tmp_path / "var" / "warc" / second.name), status=1)

    assert evidence(tmp_path)[:4] == evidence(workspace)[:4]
