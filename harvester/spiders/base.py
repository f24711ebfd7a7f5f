"""What spiders of every kind share: a way to fetch that always comes back with an answer or a reason."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http.request import NO_CALLBACK

from corpus.vocabulary.harvest import CaptureFact, FoundRecord
from harvester.book import UNSETTLED
from harvester.declarations import SourceDeclaration
from harvester.middlewares.causes import NO_RESPONSE, note_of
from harvester.middlewares.recorded import AGAIN, HOPS
from harvester.reasons import CrawlStoppedError, NotRetrieved, with_detail

if TYPE_CHECKING:
    from harvester.session import CrawlSession

T = TypeVar("T")
R = TypeVar("R")
D = TypeVar("D", bound=SourceDeclaration)

AT_ONCE = 4  # records worked on together; the hosts' own pace decides the speed
LARGEST_PAGE = 4 * 1024**2  # bytes; a page in memory is a hundred times its size
LARGEST_JSON = 32 * 1024**2  # bytes
_PAGES = {"text/html", "application/xhtml+xml"}
_REFUSALS = {
    403: NotRetrieved.FORBIDDEN,
    404: NotRetrieved.NOT_FOUND,
    410: NotRetrieved.DELETED,
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a request: ``reason`` is ``None`` exactly when a 200 came.

    ``captures`` are all responses on the way, the answer last; ``url`` is where it came from in the end. ``headers``
    are those of the answer, by lower-case name.
    """

    url: str
    status: int | None
    media_type: str
    headers: Mapping[str, str]
    body: bytes
    reason: str | None
    captures: tuple[CaptureFact, ...]

    @property
    def capture_ids(self) -> tuple[str, ...]:
        """The identities of the captures on the way."""
        return tuple(fact.record_id for fact in self.captures)

    def json(self) -> Any:  # noqa: ANN401 - whatever the server said
        """Return the body as JSON, ``None`` when it is none, or larger than can be borne."""
        try:
            return storable(json.loads(self.body)) if len(self.body) <= LARGEST_JSON else None
        except (ValueError, RecursionError):
            return None


