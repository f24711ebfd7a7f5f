"""Records of a WordPress site: an entry with all its documents, or a file of the library that hangs on none."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from corpus.vocabulary.harvest import FoundDocument, FoundRecord
from harvester.declarations import WordpressDeclaration
from harvester.media_types import WEB_PAGE
from harvester.reasons import NotRetrieved, with_detail
from harvester.spiders.addresses import lasting, name_of
from harvester.spiders.base import SourceSpider
from harvester.spiders.documents import SoughtDocument, not_retrieved, settled
from harvester.spiders.landing import LandingPages
from harvester.spiders.pages import Link
from harvester.spiders.wordpress_entries import Entry, LibraryFile, key_of, same_file
from harvester.spiders.wordpress_holdings import Holdings


class Records:
    """Makes the records of one crawl.

    ``elsewhere`` counts, by host, the library's files that lie where the declaration does not allow to ask.
    """

    def __init__(self, spider: SourceSpider[WordpressDeclaration], holdings: Holdings) -> None:
        self._spider, self._owners = spider, holdings.owners
        self._pages = LandingPages(spider)
        self.elsewhere: Counter[str] = Counter()
        self._media_types = spider.declaration.filters.media_types
        self._organisation = spider.declaration.organisation

    async def of_entry(self, entry: Entry) -> FoundRecord:
        """Return an entry's record, its own documents fetched."""
        documents: list[FoundDocument] = []
        for link, file in self._own(entry):
            documents += await self._pages.documents_of([link]) if file is None else [await self._file(file)]
        if not documents and WEB_PAGE in self._media_types and entry.url is not None:
            documents.append(await self._itself(entry, entry.url))
        said = dict(entry.said)
        if elsewhere := self._others(entry):
            said["documents_of_other_records"] = elsewhere
            documents += map(self._double, elsewhere)
        return FoundRecord(
            key=key_of(entry.id),
            url=entry.url,
            title=entry.title,
            summary=entry.summary,
            publisher=self._organisation,
            published=entry.published,
            document_type=entry.kind,
            said=said,
            captures=entry.captures,
            documents=tuple(documents),
            unread_parts=("text",) if entry.said.get("protected") else (),
        )

    async def of_file(self, file: LibraryFile) -> FoundRecord:
        """Return the record of a file that belongs to no entry."""
        return FoundRecord(
            key=key_of(file.id),
            url=file.page or file.url,
            title=file.title,
            summary=file.summary,
            publisher=self._organisation,
            published=file.published,
            document_type="attachment",
            said=file.said,
            captures=file.captures,
            documents=(await self._file(file),),
        )

    def _own(self, entry: Entry) -> Iterator[tuple[Link, LibraryFile | None]]:
        """Yield the documents that belong to an entry, each once: those it links, then those only added to it."""
        met: set[tuple[str, str, str]] = set()
        added = (Link(file.url, "") for file in self._owners.added_to(entry))
        for link in (*entry.links, *added):
            address = same_file(link.url)
            if address not in met and self._owners.owner_of(link.url) == entry.id:
                met.add(address)
                yield link, self._owners.file_at(link.url)

    def _others(self, entry: Entry) -> list[dict[str, str]]:
        """Return the linked documents that other records have."""
        owners = {link.url: self._owners.owner_of(link.url) for link in entry.links}
        return [
            {"url": url, "record": key_of(owner)}
            for url, owner in owners.items()
            if owner is not None and owner != entry.id
        ]

    def _double(self, other: Mapping[str, str]) -> FoundDocument:
        """Return a document that the entry links and another has; it may have been this one's in an earlier crawl."""
        url = file.url if (file := self._owners.file_at(other["url"])) is not None else other["url"]
        sought = SoughtDocument(url, file.title if file else name_of(url), id=lasting(url))
        reason = with_detail(NotRetrieved.ELSEWHERE, other["record"])
        return replace(not_retrieved(sought, reason=reason), is_double=True)

    async def _file(self, file: LibraryFile) -> FoundDocument:
        sought = SoughtDocument(file.url, file.title, file.media_type, id=lasting(file.url))
        if not self._spider.is_ours(file.url):
            self.elsewhere[urlsplit(file.url).netloc] += 1
            return not_retrieved(sought, reason=NotRetrieved.EXTERNAL)
        return settled(sought, await self._spider.fetch(file.url), media_types=self._media_types)

    async def _itself(self, entry: Entry, url: str) -> FoundDocument:
        sought = SoughtDocument(url, entry.title, WEB_PAGE, id=lasting(url))
        if not self._spider.is_ours(url):
            return not_retrieved(sought, reason=NotRetrieved.EXTERNAL)
        return settled(sought, await self._spider.fetch(url), media_types=self._media_types)
