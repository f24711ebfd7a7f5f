"""A recorded crawl, repeated without network: the same rows, and none the second time."""

import json
import shutil
import time
from random import Random

import pytest

from greysift.cli.output import PUT_OFF
from tests.fakes.govuk_server import GovukServer
from tests.fakes.web_server import Answer, WebServer, WebSite, pdf, xml
from tests.fakes.web_sites import report, urlset
from tests.integration.greysift.commands import greysift
from tests.integration.greysift.rows import rows, tables
from tests.integration.greysift.test_kill import make_workspace, site_of


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    workspace = tmp_path_factory.mktemp("crawled")
    with GovukServer(site_of(6)) as server:
        make_workspace(workspace, server)
        greysift(workspace, "harvest", "--source", "local-govuk")
    (warc,) = (workspace / "var" / "warc").glob("*.warc.gz")
    return workspace, warc


QUERIES = (
    ("SELECT key, revision, url, title, summary, publisher, published, first_seen_at FROM corpus_record"),
    (
        "SELECT r.key, v.number, v.sha256, v.said, v.captures, v.seen_at "
        "FROM corpus_recordrevision v JOIN corpus_record r ON r.id = v.record_id"
    ),
    (
        "SELECT record_id, url, status, headers, body_sha256, fetched_at, warc_file, warc_offset, permissions "
        "FROM corpus_capture"
    ),
    (
        "SELECT r.key, p.key, p.url, p.title, p.media_type, p.status, p.reason, c.record_id "
        "FROM corpus_report p JOIN corpus_record r ON r.id = p.record_id LEFT JOIN corpus_capture c ON c.id = p.capture_id"
    ),
    (
        "SELECT r.key, s.revision, s.hops, s.gone_reason, s.is_unread, s.unread_parts FROM corpus_sighting s "
        "JOIN corpus_record r ON r.id = s.record_id"
    ),
    (
        "SELECT p.key, s.status, s.reason, s.hops, s.gone_reason, c.record_id FROM corpus_reportsighting s "
        "JOIN corpus_report p ON p.id = s.report_id LEFT JOIN corpus_capture c ON c.id = s.capture_id"
    ),
    (
        "SELECT p.key, c.record_id FROM corpus_reportcapture v JOIN corpus_report p ON p.id = v.report_id "
        "JOIN corpus_capture c ON c.id = v.capture_id"
    ),
    (
        "SELECT uid, started_at, status, strategy, expected, got, counts, failures, notes, versions, unread_lists "
        "FROM corpus_searchrun"
    ),
)


def plain(value):
    """Return a value of a row; JSON that the database keeps as text is read."""
    is_json = isinstance(value, str) and value[:1] in {"{", "["}
    return json.loads(value) if is_json else value


def evidence(workspace):
    """Return what a crawl or replay wrote, but for row numbers and the moment of writing."""
    return [
        sorted(
            json.dumps([plain(value) for value in row], sort_keys=True, default=str)
            for row in rows(workspace, query)
        )
        for query in QUERIES
    ]


def test_replay_elsewhere_writes_the_rows_of_the_crawl(crawled, tmp_path):
    origin, warc = crawled
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")

    greysift(tmp_path, "harvest", "--replay", str(warc))

    assert evidence(tmp_path) == evidence(origin)


def test_replay_twice_writes_no_row_the_second_time(crawled, tmp_path):
    _, warc = crawled
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    greysift(tmp_path, "harvest", "--replay", str(warc))
    before = tables(tmp_path)

    said = greysift(tmp_path, "harvest", "--replay", str(warc))

    assert tables(tmp_path) == before
    assert "nothing is new" in said


def test_replay_where_the_crawl_was_made_writes_nothing(crawled):
    workspace, warc = crawled
    before = tables(workspace)

    greysift(workspace, "harvest", "--replay", str(warc))

    assert tables(workspace) == before


def test_a_damaged_recording_is_refused_and_does_not_stand_in_the_way_of_the_whole_one(crawled, tmp_path):
    _, warc = crawled
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    damaged = tmp_path / "part.warc.gz"
    damaged.write_bytes(warc.read_bytes()[:-300])

    said = greysift(tmp_path, "harvest", "--replay", str(damaged), status=1)

    assert "part.warc.gz" in said
    assert "6 of 6 records" in greysift(tmp_path, "harvest", "--replay", str(warc))
    greysift(tmp_path, "harvest", "--replay", str(damaged), status=1)


def test_a_file_that_is_no_recording_is_refused_with_a_sentence(tmp_path):
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    (tmp_path / "odd.warc.gz").write_bytes(b"no WARC at all")

    said = greysift(tmp_path, "harvest", "--replay", "odd.warc.gz", status=1)

    assert "odd.warc.gz" in said
    assert "Traceback" not in said


