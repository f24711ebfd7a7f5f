"""Hosts that are busy, broken, slow to forgive, or not what they say."""

from itertools import pairwise
from uuid import uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.govuk_server import GovukServer
from tests.fakes.govuk_site import Asset, Fault, Site, asset_path, file_attachment, minimal_pdf, publication

SEARCH = "/api/search.json"


def site_of(count: int = 1) -> Site:
    site = Site()
    for n in range(1, count + 1):
        attachment = file_attachment(n, filename=f"{n}.pdf", title=f"File {n}")
        site.assets[asset_path(attachment)] = Asset(minimal_pdf(f"File {n}"))
        site.publish(publication(f"report-{n}", attachments=[attachment], published=f"20{10 + n}-01-01"))
    return site


def gaps(times):
    """Return what lay between one request's arrival and the next, host by host."""
    found = []
    for host in {host for _, host in times}:
        arrivals = [moment for moment, asked in times if asked == host]
        assert len(arrivals) > 1
        found += [later - earlier for earlier, later in pairwise(arrivals)]
    return found


@pytest.fixture
def crawl(tmp_path):
    """Crawl a site; keep what its server counted."""

    def crawl_site(site, *, name="crawl", declared=None, **order):
        with GovukServer(site) as server:
            crawl_site.server = server
            order = {"run_uid": uuid4(), "warc_dir": tmp_path / "warc", **order}
            return crawl_process.run(
                tmp_path / name, declaration=server.declaration(**(declared or {})), **order
            )

    return crawl_site


def test_a_refused_search_fails_the_run_with_what_the_source_said(crawl):
    site = site_of()
    body = '{"error": "Unexpected parameters: colour"}'
    site.faults[SEARCH] = Fault("status", status=422, body=body)

    outcome = crawl(site)

    assert outcome.status == 1
    assert list(outcome.result.failures) == [
        "The search refused the request (422): Unexpected parameters: colour."
    ]
    assert outcome.records == {}


def test_a_search_of_another_shape_fails_the_run(crawl):
    site = site_of()
    site.faults[SEARCH] = Fault("garble")

    assert "unknown shape" in crawl(site).result.failures[0]


def test_results_that_were_announced_and_not_given_fail_the_run(crawl):
    site = site_of(3)
    site.hidden_from_results = 1

    result = crawl(site).result

    assert (result.expected, result.got) == (3, 2)
    assert any("announced 3 results" in failure for failure in result.failures)
    assert any("holds 3 records for this search; 2 were got" in failure for failure in result.failures)


def test_one_link_twice_fails_the_run(crawl):
    site = site_of(2)
    site.entries.append(dict(site.entries[0]))

    result = crawl(site).result

    assert (result.expected, result.got) == (3, 2)
    assert any("more than once" in failure for failure in result.failures)


def test_a_page_that_is_no_json_is_a_record_and_a_failure(crawl):
    site = site_of(2)
    site.faults["/api/content/government/publications/report-1"] = Fault("garble")

    outcome = crawl(site)

    reasons = {
        record["title"]: [d["reason"] for d in record["documents"]] for record in outcome.records.values()
    }
    assert reasons == {"Specimen: report-1": ["answer cannot be read"], "Specimen: report-2": [None]}
    assert "1 address gave no answer" in outcome.result.failures[0]


def test_a_host_that_asks_for_a_pause_gets_it(crawl):
    site = site_of()
    site.faults[SEARCH] = Fault("status", status=429, retry_after="1")

    outcome = crawl(site)

    assert outcome.status == 0
    times = [moment for moment, _ in crawl.server.times]
    assert max(later - earlier for earlier, later in pairwise(times)) >= 1.0
    assert outcome.result.counts["responses_429"] == 1


def test_a_host_that_asks_for_a_long_pause_ends_the_crawl(crawl):
    site = site_of()
    site.faults[SEARCH] = Fault("status", status=503, retry_after="3600")

    outcome = crawl(site)

    assert outcome.status == crawl_process.PUT_OFF
    assert "is to be left alone for 3600 s" in outcome.log
    assert outcome.result is None  # the run is open still
    asked = {url.partition("?")[0].rpartition("/")[2]: n for url, n in crawl.server.hits.items()}
    assert asked == {"robots.txt": 1, "tdmrep.json": 1, "search.json": 1}


