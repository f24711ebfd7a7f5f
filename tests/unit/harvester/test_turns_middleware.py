"""Turns around requests: taken before, held while the answer comes, given back whatever happens."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from corpus.vocabulary.errors import BusyError, NotNowError, TurnsError
from corpus.vocabulary.turns import Wait
from harvester.declarations import declaration_as_plain, parse_declaration, shipped_declarations
from harvester.job import CrawlJob
from harvester.middlewares import turns as module
from harvester.middlewares.causes import NotFetchedError
from harvester.middlewares.recorded import ANEW, RECORDED
from harvester.middlewares.turns import TurnsMiddleware
from harvester.reasons import CrawlStoppedError
from harvester.session import CrawlSession

(DEPARTMENT,) = [d for d in shipped_declarations() if d.slug == "department-for-education"]
URL = "https://www.gov.uk/a"


class Told:
    """Turns that do as they are told and write down what they were asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        self.is_renewed = asyncio.Event()

    async def take(self, host, *, pace):
        self.asked.append(("take", host, pace))
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def renew(self, hosts):
        self.asked.append(("renew", *hosts))
        self.is_renewed.set()

    async def give_back(self, host, ending):
        self.asked.append(("give back", host, ending.is_setback, ending.pause))

    @property
    def steps(self):
        return [step for step, *_ in self.asked]


@pytest.fixture
def made(tmp_path):
    """Make a middleware over turns; its session is closed in the end."""
    sessions = []

    def make(turns, declared=None, **politeness):
        plain = declaration_as_plain(DEPARTMENT)
        declaration = parse_declaration(
            {**plain, **(declared or {}), "politeness": {**plain["politeness"], **politeness}},
            name="made",
        )
        session = CrawlSession(
            CrawlJob(
                declaration=declaration,
                run_uid=uuid4(),
                warc_dir=tmp_path,
                sink=None,
                turns=turns,
                clock=lambda: datetime(2026, 3, 2, 12, tzinfo=UTC),
            )
        )
        sessions.append(session)
        signals = SimpleNamespace(connect=lambda *_, **__: None)
        return TurnsMiddleware(SimpleNamespace(signals=signals, spider=None), session=session), session

    yield make
    for session in sessions:
        session.close(finish_reason="shutdown")


def test_a_turn_is_held_from_the_request_to_its_answer(made):
    async def ask():
        await middleware.process_request(request)
        assert turns.steps == ["take"]
        await middleware.process_response(request, Response(URL))

    turns, request = Told(), Request(URL)
    middleware, _ = made(turns)
    asyncio.run(ask())

    assert turns.asked == [("take", "www.gov.uk", 1.0), ("give back", "www.gov.uk", False, None)]


@pytest.mark.parametrize(
    ("status", "header", "ended"),
    [
        (503, "7", (True, 7.0)),
        (429, None, (True, None)),
        (404, None, (False, None)),
        (404, "1.5", (False, 1.5)),
        (301, "7", (False, 7.0)),
        (403, "7", (False, 7.0)),
        (200, "7", (False, 7.0)),
    ],
)
def test_what_the_host_said_goes_with_the_turn(made, status, header, ended):
    async def ask():
        await middleware.process_request(request)
        headers = {"Retry-After": header} if header else {}
        await middleware.process_response(request, Response(URL, status=status, headers=headers))

    turns, request = Told(), Request(URL)
    middleware, _ = made(turns)
    asyncio.run(ask())

    assert turns.asked[-1] == ("give back", "www.gov.uk", *ended)


@pytest.mark.parametrize(("error", "is_setback"), [(DownloadTimeoutError(), True), (ValueError(), False)])
def test_a_request_without_an_answer_gives_its_turn_back(made, error, is_setback):
    async def ask():
        await middleware.process_request(request)
        await middleware.process_exception(request, error)

    turns, request = Told(), Request(URL)
    middleware, _ = made(turns)
    asyncio.run(ask())

    assert turns.asked[-1] == ("give back", "www.gov.uk", is_setback, None)


def test_turns_are_renewed_while_an_answer_comes_and_given_back_when_the_crawl_ends_without_it(
    made, monkeypatch
):
    async def ask():
        await middleware.process_request(request)
        await turns.is_renewed.wait()
        await middleware._give_all_back()

    monkeypatch.setattr(module, "HOLD", timedelta(seconds=0.03))
    turns, request = Told(), Request(URL)
    middleware, _ = made(turns)
    asyncio.run(asyncio.wait_for(ask(), 30))

    assert ("renew", "www.gov.uk") in turns.asked
    assert turns.steps[-1] == "give back"