def test_a_recording_whose_bodies_lie_in_one_that_is_not_here_is_refused_until_it_is(tmp_path):
    origin, elsewhere, apart = tmp_path / "origin", tmp_path / "elsewhere", tmp_path / "apart"
    for folder in (origin, elsewhere, apart):
        folder.mkdir()
    with GovukServer(site_of(2)) as server:
        make_workspace(origin, server)
        greysift(origin, "harvest", "--source", "local-govuk")
        (first,) = (origin / "var" / "warc").glob("*.warc.gz")
        greysift(origin, "harvest", "--source", "local-govuk")
    (second,) = set((origin / "var" / "warc").glob("*.warc.gz")) - {first}
    alone = shutil.copy(second, apart)
    greysift(elsewhere, "init", str(elsewhere), "--protocol", "care-leavers")

    said = greysift(elsewhere, "harvest", "--replay", str(alone), status=1)

    assert first.name in said
    assert "Traceback" not in said
    assert rows(elsewhere, "SELECT * FROM corpus_searchrun") == []
    shutil.copy(first, apart)
    assert "2 of 2 records" in greysift(elsewhere, "harvest", "--replay", str(alone))


RULES = Answer("User-agent: *\nDisallow: /hidden\n", "text/plain")
MOVED = Answer("", "text/plain", 301, {"Location": "HOST/rules.txt"})


@pytest.mark.parametrize(("first", "then", "status"), [(MOVED, MOVED, 0), (RULES, Answer(status=501), 1)])
def test_a_crawl_that_was_put_off_replays_to_its_rows_whatever_became_of_the_rules(
    first, then, status, tmp_path
):
    origin, elsewhere = tmp_path / "origin", tmp_path / "elsewhere"
    origin.mkdir()
    elsewhere.mkdir()
    site = WebSite()
    later = Answer("busy", status=503, headers={"Retry-After": "3600"})
    site.pages = {
        "/robots.txt": lambda before: then if before else first,
        "/rules.txt": RULES,
        "/sitemap.xml": xml(urlset(*(f"/reports/{n}" for n in range(6)))),
        **{f"/reports/{n}": report(f"Report {n}", f"/files/{n}.pdf") for n in range(6)},
        **{f"/files/{n}.pdf": pdf(str(n)) for n in range(6)},
        "/files/0.pdf": lambda before: pdf("0") if before else later,
    }
    with WebServer(site) as server:
        greysift(origin, "init", str(origin), "--protocol", "care-leavers")
        (origin / "var" / "sources" / "site.toml").write_text(
            server.declaration("sitemap", '[entry]\nsite = "HOST"\n')
        )
        greysift(origin, "harvest", "--source", "local-site", status=PUT_OFF)
        greysift(origin, "harvest", "--source", "local-site", status=status)
    (warc,) = (origin / "var" / "warc").glob("*.warc.gz")
    greysift(elsewhere, "init", str(elsewhere), "--protocol", "care-leavers")

    greysift(elsewhere, "harvest", "--replay", str(warc), status=status)

    assert evidence(elsewhere) == evidence(origin)


def test_a_crawl_that_was_ended_by_its_limits_replays_to_its_rows(tmp_path):
    origin, elsewhere = tmp_path / "origin", tmp_path / "elsewhere"
    origin.mkdir()
    elsewhere.mkdir()
    site, uneven = WebSite(), Random(4)
    site.on_request = lambda _: time.sleep(uneven.random() / 20)
    site.pages = {
        "/sitemap.xml": xml(urlset(*(f"/reports/{n}" for n in range(12)))),
        **{f"/reports/{n}": report(f"Report {n}", f"/files/{n}.pdf") for n in range(12)},
        **{f"/files/{n}.pdf": pdf(str(n)) for n in range(12)},
    }
    with WebServer(site) as server:
        greysift(origin, "init", str(origin), "--protocol", "care-leavers")
        (origin / "var" / "sources" / "site.toml").write_text(
            server.declaration("sitemap", '[entry]\nsite = "HOST"\n[limits]\nrequests = 15\n')
        )
        greysift(origin, "harvest", "--source", "local-site", status=1)
    (warc,) = (origin / "var" / "warc").glob("*.warc.gz")
    greysift(elsewhere, "init", str(elsewhere), "--protocol", "care-leavers")

    said = greysift(elsewhere, "harvest", "--replay", str(warc), status=1)

    assert "limits.requests" in said
    assert 0 < len(rows(origin, "SELECT id FROM corpus_record")) < 12
    assert evidence(elsewhere) == evidence(origin)