def test_a_crawl_that_was_put_off_again_and_again_ends_whole(crawl, tmp_path):
    """Each time the host asks for an hour; the fourth try is answered, and nothing is given up."""
    site = site_of(2)
    site.faults[SEARCH] = Fault("status", status=503, retry_after="3600", times=3)
    run_uid = uuid4()
    order = {"run_uid": run_uid, "warc_dir": tmp_path / "warc"}
    with GovukServer(site) as server:
        outcomes = [
            crawl_process.run(tmp_path / "crawl", declaration=server.declaration(), **order) for _ in range(4)
        ]
        again = {url.partition("?")[0]: n for url, n in server.hits.items() if n > 1}
        # the search, at the end too, and its host's rules by each attempt
        assert again == {f"{server.url}{SEARCH}": 5, f"{server.url}/robots.txt": 4}
    declaration = server.declaration(delay="1")
    resumed = crawl_process.run(tmp_path / "crawl", declaration=declaration, **order, has_no_turns=True)
    replayed = crawl_process.run(
        tmp_path / "replayed",
        declaration=declaration,
        **order,
        replay=next((tmp_path / "warc").glob("*.warc.gz")),
        is_offline=True,
        has_no_turns=True,
    )

    assert [outcome.status for outcome in outcomes] == [crawl_process.PUT_OFF] * 3 + [0]
    assert outcomes[-1].result.counts["responses_503"] == 3
    assert resumed.result == replayed.result == outcomes[-1].result  # and neither took a turn
    assert resumed.records == replayed.records == outcomes[-1].records


def test_a_crawl_that_meets_the_end_of_its_hours_stops_and_goes_on_later(crawl, tmp_path):
    declared = {"windows": '["22:00-06:00"]'}
    order = {"run_uid": uuid4(), "warc_dir": tmp_path / "warc"}
    with GovukServer(site_of(4)) as server:
        declaration = server.declaration(**declared)
        stopped = crawl_process.run(
            tmp_path / "crawl", declaration=declaration, **order, asks_before_closing=5
        )
        asked = server.hits.total()
        finished = crawl_process.run(
            tmp_path / "crawl", declaration=declaration, **order, asks_before_closing=99
        )

        assert (stopped.status, stopped.result) == (crawl_process.PUT_OFF, None)
        assert asked <= 5
        assert "after 2026-03-02 22:00:00 GMT" in stopped.log
        assert (finished.status, len(finished.records)) == (0, 4)
        assert server.hits.total() <= len(server.hits) + 4  # those under way when it stopped were asked again


def test_a_host_that_keeps_failing_is_left_alone_and_the_crawl_put_off(crawl):
    """A pace of 50 ms doubles with each failure in a row, beyond a patience of half a second at the fourth."""
    site = site_of(4)
    for n in range(1, 5):
        site.faults[f"/api/content/government/publications/report-{n}"] = Fault(
            "status", status=503, times=99
        )

    outcome = crawl(site, declared={"delay": "0.05", "patience": "0.5"})

    assert (outcome.status, outcome.result) == (crawl_process.PUT_OFF, None)
    assert "since it keeps failing" in outcome.log
    assert sum(n for url, n in crawl.server.hits.items() if "/api/content" in url) == 4


def test_a_host_that_asks_for_a_long_pause_when_its_robots_txt_is_asked_puts_the_crawl_off(crawl):
    site = site_of()
    site.faults["/robots.txt"] = Fault("status", status=429, retry_after="3600")

    outcome = crawl(site)

    assert (outcome.status, outcome.result) == (crawl_process.PUT_OFF, None)
    assert crawl.server.hits.total() == 1


def test_a_host_without_readable_robots_is_not_asked(crawl):
    site = site_of()
    site.faults["/robots.txt"] = Fault("status", times=99, status=500)

    outcome = crawl(site)

    assert "robots.txt could not be read" in outcome.result.failures[0]
    assert {url.rpartition("/")[2] for url in crawl.server.hits} == {"robots.txt"}


def test_robots_are_obeyed_and_the_reason_is_kept(crawl):
    site = site_of(2)
    site.robots = "User-agent: *\nDisallow: /api/content/government/publications/report-1\n"

    outcome = crawl(site)

    reasons = {
        record["title"]: [d["reason"] for d in record["documents"]] for record in outcome.records.values()
    }
    assert reasons == {"Specimen: report-1": ["forbidden by robots.txt"], "Specimen: report-2": [None]}
    assert not any(url.endswith("report-1") for url in crawl.server.hits)


