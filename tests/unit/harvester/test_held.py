"""What a crawl holds in memory does not grow with the number of its documents but by a few bytes in arrays."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from twisted.internet.asyncioreactor import AsyncioSelectorReactor

from corpus.vocabulary.harvest import FoundRecord
from harvester.declarations import parse_declaration
from harvester.job import CrawlJob
from harvester.network.timers import Sweeping
from harvester.pile import TOGETHER
from harvester.session import FINISHED, CrawlSession
from harvester.spiders.landing import Listed
from harvester.spiders.listings import Listing
from harvester.unfetched import MOST_NAMED, Unfetched
from harvester.warc import ReceivedResponse
from tests.reach import held_by

AT = datetime(2026, 3, 1, tzinfo=UTC)
DECLARED = {
    "slug": "here",
    "name": "Here",
    "organisation": "Nobody",
    "kind": "sitemap",
    "hosts": ["127.0.0.1:8000"],
    "licence": "none",
    "entry": {"site": "http://127.0.0.1:8000"},
}


class TakesAll:
    async def store(self, found):
        """Take it and forget it."""


def url_of(number: int) -> str:
    return f"http://127.0.0.1:8000/documents/{number}.pdf"


@pytest.fixture
def session(tmp_path):
    declaration = parse_declaration(DECLARED, name="here")
    job = CrawlJob(declaration=declaration, run_uid=uuid4(), warc_dir=tmp_path, sink=TakesAll())
    made = CrawlSession(job)
    yield made
    made.close(finish_reason=FINISHED)


async def crawl(session: CrawlSession, numbers: range) -> None:
    """Do with so many documents what middlewares and spider do."""
    for number in numbers:
        url = url_of(number)
        session.book.begin(url)
        answer = ReceivedResponse(url, 200, [], b"%d" % number, "GET / HTTP/1.1", [], AT)
        fact = session.writer.append(answer)
        session.book.add(fact)
        session.book.end(url)
        await session.hand_over_capture(fact)
        session.note_unfetched(f"{url}/missing", "no answer")
        captures = (fact.record_id,)
        await session.hand_over_record(FoundRecord(url, url, url, None, None, None, None, captures=captures))
    await session.flush()


def named(things) -> list[str]:
    return [thing for thing in things if isinstance(thing, str) and "/documents/" in thing]


def test_a_session_holds_no_address_of_what_it_has_stored(session):
    counts = []
    for numbers in (range(50), range(50, 500)):
        asyncio.run(crawl(session, numbers))
        held = list(held_by(session))
        counts.append(len(held))
        assert len(named(held)) == MOST_NAMED  # addresses without an answer, to be told at the end
        assert all(name.endswith("/missing") for name in named(held))

    assert counts[1] - counts[0] < 20
    assert session.book.next_answer(url_of(321)) is not None


def test_of_many_addresses_without_answer_the_first_are_named():
    unfetched = Unfetched()
    for number in [*reversed(range(100, 160)), 100]:
        unfetched.note(url_of(number), f"reason {number}")

    assert len(unfetched) == 60
    assert list(unfetched) == [url_of(number) for number in range(100, 100 + MOST_NAMED)]
    assert unfetched.sentence() == (
        f"60 addresses gave no answer, the first of them {url_of(100)} (reason 100)."
    )


def test_a_listing_holds_few_addresses():
    listing, counts = Listing(), []
    for numbers in (range(50), range(50, 500)):
        for number in numbers:
            listing.meet(url_of(number))
            listing.enter(Listed(url_of(number), said={"lastmod": "2026-03-01"}))
        held = list(held_by(listing))
        counts.append(len(held))
        assert len(named(held)) < TOGETHER

    assert counts[1] - counts[0] < 20
    assert [entry.url for entry in listing.new] == [url_of(number) for number in range(500)]


def test_cancelled_timers_are_thrown_away(monkeypatch):
    """Those of requests that were answered: minutes long, and Twisted alone would keep them until one of them is due."""
    monkeypatch.setattr("harvester.network.timers.EVERY", 0.01)

    async def answer_many() -> None:
        for _ in range(500):
            reactor.callLater(300, print).cancel()
        while len(reactor._pendingTimedCalls) + len(reactor._newTimedCalls) > 60:  # noqa: ASYNC110 - Twisted tells nobody
            await asyncio.sleep(0.01)

    loop = asyncio.new_event_loop()
    reactor = AsyncioSelectorReactor(loop)
    sweeping = Sweeping(reactor)
    try:
        loop.run_until_complete(asyncio.wait_for(answer_many(), 30))
    finally:
        sweeping.stop()
        loop.close()
