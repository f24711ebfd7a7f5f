"""Landing pages: a page at an address becomes a record with all its documents, each settled one way or the other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.vocabulary.harvest import PAGE, FoundDocument, FoundRecord, RetrievalStatus
from harvester.declarations import SourceDeclaration
from harvester.declarations.pages import PageRules
from harvester.media_types import WEB_PAGE, type_named
from harvester.reasons import NotRetrieved, with_detail
from harvester.spiders.addresses import lasting, name_of
from harvester.spiders.base import Fetched, SourceSpider
from harvester.spiders.documents import SoughtDocument, is_page, may_be_document, not_retrieved, settled
from harvester.spiders.page_rules import ruled
from harvester.spiders.pages import Link, WebPage, read_page


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, or a document itself, as the source lists it.

    Attributes
    ----------
    url
        Where it lies; its identity too, unless ``key`` is given.
    key
        The source's own identity for it.
    title, summary, published, document_type
        What the source says of it beside the page; this overrules what the page seems to say.
    called
        What a link to it is called: a title only where there is no better one.
    said
        What else the source said, to be kept.
    links
        Documents that the source itself names; the page is read only where none of them can be had.
    captures
        The responses that said so.
    unread_parts
        What the source withholds of it.
    """

    url: str
    key: str | None = None
    title: str | None = None
    summary: str | None = None
    published: str | None = None
    document_type: str | None = None
    called: str | None = None
    said: Mapping[str, object] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    captures: tuple[str, ...] = ()
    unread_parts: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """What identifies it within its source."""
        return self.key or self.url