def test_a_crawl_that_is_taken_up_obeys_what_robots_txt_says_by_then(tmp_path):
    """It is put off at the search; meanwhile the site forbids a page and wants a slower pace."""
    site = site_of(3)
    forbidden = "/api/content/government/publications/report-1"
    site.faults[SEARCH] = Fault("status", status=503, retry_after="3600", times=1)
    order = {"run_uid": uuid4(), "warc_dir": tmp_path / "warc"}
    with GovukServer(site) as server:
        declaration = server.declaration()
        first = crawl_process.run(tmp_path / "crawl", declaration=declaration, **order)
        server.forget()
        site.robots = f"User-agent: *\nDisallow: {forbidden}\nCrawl-delay: 0.3\n"
        second = crawl_process.run(tmp_path / "crawl", declaration=declaration, **order)
        hits, times = dict(server.hits), server.times
        replay = crawl_process.run(
            tmp_path / "replayed",
            declaration=declaration,
            **order,
            replay=next((tmp_path / "warc").glob("*.warc.gz")),
            is_offline=True,
        )

    assert (first.status, second.status) == (crawl_process.PUT_OFF, 0)
    assert f"{server.url}{forbidden}" not in hits
    assert hits[f"{server.url}/robots.txt"] == 1
    site_times = [(moment, host) for moment, host in times if host == times[0][1]]
    assert all(gap >= 0.3 for gap in gaps(site_times))
    reasons = [d["reason"] for record in second.records.values() for d in record["documents"]]
    assert sorted(map(str, reasons)) == ["None", "None", "forbidden by robots.txt"]
    assert (replay.records, replay.captures) == (second.records, second.captures)
    assert replay.result == second.result
    governing = {
        capture["permissions"]["robots_txt"]["capture"]
        for capture in second.captures.values()
        if capture["url"].startswith(server.url) and "robots_txt" in capture["permissions"]
    }
    assert len(governing) == 2


def test_a_crawl_delay_is_kept(crawl):
    site = site_of()
    site.robots = "User-agent: *\nCrawl-delay: 0.5\n"

    outcome = crawl(site)

    assert outcome.status == 0
    assert all(gap >= 0.5 for gap in gaps(crawl.server.times))


def test_a_crawl_delay_beyond_patience_ends_the_crawl(crawl):
    site = site_of()
    site.robots = "User-agent: *\nCrawl-delay: 600\n"

    assert "asks for 600 s between requests" in crawl(site).result.failures[0]


def test_one_request_at_a_time_with_the_declared_pause(crawl):
    outcome = crawl(site_of(2), declared={"delay": "0.2"})

    assert outcome.status == 0
    assert all(gap >= 0.2 for gap in gaps(crawl.server.times))


@pytest.mark.parametrize(("what", "told"), [("capture", "A capture"), ("record", "A record")])
def test_a_store_that_refuses_fails_the_run(crawl, what, told):
    outcome = crawl(site_of(2), refuse=what)

    assert outcome.status == 1
    assert outcome.result.failures[0] == f"{told} could not be stored (OSError: the disk is full)."
    assert outcome.records == {}


def test_more_results_than_one_request_brings_are_asked_in_windows(crawl):
    site = site_of()
    entry = {**site.entries[0], "content_id": None}
    for n in range(1700):
        day = f"{2000 + n // 300}-{1 + n % 12:02}-{1 + n % 28:02}T00:00:00.000+00:00"
        link = f"https://elsewhere.invalid/{n}"
        site.entries.append({**entry, "title": f"Elsewhere {n}", "link": link, "public_timestamp": day})

    site.entries.append({**entry, "link": "https://elsewhere.invalid/undated", "public_timestamp": None})

    outcome = crawl(site)

    assert outcome.result.failures == []
    assert outcome.result.expected == outcome.result.got == len(outcome.records) == 1702
    searches = [url for url in crawl.server.hits if SEARCH in url]
    assert len(searches) == 4
    assert sum("filter_public_timestamp" in url for url in searches) == 2
    assert sum("reject_public_timestamp" in url for url in searches) == 1


def test_many_on_one_day_are_asked_in_parts_of_the_day(crawl):
    site = site_of()
    entry = {**site.entries[0], "content_id": None}
    site.entries += [
        {
            **entry,
            "link": f"https://elsewhere.invalid/{n}",
            "public_timestamp": f"2011-01-01T{n // 60 % 24:02}:{n % 60:02}:59.500Z",
        }
        for n in range(1600)
    ]

    outcome = crawl(site)

    assert outcome.result.failures == []
    assert len(outcome.records) == 1601


def test_too_many_in_one_second_is_said(crawl):
    site = site_of()
    entry = {**site.entries[0], "content_id": None, "public_timestamp": "2011-01-01T00:00:00Z"}
    site.entries += [{**entry, "link": f"https://elsewhere.invalid/{n}"} for n in range(1600)]

    outcome = crawl(site)

    assert "cannot be split" in outcome.result.failures[0]
    assert outcome.result.expected == 1601


def test_search_terms_are_asked_for(crawl):
    outcome = crawl(site_of(3), declared={"terms": '"report-2"'})

    assert [record["title"] for record in outcome.records.values()] == ["Specimen: report-2"]
