"""OpenAlex: a list of works, paged by cursor; files lie with others and are fetched only from declared hosts."""

from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import FoundRecord
from harvester.declarations.openalex import OpenalexDeclaration
from harvester.digests import Digests
from harvester.spiders import openalex_works as works
from harvester.spiders.base import Fetched, SourceSpider
from harvester.spiders.landing import LandingPages
from harvester.spiders.openalex_works import WorksPage
from harvester.spiders.pages import Link

if TYPE_CHECKING:
    from harvester.session import CrawlSession

_KEY_WANTED = frozenset({401, 403})


class OpenalexSpider(SourceSpider[OpenalexDeclaration]):
    """Works that OpenAlex finds."""

    name = "openalex"

    def __init__(self, session: "CrawlSession") -> None:
        super().__init__(session)
        self._pages = LandingPages(self)
        self._met = Digests()

    async def records(self) -> AsyncIterator[FoundRecord]:
        """Yield a record for each work; a list that does not hold what it announced fails the run."""
        counts: list[int] = []
        try:
            async for page, fetched in self._list():
                counts.append(page.count)
                self.session.expect(max(counts))
                async for record in self.few_at_once(partial(self._record, fetched), self._fresh(page)):
                    yield record
            await self._compare(counts)
        except SourceError as error:
            raise self.session.stop(str(error)) from error

    async def _list(self) -> AsyncIterator[tuple[WorksPage, Fetched]]:
        """Yield the pages to the end; a cursor that comes again, or leads nowhere, ends the list."""
        cursor: str | None = works.BEGINNING
        met: set[str] = set()
        while cursor is not None:
            met.add(cursor)
            page, fetched = await self._ask(cursor)
            yield page, fetched
            if page.cursor in met:
                self.session.fail("OpenAlex gave the same cursor twice: its list has no end.")
                return
            cursor = page.cursor if page.works else None

    async def _ask(self, cursor: str, *, again: bool = False) -> tuple[WorksPage, Fetched]:
        url = works.works_url(self.declaration, cursor)
        self.session.turn_page(url)
        fetched = await self.fetch(url, again=again)
        if fetched.status in _KEY_WANTED:
            raise SourceError(
                f"OpenAlex refused ({fetched.status}: {works.error_in(fetched.json())}); if it wants a key, get one "
                f"there (it is free) and set GREYSIFT_KEY_{self.declaration.slug.upper().replace('-', '_')}."
            )
        if fetched.status in range(400, 500) and fetched.status != 429:
            raise SourceError(
                f"OpenAlex refused the request ({fetched.status}: {works.error_in(fetched.json())})."
            )
        if fetched.reason is not None:
            raise SourceError(f"OpenAlex did not answer: {fetched.reason}.")
        return works.read_page(fetched.json()), fetched

    def _fresh(self, page: WorksPage) -> list[Mapping[str, Any]]:
        """Return the works of a page that no page before it had."""
        fresh = []
        for work in page.works:
            key = works.key_of(work)
            if key is None:
                self.session.fail("OpenAlex listed a work without an identity.")
            elif self._met.add(key):
                fresh.append(work)
            else:
                self.session.count("works_listed_twice")
        return fresh

    async def _compare(self, counts: list[int]) -> None:
        """Settle what the source holds: what it said all along, or, where that changed meanwhile, what it says now."""
        if set(counts) == {len(self._met)}:
            return
        now, _ = await self._ask(works.BEGINNING, again=True)
        told = (*counts, now.count)
        is_between = len(set(told)) > 1 and min(told) <= len(self._met) <= max(told)
        self.session.expect(len(self._met) if is_between else now.count)

    async def _record(self, fetched: Fetched, work: Mapping[str, Any]) -> FoundRecord:
        key = works.key_of(work) or ""
        landing = works.landing_of(work)
        files = works.files_of(work) or ((landing,) if landing is not None else ())
        title = next(
            (said for name in ("display_name", "title") if isinstance(said := work.get(name), str)), ""
        )
        return FoundRecord(
            key=key,
            url=landing,
            title=title.strip() or key,
            summary=works.abstract_of(work),
            publisher=works.publisher_of(work),
            published=works.published_on(work),
            document_type=work["type"] if isinstance(work.get("type"), str) else None,
            withdrawn_reason="retracted, as OpenAlex has it" if work.get("is_retracted") is True else None,
            said=works.said_of(work),
            captures=fetched.capture_ids,
            documents=await self._pages.documents_of([Link(url, title) for url in files], is_sure=True),
        )
