"""Crawls that were put off and taken up while their site changed its mind: each replays to what it was."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from harvester.warc import read_captures, run_files
from tests.fakes import crawl_process
from tests.fakes.crawl_process import PUT_OFF, Outcome
from tests.fakes.web_server import Answer, WebServer, WebSite, pdf, xml
from tests.fakes.web_sites import report, urlset

TABLES = '[entry]\nsite = "HOST"\n[filters]\ninclude = ["/reports/*"]\n'
RULES = "User-agent: *\nDisallow: /hidden\n"
LATER = Answer("busy", status=503, headers={"Retry-After": "3600"})
"""Beyond patience: the crawl is put off."""
BROKEN = Answer("broken", status=503)


def text(said: str, status: int = 200, **headers: str) -> Answer:
    return Answer(said, "text/plain", status, headers)


def site_of(count: int, *, puts_off: int = 0) -> WebSite:
    """Return a site of some reports with a file each; the first file puts the crawl off so often."""
    site = WebSite(robots=RULES)
    site.pages["/sitemap.xml"] = xml(urlset(*(f"/reports/{n}" for n in range(1, count + 1))))
    for n in range(1, count + 1):
        site.pages[f"/reports/{n}"] = report(f"Report {n}", f"/files/{n}.pdf")
        site.pages[f"/files/{n}.pdf"] = pdf(str(n))
    site.pages["/files/1.pdf"] = after(*[LATER] * puts_off, pdf("1"))
    return site


def after(*answers: Answer) -> Callable[[int], Answer]:
    """Return what answers each in turn, and the last for ever."""
    return lambda before: answers[min(before, len(answers) - 1)]


def crawled(
    folder: Path,
    site: WebSite,
    *,
    attempts: int,
    kind: str = "sitemap",
    tables: str = TABLES,
    run_uid: UUID | None = None,
    **order: Any,
) -> tuple[Outcome, Outcome, dict[str, int]]:
    """Crawl until it is over, put off in all attempts but the last; return the crawl, its replay and the requests."""
    order |= {"run_uid": run_uid or uuid4(), "warc_dir": folder / "warc"}
    with WebServer(site) as server:
        order["declaration"] = server.declaration(kind, tables)
        outcomes = [crawl_process.run(folder / "crawl", **order) for _ in range(attempts)]
        hits = dict(server.hits)
    assert [outcome.status == PUT_OFF for outcome in outcomes] == [True] * (attempts - 1) + [False]
    warc = run_files(folder / "warc", order["run_uid"])[-1]
    order.pop("validators", None)
    replay = crawl_process.run(folder / "replay", **order, replay=warc, is_offline=True)
    return outcomes[-1], replay, hits


def assert_same(live: Outcome, replay: Outcome) -> None:
    assert live.result is not None
    assert replay.result == live.result
    assert replay.records == live.records
    assert replay.captures == live.captures
    assert replay.status == live.status


REDIRECTED = text("", 301, Location="HOST/rules.txt")
SHAPES: dict[str, tuple[Answer | Callable[[int], Answer], ...]] = {
    "redirected": (REDIRECTED, text(RULES)),
    "redirected, and the rules have changed": (REDIRECTED, after(text(RULES), text("User-agent: *\nDisallow: /files/2"))),
    "moved meanwhile": (after(text(RULES), REDIRECTED), text(RULES)),
    "no longer moved": (after(REDIRECTED, text(RULES)), text(RULES)),
    "moved in a chain": (after(REDIRECTED, REDIRECTED), text("", 302, Location="HOST/rules-2.txt")),
    "none, then some": (after(text("", 404), text("User-agent: *\nDisallow: /files/2")), text("")),
    "some, then none": (after(text(RULES), text("", 404)), text("")),
    "busy, then some": (after(text(RULES), BROKEN, text(RULES)), text("")),
    "leads in a circle": (after(text(RULES), text("", 302, Location="HOST/robots.txt")), text("")),
    "leads away": (after(text(RULES), text("", 302, Location="https://other.example/robots.txt")), text("")),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_whatever_robots_txt_says_to_a_crawl_taken_up_twice_its_replay_says_the_same(shape, tmp_path):
    attempts = 2 if "leads" in shape else 3
    site = site_of(3, puts_off=attempts - 1)
    site.pages["/robots.txt"], site.pages["/rules.txt"] = SHAPES[shape]
    site.pages["/rules-2.txt"] = text(RULES)

    live, replay, _ = crawled(tmp_path, site, attempts=attempts)

    assert_same(live, replay)


@pytest.mark.parametrize("times", [1, 2])
def test_rules_that_cannot_be_read_when_a_crawl_is_taken_up_fail_it_and_its_replay_alike(times, tmp_path):
    site = site_of(8, puts_off=times)
    site.pages["/robots.txt"] = after(*[text(RULES)] * times, text("no", 501))

    live, replay, hits = crawled(tmp_path, site, attempts=times + 1)

    assert live.status == 1
    assert "robots.txt could not be read" in " ".join(live.result.failures)
    assert hits["/files/1.pdf"] == times  # without the rules the host is not asked
    assert_same(live, replay)


@pytest.mark.parametrize("busy", [BROKEN, text("slow down", 429)])
def test_rules_that_a_busy_host_does_not_give_to_a_crawl_taken_up_put_it_off_and_nothing_is_lost(
    busy, tmp_path
):
    site = site_of(4, puts_off=1)
    site.pages["/robots.txt"] = after(text(RULES), *[busy] * 4, text(RULES))

    live, replay, hits = crawled(tmp_path, site, attempts=3)

    assert live.result.failures == []
    assert len(live.records) == 4
    assert hits["/robots.txt"] == 6
    kept = Counter(capture["url"].partition("/files")[2] for capture in live.captures.values())
    assert {f"/{n}.pdf": kept[f"/{n}.pdf"] for n in (2, 3, 4)} == dict.fromkeys(
        ("/2.pdf", "/3.pdf", "/4.pdf"), 1
    )
    assert_same(live, replay)


def test_a_run_does_not_wait_for_rules_for_ever(tmp_path):
    site = site_of(4, puts_off=1)
    site.pages["/robots.txt"] = after(text(RULES), BROKEN)
    long_ago = datetime.now(UTC) - timedelta(days=8)

    live, replay, _ = crawled(tmp_path, site, attempts=2, begun_at=long_ago)

    assert live.status == 1
    assert "robots.txt could not be read: status 503" in " ".join(live.result.failures)
    assert_same(live, replay)


@pytest.mark.parametrize(
    ("kind", "path", "told"),
    [
        ("sitemap", "/sitemap.xml", "could not be asked for its sitemaps: host not to be asked further"),
        ("wordpress", "/wp-json/?_fields=name%2Cnamespaces", "gives no answer (host not to be asked further"),
        ("drupal", "/jsonapi", "gave no answer (host not to be asked further"),
    ],
)
def test_a_site_that_could_not_be_asked_is_not_said_to_have_nothing(kind, path, told, tmp_path):
    site = site_of(2)
    site.pages[path.replace("%2C", ",")] = after(LATER, Answer("none", status=404))
    site.pages["/robots.txt"] = after(text(RULES), text("", 302, Location="HOST/robots.txt"))
    tables = TABLES.replace("include", 'bundles = ["report"]\ninclude') if kind == "drupal" else TABLES

    live, replay, _ = crawled(tmp_path, site, attempts=2, kind=kind, tables=tables)

    failures = " ".join(live.result.failures)
    assert told in failures
    assert "no sitemap" not in failures
    assert "neither sitemap" not in failures
    assert_same(live, replay)


def test_rules_whose_host_does_not_answer_any_more_fail_the_crawl_and_its_replay_alike(tmp_path):
    site = site_of(6, puts_off=1)
    site.pages["/robots.txt"] = after(text(RULES), Answer("x", is_cut=True))

    live, replay, _ = crawled(tmp_path, site, attempts=2)

    assert live.status == 1
    assert "robots.txt could not be read" in " ".join(live.result.failures)
    assert_same(live, replay)


def test_an_address_that_answers_otherwise_each_time_replays_as_it_was(tmp_path):
    site = site_of(3, puts_off=1)
    site.pages["/sitemap.xml"] = after(
        xml(urlset("/reports/1", "/reports/2")), xml(urlset("/reports/1", "/reports/2", "/reports/3"))
    )
    site.pages["/reports/1"] = after(report("First", "/files/1.pdf"), report("Second", "/files/2.pdf"))

    live, replay, _ = crawled(tmp_path, site, attempts=2)

    assert_same(live, replay)


def test_files_that_broke_off_are_given_up_once_and_replay_as_they_were(tmp_path):
    """The crawl is put off in between; what it gave up it has told the store already, so that is not asked again."""
    cut = Answer(b"%PDF-1.4 cut", "application/pdf", is_cut=True)
    two_lengths = Answer(b"%PDF-1.4 odd", "application/pdf", headers={"Content-Length": "99"})
    site = site_of(4, puts_off=1)
    site.pages["/files/2.pdf"] = after(cut, pdf("2"))
    site.pages["/files/3.pdf"] = cut
    site.pages["/files/4.pdf"] = two_lengths

    live, replay, hits = crawled(tmp_path, site, attempts=2)

    asked = {path[-5]: hits[path] for path in hits if path.startswith("/files")}
    most = {
        "1": 2,
        "2": 3,
        "3": 4 + 4,
        "4": 2,
    }  # what was under way when it was put off begins anew, four tries each
    assert all(asked[name] <= most[name] for name in most)
    assert asked["3"] >= 4
    assert [
        document["reason"] for _, record in sorted(live.records.items()) for document in record["documents"]
    ] == [None, None, "the answer broke off", "answer cannot be read: not HTTP"]
    assert_same(live, replay)


def test_what_was_confirmed_from_another_crawls_recording_replays_as_it_was(tmp_path):
    site, first, second = site_of(3), uuid4(), uuid4()
    order: dict[str, Any] = {"warc_dir": tmp_path / "warc"}
    with WebServer(site) as server:
        order["declaration"] = server.declaration("sitemap", TABLES)
        crawl_process.run(tmp_path / "first", run_uid=first, **order)
        facts = [fact for path in run_files(tmp_path / "warc", first) for fact in read_captures(path)]
        site.pages["/files/1.pdf"] = after(LATER, pdf("1"))
        site.pages["/files/3.pdf"] = after(pdf("3, replaced"))
        server.forget()
        order |= {"run_uid": second, "validators": crawl_process.dumped(facts)}
        put_off = crawl_process.run(tmp_path / "second", **order)
        live = crawl_process.run(tmp_path / "second", **order)
        unchanged = dict(server.unchanged)
    warc = run_files(tmp_path / "warc", second)[-1]
    del order["validators"]

    replay = crawl_process.run(tmp_path / "replay", **order, replay=warc, is_offline=True)

    assert put_off.status == PUT_OFF
    assert unchanged["/files/2.pdf"] in {1, 2}  # it may have been under way when the crawl was put off
    assert_same(live, replay)


TWO_HOSTS: dict[str, tuple[Answer | Callable[[int], Answer], Answer | Callable[[int], Answer]]] = {
    "the rules lie at the other host": (text("", 301, Location="OTHER/robots.txt"), text(RULES)),
    "they lead over both hosts": (text("", 301, Location="OTHER/rules.txt"), text(RULES)),
    "the other's cannot be read": (text(RULES), BROKEN),
    "the other's cannot be read any more": (text(RULES), after(text(RULES), text("no", 501))),
    "the other wants more patience than there is": (text(RULES), text("User-agent: *\nCrawl-delay: 60")),
    "the other wants it by and by": (text(RULES), after(text(RULES), text("User-agent: *\nCrawl-delay: 60"))),
}  # fmt: skip


@pytest.mark.parametrize("shape", TWO_HOSTS)
def test_a_crawl_of_two_hosts_replays_as_it_was(shape, tmp_path):
    """Pages lie at one host and files at the other, which puts the crawl off once, unless it is not asked at all."""
    files, pages = WebSite(), site_of(4)
    with WebServer(files) as other, WebServer(pages) as server:
        own, files.pages["/robots.txt"] = TWO_HOSTS[shape]
        for name, value in own.headers.items() if isinstance(own, Answer) else ():
            own = text("", own.status, **{name: value.replace("OTHER", other.url)})
        pages.pages["/robots.txt"] = own
        files.pages["/rules.txt"] = text("", 302, Location=f"{server.url}/rules.txt")
        pages.pages["/rules.txt"] = text(RULES)
        for n in range(1, 5):
            pages.pages[f"/reports/{n}"] = report(f"Report {n}", f"{other.url}/files/{n}.pdf")
            files.pages[f"/files/{n}.pdf"] = pdf(str(n)) if n > 1 else after(LATER, pdf("1"))
        declaration = server.declaration("sitemap", TABLES).replace(
            f'hosts = ["{server.host}"]', f'hosts = ["{server.host}", "{other.host}"]'
        )
        order: dict[str, Any] = {
            "declaration": declaration,
            "run_uid": uuid4(),
            "warc_dir": tmp_path / "warc",
        }
        live = crawl_process.run(tmp_path / "crawl", **order)
        is_refused = live.status != PUT_OFF
        live = live if is_refused else crawl_process.run(tmp_path / "crawl", **order)
        asked = {path for path in other.hits if path.startswith("/files")}
    warc = run_files(tmp_path / "warc", order["run_uid"])[-1]

    replay = crawl_process.run(tmp_path / "replay", **order, replay=warc, is_offline=True)

    assert is_refused == (not asked)
    assert live.status == ("other" in shape and "lie" not in shape)
    assert_same(live, replay)


@pytest.mark.parametrize("most", [9, 18, 24])
def test_a_crawl_that_was_ended_at_its_limit_replays_as_far_as_it_came(most, tmp_path):
    """What was under way when it was ended is chance: four records are worked on at once, at a site of uneven speed."""
    site, uneven = site_of(20), Random(most)
    site.on_request = lambda _: time.sleep(uneven.random() / 20)

    live, replay, _ = crawled(tmp_path, site, attempts=1, tables=f"{TABLES}[limits]\nrequests = {most}\n")

    assert "limits.requests" in live.result.failures[0]
    assert len(live.records) < 20
    assert_same(live, replay)


@pytest.mark.parametrize("error", ["SourceError", "ValueError"])
@pytest.mark.parametrize("slow", [True, False])
def test_a_spider_that_met_an_error_of_its_own_has_failed_and_replays_as_far_as_it_came(
    error, slow, tmp_path
):
    """Where the page that it cannot bear comes late, others are got before it that are listed behind it."""
    site, uneven = site_of(20), Random(9)
    site.on_request = lambda path: time.sleep(
        0.5 if slow and path == "/files/9.pdf" else uneven.random() / 20
    )
    faulty = {"prepare": "tests.fakes.failing_spider:prepare", "raises": error, "raises_at": "/reports/9"}

    live, replay, _ = crawled(tmp_path, site, attempts=1, **faulty)

    assert live.status == 1
    assert live.result.failures[0] == f"The spider met an error of its own ({error}): see the log."
    assert "this page" in live.log
    assert 0 < len(live.records) < 20
    assert_same(live, replay)