class LandingPages:
    """Reads the landing pages of one crawl.

    Parameters
    ----------
    spider
        Whose crawl it is.
    rules
        What the declaration says of the pages.

    Attributes
    ----------
    lists
        Says of an address whether the source lists it: a page that has moved to such a one is not kept twice.
    """

    def __init__(
        self,
        spider: SourceSpider[Any],
        *,
        rules: PageRules | None = None,
        listed: Iterable[str] = (),
    ) -> None:
        self._spider, self._rules = spider, rules or PageRules()
        self.lists: Callable[[str], bool] = frozenset(listed).__contains__
        self._unmatched: dict[str, str] = {}
        self._matched: set[str] = set()
        declaration: SourceDeclaration = spider.declaration
        self._media_types = declaration.filters.media_types
        self._organisation = declaration.organisation

    async def record_of(self, entry: Listed) -> FoundRecord:
        """Fetch what is listed and everything it links; never fails, whatever came."""
        if not self._spider.is_ours(entry.url):
            return self._without_page(entry, None, reason=NotRetrieved.EXTERNAL)
        documents = await self.documents_of(entry.links)
        if any(document.status is RetrievalStatus.RETRIEVED for document in documents):
            return self._record(entry, None, page=None, documents=documents)
        fetched = await self._spider.fetch(entry.url)
        if fetched.reason is not None:
            return self._without_page(entry, fetched, reason=fetched.reason, named=documents)
        if fetched.url != entry.url and self.lists(fetched.url):
            moved = with_detail(NotRetrieved.MOVED, fetched.url)
            return self._without_page(entry, fetched, reason=moved, named=documents)
        if type_named(entry.url) is not None or not fetched.body or not is_page(fetched):
            return self._document_alone(entry, fetched)
        page = read_page(fetched.body, url=fetched.url, content_type=fetched.headers.get("content-type", ""))
        self._note_rules(page)
        page = ruled(page, self._rules)
        linked = await self.documents_of(page.links, is_sure=self._rules.documents is not None)
        named = tuple(document for document in documents if document.key not in {d.key for d in linked})
        documents = (*named, *linked)
        if not linked and WEB_PAGE in self._media_types:
            itself = SoughtDocument(fetched.url, page.title or "", WEB_PAGE, id=entry.identity)
            documents = (*named, settled(itself, fetched, media_types=self._media_types))
        return self._record(entry, fetched, page=page, documents=documents)

    def check_rules(self) -> None:
        """Fail the run for every selector of the declaration that matched on no page: the pages' layout has changed."""
        for name, url in sorted(self._unmatched.items()):
            if name not in self._matched:
                css = getattr(self._rules, name)
                self._spider.session.fail(
                    f"The selector page.{name} ({css}) matches on none of the pages, {url} for one: has their layout changed?"
                )

    def _note_rules(self, page: WebPage) -> None:
        for name, css in self._rules:
            if css is None or name in self._matched:
                continue
            if page.selector.css(css):
                self._matched.add(name)
            else:
                self._unmatched[name] = min(page.url, self._unmatched.get(name, page.url))

    async def documents_of(
        self, links: Iterable[Link], *, is_sure: bool = False
    ) -> tuple[FoundDocument, ...]:
        """Return what became of the documents among some links, in their order.

        Each document comes once: not the same address again, and where two addresses gave the same bytes, the second as
        a double.

        Parameters
        ----------
        links
            Links of a page.
        is_sure
            Whether all of them lead to documents; else those do that look like it.
        """
        wanted: dict[str, Link] = {}
        for link in links:
            if is_sure or may_be_document(link):
                wanted.setdefault(lasting(link.url), link)
        documents: list[FoundDocument] = []
        met: set[str] = set()
        for key, link in wanted.items():
            document, sha256 = await self._document(link, key=key, is_sure=is_sure)
            documents.append(replace(document, is_double=sha256 in met))
            met |= {sha256} if sha256 is not None else set()
        return tuple(documents)

    async def _document(self, link: Link, *, key: str, is_sure: bool) -> tuple[FoundDocument, str | None]:
        """Return what became of a linked document, and the hash of its file where there is one."""
        kind = type_named(link.url)
        sought = SoughtDocument(link.url, link.text or name_of(link.url), kind or "", id=key)
        if not self._spider.is_ours(link.url):
            return not_retrieved(sought, reason=NotRetrieved.EXTERNAL), None
        if kind is not None and kind not in self._media_types:
            return not_retrieved(sought, reason=with_detail(NotRetrieved.KIND, kind)), None
        fetched = await self._spider.fetch(link.url)
        is_guess = kind is None and not (is_sure and WEB_PAGE in self._media_types)
        if is_guess and fetched.reason is None and is_page(fetched):
            return not_retrieved(sought, reason=NotRetrieved.WEB_PAGE, fetched=fetched), None
        document = settled(sought, fetched, media_types=self._media_types)
        is_had = document.status is RetrievalStatus.RETRIEVED
        return document, fetched.captures[-1].body_sha256 if is_had else None

    def _document_alone(self, entry: Listed, fetched: Fetched) -> FoundRecord:
        """Return a record of a document that is listed with no page of its own; one that is no good may be a page else."""
        document = settled(_itself(entry), fetched, media_types=self._media_types)
        if document.status is not RetrievalStatus.RETRIEVED and type_named(entry.url) is None:
            return self._without_page(entry, fetched, reason=document.reason or "")
        record = self._record(entry, fetched, page=None, documents=(document,))
        return replace(record, unread_parts=entry.unread_parts)  # there is no page about it, or no more

    def _without_page(
        self,
        entry: Listed,
        fetched: Fetched | None,
        *,
        reason: str,
        named: tuple[FoundDocument, ...] = (),
    ) -> FoundRecord:
        """Return a record whose page was not read; ``named`` are the documents that its source itself names."""
        document = not_retrieved(_itself(entry), reason=reason, fetched=fetched)
        if fetched is None:  # not asked for by our own choice: nothing more was to be read
            return self._record(entry, None, page=None, documents=(document,))
        unread = replace(document, is_unread_page=True)
        return replace(self._record(entry, fetched, page=None, documents=(*named, unread)), is_unread=True)

    def _record(
        self,
        entry: Listed,
        fetched: Fetched | None,
        *,
        page: WebPage | None,
        documents: tuple[FoundDocument, ...],
    ) -> FoundRecord:
        said: dict[str, object] = dict(entry.said)
        if page is not None:
            said["page"] = _said_by(page)
        return FoundRecord(
            key=entry.identity,
            url=fetched.url if fetched else entry.url,
            title=entry.title or (page.title if page else None) or entry.called or name_of(entry.url),
            summary=entry.summary or (page.summary if page else None),
            publisher=self._organisation,
            published=entry.published or (page.published if page else None),
            document_type=entry.document_type,
            said=said,
            captures=tuple(dict.fromkeys((*entry.captures, *(fetched.capture_ids if fetched else ())))),
            documents=documents,
            unread_parts=tuple(sorted({*entry.unread_parts, *((PAGE,) if page is None else ())})),
        )


def _itself(entry: Listed) -> SoughtDocument:
    """Return what is listed as a document."""
    title = entry.title or entry.called or name_of(entry.url)
    return SoughtDocument(entry.url, title, type_named(entry.url) or "", id=entry.key or "")


def _said_by(page: WebPage) -> dict[str, object]:
    """Return what a page says of itself, less what is empty."""
    said = {name: getattr(page, name) for name in ("title", "summary", "published", "canonical", "language")}
    return {name: value for name, value in said.items() if value}
