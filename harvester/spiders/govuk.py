"""GOV.UK: search, then content items, then the files that hang on them. JSON only, no page is taken apart.

Oddities (from the services' own code, July to August 2026):
- gone pages and redirects are answered 200; only ``schema_name`` tells. A redirect is followed, unless it leads to a
  publication that the search lists as well;
- a withdrawn publication keeps its content item, with ``withdrawn_notice`` filled;
- an HTML attachment is a content item of its own, its text in ``details.body``;
- a replaced file's old address answers 301 to the newest; an unpublished page's file 302 to a web page.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import PAGE, CaptureFact, FoundDocument, FoundRecord, RetrievalStatus
from harvester.declarations import GovukDeclaration
from harvester.digests import Digests
from harvester.pile import Pile
from harvester.reasons import NotRetrieved, with_detail
from harvester.spiders import govuk_content as content
from harvester.spiders import govuk_search as search
from harvester.spiders.addresses import absolute, path_of
from harvester.spiders.base import Fetched, SourceSpider
from harvester.spiders.documents import SoughtDocument, not_retrieved, settled
from harvester.spiders.govuk_content import Attachment
from harvester.spiders.known import Known, Left
from harvester.spiders.plain_text import text_or_none

if TYPE_CHECKING:
    from harvester.session import CrawlSession

MOST_ROUNDS = 4
_MOVES = 5  # redirect items in a row that are followed


class GovukSpider(SourceSpider[GovukDeclaration]):
    """Publications of organisations on GOV.UK."""

    name = "govuk"

    def __init__(self, session: "CrawlSession") -> None:
        super().__init__(session)
        self._listed = Digests()

    async def records(self) -> AsyncIterator[FoundRecord]:
        """Yield a record for each search result; then search again, and read what is new, until nothing is."""
        known, left, faults = Known(), Left(), list[str]()
        for number in range(MOST_ROUNDS):
            if number and self._is_recorded_no_further():
                break
            if number:
                known.begin_again()
            new, total, faults = await self._search(known, again=number > 0)
            # what was listed before and is no longer has been read: it is no loss
            left = known.left()
            self.session.expect(total + left.number)
            if number and not new and not faults:
                break
            for result in new:
                if (path := self._path_on_site(text_or_none(result.get("link")))) is not None:
                    self._listed.add(path)
            async for identity, record in self.few_at_once(self._identified, new):
                known.note_read(identity, is_gone=False, documents=record.number_retrieved)
                yield record
        else:
            faults = faults or [
                f"The search gave something new each of {MOST_ROUNDS} times: harvest it again later."
            ]
        for fault in faults:
            self.session.fail(fault)
        self.session.note_left(left.number, documents=known.left().documents)

    def _is_recorded_no_further(self) -> bool:
        """Whether this replays a recording that ends here: crawls used to search once."""
        session, url = self.session, search.search_url(self.declaration, search.Window())
        return session.is_replay and not session.book.has_another(url)

    async def _search(self, known: Known, *, again: bool) -> tuple[Pile[Mapping[str, Any]], int, list[str]]:
        """Search in windows that each come whole.

        Returns
        -------
        tuple
            The results that no search before had, how many the search says there are, and what is wrong with them.
        """
        new, found = Pile[Mapping[str, Any]](), 0
        faults: list[str] = []
        windows, total = [search.Window()], None
        try:
            while windows:
                window = windows.pop()
                answer = await self._ask(window, again=again)
                if total is None:
                    total = answer.total
                    self.session.expect(total)
                    if total > search.MOST:
                        windows.append(search.Window(is_undated=True))
                if answer.total > search.MOST:
                    before, after = window.split(search.moment_to_split(answer, window))
                    windows += [after, before]
                    continue
                if len(answer.results) != answer.total:
                    faults.append(
                        f"The search announced {answer.total} results ({window}) and gave {len(answer.results)}."
                    )
                faults += [
                    f"The search gave {link} more than once."
                    for link in search.same_page_twice(answer.results)
                ]
                for result in answer.results:
                    key = search.identity_of(result)
                    is_first, is_new = known.enter(key, url=key)
                    found += is_first
                    if is_new:
                        new.put(result)
        except SourceError as error:
            raise self.session.stop(str(error)) from error
        if found != total:
            faults.append(f"The parts of the search hold {found} results together, the whole {total}.")
        return new, total or 0, faults

    async def _ask(self, window: search.Window, *, again: bool) -> search.SearchAnswer:
        fetched = await self.fetch(search.search_url(self.declaration, window), again=again)
        if fetched.status in {400, 422}:
            raise SourceError(f"The search refused the request ({fetched.status}): {_error_text(fetched)}.")
        if fetched.reason is not None:
            raise SourceError(f"The search was not answered: {fetched.reason}.")
        return search.read_answer(fetched.json())

    async def _identified(self, result: Mapping[str, Any]) -> tuple[str, FoundRecord]:
        return search.identity_of(result), await self._record(result)

    async def _record(self, result: Mapping[str, Any]) -> FoundRecord:
        link = text_or_none(result.get("link"))
        path = self._path_on_site(link)
        if link is None or path is None:
            return self._off_site(result, link)
        last_path, item, fetched = await self._content(path)
        page = f"{self.declaration.entry.site}{last_path}"
        schema = item.get("schema_name")
        # A gone or redirect item describes the notice, not the publication.
        described: Mapping[str, Any] = {} if schema in {"gone", "redirect"} else item
        withdrawn = content.gone_reason(item) if schema == "gone" else content.withdrawn_reason(described)
        reason = fetched.reason or content.absence(item)
        if reason is not None:
            missing = not_retrieved(
                SoughtDocument(page, _title(described, result)), reason=reason, fetched=fetched
            )
            is_unread = fetched.reason is not None
            gone = withdrawn if schema == "gone" else None
            documents = [replace(missing, gone_reason=gone, is_unread_page=is_unread)]
        else:
            documents = [await self._document(attachment) for attachment in content.attachments_of(item)]
        keys = [content.content_key(described), content.content_key(result), page]
        if last_path != path:  # what has moved is still the publication that the search lists
            keys.remove(keys[0])
        return FoundRecord(
            key=next(key for key in keys if key is not None),
            url=page,
            title=_title(described, result) or path,
            summary=text_or_none(described.get("description")) or text_or_none(result.get("description")),
            publisher=content.publisher_of(described, result),
            published=content.published_on(described, result),
            document_type=text_or_none(described.get("document_type"))
            or text_or_none(result.get("content_store_document_type")),
            withdrawn_reason=withdrawn,
            said=content.said_of(item, result),
            captures=fetched.capture_ids,
            documents=tuple(documents),
            gone_reason=withdrawn if schema == "gone" else None,
            is_unread=fetched.reason is not None,
            # what moved lists nothing any more; what it listed may be listed where it has moved
            unread_parts=(PAGE,) if fetched.reason is not None or schema == "redirect" else (),
        )

    async def _content(self, path: str) -> tuple[str, Mapping[str, Any], Fetched]:
        """Ask the content API for a path, and follow redirect items as far as they lead to pages of the site.

        Returns
        -------
        tuple
            Where the item lies in the end, the item (empty where there is none), and the last answer, whose captures
            are those of the whole way.
        """
        met: list[str] = []
        captures: tuple[CaptureFact, ...] = ()
        while True:
            met.append(path)
            fetched = await self.fetch(self._content_url(path))
            captures += fetched.captures
            item, reason = self._item(fetched)
            target = None
            if item.get("schema_name") == "redirect":
                target = self._path_on_site(content.new_address(item))
            if target is None or target in met or target in self._listed or len(met) > _MOVES:
                return path, item, replace(fetched, reason=reason, captures=captures)
            path = target

    def _item(self, fetched: Fetched) -> tuple[Mapping[str, Any], str | None]:
        """Return a content item, or an empty one and why; what is no JSON object is a failure of the run."""
        if fetched.reason is not None:
            return {}, fetched.reason
        item = fetched.json()
        if isinstance(item, dict):
            return item, None
        self.session.note_unfetched(fetched.url, NotRetrieved.UNREADABLE)
        return {}, NotRetrieved.UNREADABLE

    async def _document(self, attachment: Attachment) -> FoundDocument:
        url = absolute(attachment.url, base=f"{self.declaration.entry.site}/")
        if url is None:
            return not_retrieved(attachment.at(attachment.url), reason=NotRetrieved.NO_LINK)
        sought, media_types = attachment.at(url), self.declaration.filters.media_types
        if attachment.kind == "external" or (attachment.kind in {"file", "html"} and not self.is_ours(url)):
            return not_retrieved(sought, reason=NotRetrieved.EXTERNAL)
        if attachment.kind == "html":
            return await self._html_document(sought)
        if attachment.kind != "file":
            return not_retrieved(sought, reason=with_detail(NotRetrieved.UNKNOWN_ATTACHMENT, attachment.kind))
        if attachment.media_type and attachment.media_type not in media_types:
            return not_retrieved(sought, reason=with_detail(NotRetrieved.KIND, attachment.media_type))
        return settled(sought, await self.fetch(url), media_types=media_types)

    async def _html_document(self, sought: SoughtDocument) -> FoundDocument:
        """Fetch an HTML attachment's content item and keep its text as a page of its own."""
        _, item, fetched = await self._content(path_of(sought.url))
        if (reason := fetched.reason or content.absence(item)) is not None:
            return not_retrieved(sought, reason=reason, fetched=fetched)
        page = content.page_of(item)
        if page is None:
            return not_retrieved(sought, reason=NotRetrieved.EMPTY, fetched=fetched)
        kept = await self.session.keep_conversion(
            page, of=fetched.captures[-1], url=sought.url, media_type="text/html"
        )
        captures = fetched.capture_ids if kept is None else (*fetched.capture_ids, kept.record_id)
        media_type = "application/json" if kept is None else "text/html"
        return FoundDocument(
            key=sought.key,
            url=sought.url,
            title=sought.title,
            media_type=media_type,
            status=RetrievalStatus.RETRIEVED,
            captures=captures,
        )

    def _path_on_site(self, link: str | None) -> str | None:
        """Return the path of a search result on the site: the link is one, may lack its slash, or is an address."""
        site = self.declaration.entry.site
        url = absolute(link or "", base=f"{site}/")
        if url is None or urlsplit(url).netloc != urlsplit(site).netloc:
            return None
        return path_of(url)

    def _content_url(self, path: str) -> str:
        return f"{self.declaration.entry.content}{path}"

    def _off_site(self, result: Mapping[str, Any], link: str | None) -> FoundRecord:
        """Record a result whose page is not on GOV.UK, or that has none."""
        title = _title({}, result)
        url = link or ""
        key = content.content_key(result) or link or f"search:{result.get('_id') or title}"
        is_address = absolute(url, base="") is not None
        reason = NotRetrieved.EXTERNAL if is_address else NotRetrieved.NO_LINK
        return FoundRecord(
            key=key,
            url=link,
            title=title or key,
            summary=text_or_none(result.get("description")),
            publisher=content.publisher_of({}, result),
            published=content.published_on({}, result),
            document_type=text_or_none(result.get("content_store_document_type")),
            said=content.said_of({}, result),
            documents=(FoundDocument(url or key, url, title, "", RetrievalStatus.NOT_RETRIEVED, reason),),
        )


def _title(item: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    return text_or_none(item.get("title")) or text_or_none(result.get("title")) or ""


def _error_text(fetched: Fetched) -> str:
    said = fetched.json()
    return (
        str(said.get("error", said))
        if isinstance(said, dict)
        else fetched.body[:200].decode(errors="replace")
    )
