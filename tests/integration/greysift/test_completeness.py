"""From crawl to crawl by command: what is new, what shrank, what a person accepts, what is gone."""

import subprocess
import sys

import pytest
from warcio.cli import main as warcio

from tests.fakes.govuk_server import GovukServer
from tests.fakes.web_server import Answer, WebServer, WebSite, pdf, xml
from tests.fakes.web_sites import report, urlset
from tests.integration.greysift.commands import environment, greysift, greysift_json
from tests.integration.greysift.rows import column, rows
from tests.integration.greysift.test_kill import make_workspace, site_of
from tests.integration.greysift.test_replay import evidence

HARVEST = ("harvest", "--source", "local-govuk")


def add_owner(workspace):
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
        add_owner(workspace)
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
    assert "(UTC) ended with 6" in " ".join(said.split())
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


GONE = "SELECT key, gone_since, gone_reason FROM corpus_record ORDER BY key"


def test_the_status_of_one_source_is_shown_by_its_name(shrunk):
    workspace, _ = shrunk

    (source,) = greysift_json(workspace, "sources", "status", "local-govuk")
    unknown = greysift(workspace, "sources", "status", "local-govul", status=1)

    assert (source["source"], source["health"]) == ("local-govuk", "healthy")
    assert 'no source "local-govul" is declared' in unknown
    assert "local-govuk" in unknown


def recordings_in_order(workspace):
    """Return the first file of each run, in the order in which the runs were begun."""
    uids = [str(uid) for uid in column(workspace, "SELECT uid FROM corpus_searchrun ORDER BY started_at")]
    plain = {path.name.replace("-", ""): path for path in (workspace / "var" / "warc").glob("*-0*.warc.gz")}
    return [
        next(path for name, path in plain.items() if name.startswith(uid.replace("-", ""))) for uid in uids
    ]


def test_all_crawls_replayed_elsewhere_in_any_order_say_the_same(shrunk, tmp_path):
    workspace, _ = shrunk
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    first, second, third = recordings_in_order(workspace)

    greysift(tmp_path, "harvest", "--replay", str(first))
    greysift(tmp_path, "harvest", "--replay", str(third), status=1)
    greysift(tmp_path, "harvest", "--replay", str(second))

    assert evidence(tmp_path)[:4] == evidence(workspace)[:4]


def test_what_a_person_has_said_of_a_crawl_goes_with_its_recording_and_its_replay_is_the_same(
    shrunk, tmp_path
):
    workspace, _ = shrunk
    exported = tmp_path / "exported"
    greysift(workspace, "export", "warc", str(exported))
    (word,) = exported.glob("*-accepted.warc.gz")
    with pytest.raises(SystemExit) as checked:
        warcio(["check", str(word)])
    assert not checked.value.code
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")

    for path in recordings_in_order(workspace):
        greysift(tmp_path, "harvest", "--replay", str(exported / path.name))

    assert evidence(tmp_path) == evidence(workspace)
    assert rows(tmp_path, GONE) == rows(workspace, GONE)
    assert any(gone for _, gone, _ in rows(tmp_path, GONE))
    accepted = "SELECT fewer_accepted_why FROM corpus_searchrun ORDER BY started_at"
    assert column(tmp_path, accepted) == column(workspace, accepted) == [None, "it was archived", None]
    assert column(tmp_path, "SELECT username FROM corpus_person") == []
    assert column(
        tmp_path,
        "SELECT accepted_elsewhere_by FROM corpus_searchrun WHERE accepted_elsewhere_by IS NOT NULL",
    ) == ["ann"]
    assert column(tmp_path, "SELECT id FROM corpus_termsconfirmation") == []


def test_a_file_that_never_comes_is_accepted_by_an_owner_once_and_another_is_not(tmp_path):
    tmp_path, elsewhere = tmp_path / "origin", tmp_path / "elsewhere"
    tmp_path.mkdir()
    elsewhere.mkdir()
    site = WebSite(robots="")
    site.pages["/sitemap.xml"] = xml(urlset("/reports/1", "/reports/2"))
    for n in (1, 2):
        site.pages[f"/reports/{n}"] = report(f"Report {n}", f"/files/{n}.pdf")
        site.pages[f"/files/{n}.pdf"] = pdf(str(n))
    broken = site.pages["/files/2.pdf"] = Answer("broken", status=500)
    harvest, status = ("harvest", "--source", "local-site"), ("sources", "status")
    with WebServer(site) as server:
        greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
        declaration = server.declaration("sitemap", '[entry]\nsite = "HOST"\n')
        (tmp_path / "var" / "sources" / "site.toml").write_text(declaration)
        add_owner(tmp_path)
        failed = greysift(tmp_path, *harvest, status=1)
        word = ("sources", "accept", "local-site", "--why", "broken for years", "--by", "ann")
        refused = greysift(tmp_path, *word, status=1)
        accepted = greysift(tmp_path, *word, "--shortfall")
        again = greysift(tmp_path, *harvest)
        health = greysift_json(tmp_path, *status)
        site.pages["/files/1.pdf"] = broken
        worse = greysift(tmp_path, *harvest, status=1)

    assert "1 address gave no answer: " in failed
    assert "--shortfall" in failed
    assert "accept it with --shortfall" in refused
    assert f"1 answer of {server.url}/files/2.pdf" in " ".join(accepted.split())
    assert "counts as complete" in accepted
    assert "as ann accepts: broken for years" in again
    assert "This shortfall is accepted: broken for years" in again
    assert [line["health"] for line in health if line["source"] == "local-site"] == ["healthy"]
    assert "local-site: failed" in worse
    assert "2 addresses gave no answer" in worse
    greysift(elsewhere, "init", str(elsewhere), "--protocol", "care-leavers")
    first, covered, failed_again = recordings_in_order(tmp_path)
    said = greysift(elsewhere, "harvest", "--replay", str(first))
    assert "as ann (elsewhere, as its recording says) accepts: broken for years" in said
    greysift(elsewhere, "harvest", "--replay", str(covered))
    greysift(elsewhere, "harvest", "--replay", str(failed_again), status=1)
    assert evidence(elsewhere) == evidence(tmp_path)


def listing(numbers):
    return xml(urlset(*(f"/reports/{n}" for n in numbers)))


def test_what_left_the_list_during_a_crawl_is_not_missed_by_the_next_ones(tmp_path):
    site, first, last = WebSite(robots=""), range(1, 31), range(4, 34)
    for n in range(1, 34):
        site.pages[f"/reports/{n}"] = report(f"Report {n}", f"/files/{n}.pdf")
        site.pages[f"/files/{n}.pdf"] = pdf(str(n))
    site.pages["/sitemap.xml"] = lambda before: listing(first if before == 0 else last)
    harvest = ("harvest", "--source", "local-site")
    with WebServer(site) as server:
        greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
        declaration = server.declaration("sitemap", '[entry]\nsite = "HOST"\n')
        (tmp_path / "var" / "sources" / "site.toml").write_text(declaration)
        shifting = greysift_json(tmp_path, *harvest)
        site.pages["/sitemap.xml"] = listing(range(4, 33))
        fewer = greysift_json(tmp_path, *harvest)

    assert (shifting["status"], shifting["expected"], shifting["got"]) == ("complete", 33, 33)
    assert (fewer["status"], fewer["got"], fewer["failures"]) == ("complete", 29, [])