def storable(value: Any) -> Any:  # noqa: ANN401 - as JSON is
    """Return JSON without what no database takes as text: NUL and halves of surrogate pairs become U+FFFD."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [storable(entry) for entry in value]
    if isinstance(value, dict):
        return {storable(name): storable(entry) for name, entry in value.items()}
    return value


class SourceSpider(Spider, Generic[D]):
    """A spider of one declared source. ``records`` is what each kind brings of its own.

    A site can be without end. Every :meth:`fetch` counts against the declaration's limits; a spider that goes from page
    to page of a list calls ``session.turn_page(url)`` before each, which counts too and says when the list leads back
    to a page it had. Whoever goes beyond a limit ends the crawl as failed, in plain words.
    """

    session: "CrawlSession"

    def __init__(self, session: "CrawlSession") -> None:
        self.session = session
        super().__init__()

    @property
    def declaration(self) -> D:
        """What is declared of the source."""
        return cast("D", self.session.job.declaration)

    def records(self) -> AsyncIterator[FoundRecord]:
        """Yield the source's records, each complete: all its documents settled, one way or the other."""
        raise NotImplementedError  # Scrapy's Spider is no ABC; every kind brings its own

    async def start(self) -> AsyncIterator[Request]:
        """Hand the records over, one by one; a crawl that was told to stop closes the spider.

        They go the short way, not through Scrapy's pipelines, which would make tasks and signals of each: so nothing
        is yielded, and whoever finds more than can be stored waits.
        """
        nothing: tuple[Request, ...] = ()
        for request in nothing:  # this makes it a generator, as Scrapy wants
            yield request
        try:
            async for record in self.records():
                await self.session.hand_over_record(record)
            await self.session.hand_over_rest()
            await self.session.flush()
        except Exception as error:  # whatever ends a crawl before it is through is written into its recording
            if self.session.interruption is None:
                if not isinstance(error, CrawlStoppedError):
                    kind = type(error).__name__
                    self.logger.exception("The spider met an error of its own.")
                    self.session.stop(f"The spider met an error of its own ({kind}): see the log.")
                with suppress(CrawlStoppedError):  # noted already
                    await self.session.hand_over_rest()
            raise CloseSpider("stopped") from error

    async def closed(self, reason: str) -> None:
        """Let everything be stored before the crawl ends, an interrupted one too; Scrapy calls it."""
        with suppress(CrawlStoppedError):  # noted already
            await self.session.flush()

    async def fetch(self, url: str, *, again: bool = False) -> Fetched:
        """Get a URL through every middleware, redirects and retries included.

        An address that gives no answer, though another day it may, is noted as a failure of the run.

        Parameters
        ----------
        url
            What to ask for.
        again
            Ask though this run has an answer already: what a changing source says now is what matters.
        """
        self.session.spend_request()
        hops: list[CaptureFact] = []
        try:
            request = Request(url, meta={HOPS: hops, AGAIN: again}, callback=NO_CALLBACK, dont_filter=True)
        except ValueError:
            return Fetched(url, None, "", {}, b"", NotRetrieved.NO_LINK, ())
        try:
            response = await self.crawler.engine.download_async(request)
        except NO_RESPONSE as error:
            note = note_of(error, url=url)
            if note.is_transient:
                self.session.note_unfetched(url, note.reason)
            return Fetched(url, None, "", {}, b"", note.reason, tuple(hops))
        reason = None
        if response.status != 200:
            reason = _REFUSALS.get(response.status) or with_detail(NotRetrieved.ANSWER, response.status)
            if response.status in UNSETTLED:
                self.session.note_unfetched(url, reason)
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if reason is None and media_type in _PAGES and len(response.body) > LARGEST_PAGE:
            reason = with_detail(NotRetrieved.TOO_LARGE, "web page")
        return Fetched(response.url, response.status, media_type, headers, response.body, reason, tuple(hops))

    def few_at_once(self, work: Callable[[T], Awaitable[R]], things: Iterable[T]) -> AsyncIterator[R]:
        """Yield what ``work`` makes of each thing; the replay of a crawl that was ended comes as far as that had."""
        return few_at_once(work, things, most=self.at_once, bears_errors=self.session.replays_to is not None)

    @property
    def at_once(self) -> int:
        """How many records are worked on together: what its hosts' connections may have need of."""
        return max(AT_ONCE, self.declaration.politeness.connections)

    def is_ours(self, url: str) -> bool:
        """Whether a URL lies on the source's own hosts."""
        return urlsplit(url).netloc in self.declaration.hosts


async def few_at_once(
    work: Callable[[T], Awaitable[R]],
    things: Iterable[T],
    *,
    most: int = AT_ONCE,
    bears_errors: bool = False,
) -> AsyncIterator[R]:
    """Yield what ``work`` makes of each thing as it is done, at most so many at a time.

    An error ends it at once, and what was under way by then is lost. With ``bears_errors``, what failed goes on taking
    up one of the places, and the first error is raised when nothing else can be done: so everything is yielded that
    could have been done before or beside it, whatever was faster.
    """
    waiting = iter(things)
    running: set[asyncio.Task[R]] = set()
    ended: deque[asyncio.Task[R]] = deque()
    has_ended = asyncio.Event()
    failed: list[BaseException] = []

    def note_end(task: asyncio.Task[R]) -> None:
        running.discard(task)
        ended.append(task)
        has_ended.set()

    try:
        while True:
            while len(running) + len(failed) < most and (thing := next(waiting, None)) is not None:
                task = asyncio.ensure_future(_as_coroutine(work, thing))
                task.add_done_callback(note_end)
                running.add(task)
            if not running and not ended:
                break
            if not ended:
                has_ended.clear()
                await has_ended.wait()
            while ended:
                task = ended.popleft()
                if bears_errors and (error := task.exception()) is not None:
                    failed.append(error)
                else:
                    yield task.result()
        if failed:
            raise failed[0]
    finally:
        for task in (left := [*running, *ended]):
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _as_coroutine(work: Callable[[T], Awaitable[R]], thing: T) -> R:
    return await work(thing)