def test_a_recorded_answer_ends_no_turn(made):
    turns = Told()
    middleware, _ = made(turns)

    asyncio.run(middleware.process_response(Request(URL), Response(URL, status=503, flags=[RECORDED])))

    assert turns.asked == []


def test_a_request_that_is_given_up_while_it_waits_leaves_the_line(made):
    async def ask():
        waiting = asyncio.create_task(middleware.process_request(Request(URL)))
        await asyncio.sleep(0.01)
        assert turns.steps == ["take"]
        waiting.cancel()
        await asyncio.wait([waiting])
        await middleware.process_request(Request(URL))

    turns = Told(Wait(3600.0))
    middleware, _ = made(turns)
    asyncio.run(asyncio.wait_for(ask(), 30))

    assert turns.steps == ["take", "take"]


def test_a_wait_beyond_patience_puts_the_crawl_off_until_then(made):
    moment = datetime(2026, 3, 2, 13, tzinfo=UTC)
    middleware, session = made(Told(Wait(3600.0, until=moment)))

    with pytest.raises(CrawlStoppedError, match="is to be left alone for 3600 s"):
        asyncio.run(middleware.process_request(Request(URL)))

    assert isinstance(session.interruption, NotNowError)
    assert session.interruption.until == moment


@pytest.mark.parametrize(("days", "error"), [(6, CrawlStoppedError), (8, NotFetchedError)])
def test_rules_asked_for_anew_are_waited_for_a_week_and_no_longer(made, days, error):
    middleware, session = made(Told(Wait(3600.0, until=datetime(2026, 3, 2, 13, tzinfo=UTC))))
    session.job = replace(session.job, begun_at=session.job.clock() - timedelta(days=days))
    robots = Request("https://www.gov.uk/robots.txt", meta={ANEW: True})

    with pytest.raises(error, match="left alone for 3600 s"):
        asyncio.run(middleware.process_request(robots))

    assert (session.interruption is None) == (error is NotFetchedError)


def test_nothing_is_asked_outside_of_the_hours(made):
    turns = Told()
    middleware, session = made(turns, windows=["22:00-06:00"])

    with pytest.raises(CrawlStoppedError, match=r"22:00-06:00 Europe/London"):
        asyncio.run(middleware.process_request(Request(URL)))

    assert turns.asked == []
    assert session.interruption.until == datetime(2026, 3, 2, 22, tzinfo=UTC)


def test_a_source_that_another_took_over_is_left_to_it(made):
    middleware, session = made(Told(BusyError("another goes on")))

    with pytest.raises(CrawlStoppedError, match="another goes on"):
        asyncio.run(middleware.process_request(Request(URL)))

    assert isinstance(session.interruption, BusyError)


def test_without_a_keeper_of_turns_nobody_is_asked(made):
    middleware, session = made(Told(TurnsError("no database")))

    with pytest.raises(CrawlStoppedError, match="no database"):
        asyncio.run(middleware.process_request(Request(URL)))

    assert session.interruption is None  # a failure of the run


def test_a_source_of_this_machine_without_delay_takes_no_turns_but_for_robots_txt(made):
    here = "127.0.0.1:8000"
    plain = {
        "hosts": [here],
        "entry": dict.fromkeys(("search", "content", "site", "assets"), f"http://{here}"),
    }
    turns = Told()
    middleware, _ = made(turns, plain, delay_seconds=0.0, connections=8)

    async def ask():
        for path in ("a", "b", "robots.txt"):
            request = Request(f"http://{here}/{path}")
            await middleware.process_request(request)
        await middleware.process_response(
            request, Response(request.url, body=b"User-agent: *\nCrawl-delay: 3")
        )
        await middleware.process_request(Request(f"http://{here}/c"))

    asyncio.run(ask())

    assert turns.asked == [
        ("take", here, 0.0),
        ("give back", here, False, None),
        ("take", here, 3.0),
    ]


@pytest.mark.parametrize(
    ("asked", "pace"), [("5", 5.0), ("0.1", 1.0), ("nan", 1.0), ("-4", 1.0), ("soon", 1.0)]
)
def test_the_slower_of_two_paces_is_kept(made, asked, pace):
    turns = Told()
    middleware, _ = made(turns)

    async def ask():
        request = Request("https://www.gov.uk/robots.txt")
        await middleware.process_request(request)
        body = f"User-agent: *\nCrawl-delay: {asked}\n".encode()
        await middleware.process_response(request, Response(request.url, body=body))
        await middleware.process_request(Request(URL))

    asyncio.run(ask())

    assert turns.asked[-1] == ("take", "www.gov.uk", pace)
