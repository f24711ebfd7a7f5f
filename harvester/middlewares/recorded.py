"""Answers from the run's own WARC: for a killed run taken up again, and for a replay without any network."""

from typing import TYPE_CHECKING, Self
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from corpus.vocabulary.harvest import CaptureFact
from harvester.middlewares.causes import NotFetchedError
from harvester.middlewares.hosts import session_of
from harvester.permissions import RESERVATIONS_PATH
from harvester.reasons import NotRetrieved
from harvester.warc import Exchange, FailureNote

if TYPE_CHECKING:
    from harvester.session import CrawlSession

AGAIN = "again"
"""Request meta: a settled answer of this run does not do; ask, or take the next recorded one."""
ANEW = "anew"
"""Request meta: only the host itself may answer, whatever is recorded."""
_OFTEN_MISSING = {"/robots.txt", RESERVATIONS_PATH}  # from recordings of others
RECORDED = "recorded"
"""Flag of a response that did not come over the network just now."""
HOPS = "hops"
"""Request meta: the list to which each capture on the way is added; retries and redirects share it."""


class RecordedResponsesMiddleware:
    """Serves what is recorded; asks for the rest, or, in a replay, notes that it is missing."""

    def __init__(self, session: "CrawlSession") -> None:
        self._session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(session_of(crawler))

    async def process_request(self, request: Request) -> Response | None:
        """Return the recorded answer, if there is one."""
        session, url = self._session, bare_url(request)
        await session.book.wait_for(url)
        if request.meta.get(ANEW):
            session.book.begin(url)
            return None
        answer = session.book.next_answer(url, again=bool(request.meta.get(AGAIN)))
        if isinstance(answer, FailureNote):
            raise NotFetchedError(answer)
        if answer is not None:
            fact, said = session.read(answer)
            add_hop(request, await session.hand_over_capture(fact, said=said))
            return response_of(said, request=request)
        if not session.is_replay:
            session.book.begin(url)  # ended by whoever gets the answer
            return None
        if (failure := session.book.failure_of(url)) is not None:
            raise NotFetchedError(failure)
        if (stopped := session.replays_to) is not None and urlsplit(url).path not in _OFTEN_MISSING:
            raise session.stop(stopped.why)
        if urlsplit(url).path not in _OFTEN_MISSING:
            session.fail(f"{url} is not in the recording.")
        raise NotFetchedError.because(NotRetrieved.NOT_RECORDED, url=url)


def bare_url(request: Request) -> str:
    """Return what identifies an answer: the URL without its fragment."""
    url = request.url
    return urldefrag(url).url if "#" in url else url


def add_hop(request: Request, fact: CaptureFact) -> None:
    """Note a capture for whoever asked."""
    hops: list[CaptureFact] | None = request.meta.get(HOPS)
    if hops is not None:
        hops.append(fact)


def response_of(exchange: Exchange, *, request: Request) -> Response:
    """Return a stored exchange as a response."""
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in exchange.headers]
    return Response(
        request.url,
        status=exchange.status,
        headers=_by_name(headers),
        body=exchange.body,
        flags=[RECORDED],
        request=request,
    )


def _by_name(headers: list[tuple[bytes, bytes]]) -> dict[bytes, list[bytes]]:
    named: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        named.setdefault(name, []).append(value)
    return named
