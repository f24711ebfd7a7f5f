"""A source that lists hostile addresses, read by the very pieces that every kind of source uses."""

import resource
from collections.abc import AsyncIterator, Mapping
from typing import Any

from scrapy import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.reactor import install_reactor

from corpus.vocabulary.harvest import CaptureFact, FoundDocument, FoundRecord, RetrievalStatus
from harvester import run
from harvester.declarations import SourceDeclaration
from harvester.middlewares.causes import NO_RESPONSE, note_of
from harvester.middlewares.recorded import HOPS
from harvester.middlewares.robots import UNGOVERNED
from harvester.reasons import NotRetrieved
from harvester.spiders.base import Fetched, SourceSpider, few_at_once
from harvester.spiders.documents import SoughtDocument, not_retrieved, settled
from harvester.spiders.pages import read_page
from tests.fakes.hostile.inputs import Reading
from tests.fakes.name_server import FakeNames

PEAK = "peak memory in MB"


class HostileSpider(SourceSpider[SourceDeclaration]):
    """Asks for each input and settles it."""

    name = "hostile"
    inputs: tuple[Mapping[str, Any], ...] = ()

    async def records(self) -> AsyncIterator[FoundRecord]:
        """Yield a record for each input."""
        self.session.expect(len(self.inputs))
        async for record in few_at_once(self._record, self.inputs, most=8):
            yield record
        self.session.note_count(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, PEAK)

    async def _record(self, said: Mapping[str, Any]) -> FoundRecord:
        url = said["url"]
        fetched = await (self._fetch_alone(url) if said["is_alone"] else self.fetch(url))
        document = self._document(said, fetched)
        return FoundRecord(
            said["what"],
            url,
            said["what"],
            None,
            None,
            None,
            None,
            captures=fetched.capture_ids,
            documents=(document,),
        )

    def _document(self, said: Mapping[str, Any], fetched: Fetched) -> FoundDocument:
        is_file = said["reading"] == Reading.FILE
        sought = SoughtDocument(
            said["url"], said["what"], "application/pdf" if is_file else fetched.media_type
        )
        if is_file or fetched.reason is not None:
            return settled(sought, fetched, media_types=["application/pdf"])
        if said["reading"] == Reading.PAGE:
            page = read_page(
                fetched.body, url=fetched.url, content_type=fetched.headers.get("content-type", "")
            )
            reason = None if page.title == "A page" else NotRetrieved.UNREADABLE
        else:
            reason = NotRetrieved.UNREADABLE if fetched.json() is None else None
        if reason is not None:
            return not_retrieved(sought, reason=reason, fetched=fetched)
        return FoundDocument(
            sought.key,
            sought.url,
            sought.title,
            fetched.media_type,
            RetrievalStatus.RETRIEVED,
            None,
            fetched.capture_ids,
        )

    async def _fetch_alone(self, url: str) -> Fetched:
        """Ask without the host's robots.txt, which never comes."""
        hops: list[CaptureFact] = []
        request = Request(url, meta={UNGOVERNED: True, HOPS: hops}, callback=NO_CALLBACK, dont_filter=True)
        try:
            response = await self.crawler.engine.download_async(request)
        except NO_RESPONSE as error:
            note = note_of(error, url=url)
            if note.is_transient:
                self.session.note_unfetched(url, note.reason)
            return Fetched(url, None, "", {}, b"", note.reason, tuple(hops))
        return Fetched(url, response.status, "application/pdf", {}, response.body, None, tuple(hops))


def prepare(order: Mapping[str, Any]) -> None:
    """Put the pretended source in the place of a real kind, and pretended names beneath the guard."""
    HostileSpider.inputs = tuple(order["inputs"])
    run._SPIDERS["govuk"] = HostileSpider
    if names := order.get("names"):
        install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
        from twisted.internet import reactor

        reactor.installNameResolver(FakeNames({name: [answers] for name, answers in names.items()}))
