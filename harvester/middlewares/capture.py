"""Every response goes to the disk before anyone sees it: each hop, each retry, robots.txt too."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from corpus.vocabulary.harvest import CaptureFact
from harvester.middlewares import keys
from harvester.middlewares.causes import NETWORK_ERRORS, NO_RESPONSE, NotFetchedError, note_of
from harvester.middlewares.hosts import session_of
from harvester.middlewares.recorded import RECORDED, add_hop, bare_url, response_of
from harvester.network.decoding import ACCEPTED, decoded
from harvester.network.unfit import UnfitAnswerError
from harvester.warc import Exchange, Place, ReceivedResponse

if TYPE_CHECKING:
    from harvester.session import CrawlSession

_CONDITIONS = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}


class CaptureMiddleware:
    """Stands nearest the downloader. Asks conditionally, undoes compression, writes, then hands on.

    A 304 is written as a revisit and handed on as the earlier answer that it confirms.
    """

    def __init__(self, crawler: Crawler, *, session: "CrawlSession") -> None:
        self._session = session
        self._largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl, as Scrapy asks."""
        return cls(crawler, session=session_of(crawler))

    def process_request(self, request: Request) -> None:
        """Make the request conditional where an earlier capture allows it."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)
        # What a cache on the way still holds is not what the source holds now; unlike no-cache, this lets the cache
        # ask with the validators of its own, so that an unchanged file crosses no wire.
        request.headers["Cache-Control"] = "max-age=0"
        earlier = self._earlier(request)
        told = {name.lower(): value for name, value in earlier.headers} if earlier is not None else {}
        for condition, validator in _CONDITIONS.items():
            request.headers.pop(condition, None)  # a redirect copies them from another URL
            value = _as_sent(told.get(validator, ""))
            if value.removeprefix(b"W/").strip(b'"'):  # an empty ETag is none
                request.headers[condition] = value

    async def process_response(self, request: Request, response: Response) -> Response:
        """Write the response, hand the capture over, and pass the decoded response on."""
        if RECORDED in response.flags:
            return response
        session, url = self._session, bare_url(request)
        try:
            sent = _pairs(response.headers)
            response = self._decoded(request, response)
            earlier = self._earlier(request)
            fact = self._write(request, response, sent=sent, earlier=earlier)
            session.book.add(fact)
            is_confirmed = response.status == 304 and earlier is not None
            said = (
                session.read(Place.of(fact))[1]
                if is_confirmed
                else Exchange(fact.status, fact.headers, response.body)
            )
            add_hop(request, await session.hand_over_capture(fact, said=said))
            return response_of(said, request=request) if is_confirmed else response
        finally:
            session.book.end(url)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note in the WARC that no response came; after an error of the network, others decide whether to try again."""
        if isinstance(exception, NO_RESPONSE) and not isinstance(exception, NotFetchedError):
            is_given_up = not isinstance(exception, NETWORK_ERRORS)
            note = replace(note_of(exception, url=bare_url(request)), is_given_up=is_given_up)
            self._session.note_no_answer(note)
        self._session.book.end(bare_url(request))

    def _earlier(self, request: Request) -> CaptureFact | None:
        fact = self._session.job.validators.get(bare_url(request))
        if fact is None or fact.status not in {200, 304}:
            return None
        return fact if (self._session.folder / fact.warc_file).exists() else None

    def _decoded(self, request: Request, response: Response) -> Response:
        codings = [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
        if not codings:
            return response
        largest = request.meta.get("download_maxsize", self._largest)
        try:
            response = response.replace(body=decoded(response.body, codings, limit=largest))
        except UnfitAnswerError as error:
            note = replace(note_of(error, url=bare_url(request)), is_given_up=True)
            self._session.note_no_answer(note)
            raise NotFetchedError(note) from error
        del response.headers["Content-Encoding"]
        return response

    def _write(
        self,
        request: Request,
        response: Response,
        *,
        sent: list[tuple[str, str]],
        earlier: CaptureFact | None,
    ) -> CaptureFact:
        if self._session.writer is None:
            raise self._session.stop(f"A replay came to ask {request.url}: this must not happen.")
        parts = urlsplit(request.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return self._session.writer.append(
            ReceivedResponse(
                url=bare_url(request),
                status=response.status,
                headers=sent,
                body=response.body,
                request_line=f"{request.method} {target} HTTP/1.1",
                request_headers=[("Host", parts.netloc), *_shown(request.headers)],
                fetched_at=datetime.now(UTC),
            ),
            confirms=earlier,
        )


def _shown(headers: Headers) -> list[tuple[str, str]]:
    """Return the headers of a request as they are recorded: without anybody's key."""
    return [(name, keys.WITHHELD if name == keys.HEADER else value) for name, value in _pairs(headers)]


def _as_sent(value: str) -> bytes:
    """Return a stored header in the bytes in which it came; nothing where it is no text of any header."""
    try:
        return value.strip(" \t").encode("latin-1")
    except UnicodeEncodeError:
        return b""


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]
