"""GOV.UK: search, then content items, then the files that hang on them. JSON only, no page is taken apart.

Oddities (from the services' own code, July to August 2026):
- gone pages and redirects are answered 200; only ``schema_name`` tells;
- a withdrawn publication keeps its content item, with ``withdrawn_notice`` filled;
- an HTML attachment is a content item of its own, its text in ``details.body``;
- a replaced file's old address answers 301 to the newest; an unpublished page's file 302 to a web page.
"""

import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import FoundDocument, FoundRecord, RetrievalStatus
from harvester.reasons import NotRetrieved, with_detail
from harvester.spiders import govuk_content as content
from harvester.spiders import govuk_search as search
from harvester.spiders.base import Fetched, SourceSpider, few_at_once
from harvester.spiders.govuk_content import Attachment, text_or_none

logger = logging.getLogger(__name__)

_PDF_WITHIN = 1024  # bytes; readers accept junk of this length before the header


class GovukSpider(SourceSpider):
    """Publications of organisations on GOV.UK."""

    name = "govuk"

    async def records(self) -> AsyncIterator[FoundRecord]:
        """Yield a record for each search result."""
        results = await self._search()
        async for record in few_at_once(self._record, results):
            yield record

    async def _search(self) -> list[Mapping[str, Any]]:
        """Return all results, asked in windows that each come whole; note where their sum is not the whole."""
        results: list[Mapping[str, Any]] = []
        windows, total = [search.Window()], None
        try:
            while windows:
                window = windows.pop()
                answer = await self._ask(window)
                if total is None:
                    self.session.expected = total = answer.total
                if answer.total > search.MOST:
                    before, after = window.split(search.day_to_split(answer, window))
                    windows += [after, before]
                    continue
                if len(answer.results) != answer.total:
                    self.session.fail(
                        f"The search announced {answer.total} results ({window.text or 'all time'}) "
                        f"and gave {len(answer.results)}."
                    )
                results += answer.results
        except SourceError as error:
            raise self.session.stop(str(error)) from error
        if len(results) != total:
            self.session.fail(
                f"The windows of the search hold {len(results)} results together, the whole {total}."
            )
        for link in search.same_page_twice(results):
            self.session.fail(f"The search gave {link} more than once.")
        return list({str(result.get("link")): result for result in results}.values())

    async def _ask(self, window: search.Window) -> search.SearchAnswer:
        fetched = await self.fetch(search.search_url(self.session.job.declaration, window))
        if fetched.status in {400, 422}:
            raise SourceError(f"The search refused the request ({fetched.status}): {_error_text(fetched)}.")
        if fetched.reason is not None:
            raise SourceError(f"The search was not answered: {fetched.reason}.")
        try:
            return search.read_answer(fetched.json())
        except ValueError as error:
            raise SourceError(f"The search gave no JSON: {error}.") from error

    async def _record(self, result: Mapping[str, Any]) -> FoundRecord:
        link = text_or_none(result.get("link"))
        path = self._path_on_site(link)
        if link is None or path is None:
            return self._off_site(result, link)
        page = f"{self.session.job.declaration.entry.site}{path}"
        fetched = await self.fetch(self._content_url(path))
        item: dict[str, Any] = {}
        reason = fetched.reason
        if reason is None:
            try:
                said = fetched.json()
            except ValueError:
                said = None
            if isinstance(said, dict):
                item = said
            else:
                reason = NotRetrieved.UNREADABLE
                self.session.note_unfetched(fetched.url, reason)
        withdrawn = content.withdrawn_reason(item)
        schema = item.get("schema_name")
        if schema == "gone":
            reason, withdrawn = NotRetrieved.GONE, content.gone_reason(item)
        elif schema == "redirect":
            reason = with_detail(NotRetrieved.MOVED, content.new_address(item) or "no destination given")
        if reason is not None:
            documents: list[FoundDocument] = [self._missing(page, _title(item, result), reason, fetched)]
        else:
            documents = [await self._document(attachment) for attachment in content.attachments_of(item)]
        return FoundRecord(
            key=content.content_key(item) or content.content_key(result) or page,
            url=page,
            title=_title(item, result) or path,
            summary=text_or_none(item.get("description")) or text_or_none(result.get("description")),
            publisher=content.publisher_of(item, result),
            published=content.published_on(item, result),
            document_type=text_or_none(result.get("content_store_document_type"))
            if schema in {"gone", "redirect", None}
            else text_or_none(item.get("document_type")),
            withdrawn_reason=withdrawn,
            said=content.said_of(item, result),
            captures=fetched.capture_ids,
            documents=tuple(documents),
        )

    async def _document(self, attachment: Attachment) -> FoundDocument:
        url = urljoin(f"{self.session.job.declaration.entry.site}/", attachment.url)
        if not attachment.url or urlsplit(url).scheme not in {"http", "https"}:
            return _settled(attachment, url, reason=NotRetrieved.NO_LINK)
        if attachment.kind == "external" or (attachment.kind in {"file", "html"} and not self.is_ours(url)):
            return _settled(attachment, url, reason=NotRetrieved.EXTERNAL)
        if attachment.kind == "html":
            return await self._html_document(attachment, url)
        if attachment.kind != "file":
            return _settled(
                attachment, url, reason=with_detail(NotRetrieved.UNKNOWN_ATTACHMENT, attachment.kind)
            )
        if (
            attachment.media_type
            and attachment.media_type not in self.session.job.declaration.filters.media_types
        ):
            return _settled(attachment, url, reason=with_detail(NotRetrieved.KIND, attachment.media_type))
        return _file_document(attachment, url, await self.fetch(url))

    async def _html_document(self, attachment: Attachment, url: str) -> FoundDocument:
        """Fetch an HTML attachment's content item and keep its text as a page of its own."""
        fetched = await self.fetch(self._content_url(quote(urlsplit(url).path, safe="/%")))
        if fetched.reason is not None:
            return _settled(attachment, url, reason=fetched.reason, fetched=fetched)
        try:
            item = fetched.json()
        except ValueError:
            item = None
        if not isinstance(item, dict):
            return _settled(attachment, url, reason=NotRetrieved.UNREADABLE, fetched=fetched)
        if item.get("schema_name") in {"gone", "redirect"}:
            is_gone = item["schema_name"] == "gone"
            moved = with_detail(NotRetrieved.MOVED, content.new_address(item) or "no destination given")
            return _settled(attachment, url, reason=NotRetrieved.GONE if is_gone else moved, fetched=fetched)
        page = content.page_of(item)
        if page is None:
            return _settled(attachment, url, reason=NotRetrieved.EMPTY, fetched=fetched)
        kept = await self.session.keep_conversion(
            page, of=fetched.captures[-1], url=url, media_type="text/html"
        )
        captures = fetched.capture_ids if kept is None else (*fetched.capture_ids, kept.record_id)
        media_type = "application/json" if kept is None else "text/html"
        return FoundDocument(
            key=attachment.id or url,
            url=url,
            title=attachment.title,
            media_type=media_type,
            status=RetrievalStatus.RETRIEVED,
            captures=captures,
        )

    def _path_on_site(self, link: str | None) -> str | None:
        """Return the path of a search result on the site: the link is one, may lack its slash, or is an address."""
        if link is None:
            return None
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            is_site = parts.netloc == urlsplit(self.session.job.declaration.entry.site).netloc
            return (
                quote(parts.path or "/", safe="/%")
                if is_site and parts.scheme in {"", "http", "https"}
                else None
            )
        return quote("/" + parts.path.lstrip("/"), safe="/%")

    def _content_url(self, path: str) -> str:
        return f"{self.session.job.declaration.entry.content}{path}"

    def _off_site(self, result: Mapping[str, Any], link: str | None) -> FoundRecord:
        """Record a result whose page is not on GOV.UK, or that has none."""
        title = _title({}, result)
        url = link or ""
        key = content.content_key(result) or link or f"search:{result.get('_id') or title}"
        reason = NotRetrieved.NO_LINK if link is None else NotRetrieved.EXTERNAL
        return FoundRecord(
            key=key,
            url=url,
            title=title or url,
            summary=text_or_none(result.get("description")),
            publisher=content.publisher_of({}, result),
            published=content.published_on({}, result),
            document_type=text_or_none(result.get("content_store_document_type")),
            said=content.said_of({}, result),
            documents=(FoundDocument(url or key, url, title, "", RetrievalStatus.NOT_RETRIEVED, reason),),
        )

    def _missing(self, url: str, title: str, reason: str, fetched: Fetched) -> FoundDocument:
        return FoundDocument(
            key=url,
            url=url,
            title=title,
            media_type="",
            status=RetrievalStatus.NOT_RETRIEVED,
            reason=str(reason),
            captures=fetched.capture_ids,
        )


def _file_document(attachment: Attachment, url: str, fetched: Fetched) -> FoundDocument:
    """Return what became of a file; what claims to be a PDF must begin like one."""
    if fetched.reason is not None:
        return _settled(attachment, url, reason=fetched.reason, fetched=fetched)
    if not fetched.body:
        return _settled(attachment, url, reason=NotRetrieved.EMPTY, fetched=fetched)
    is_pdf = b"%PDF-" in fetched.body[:_PDF_WITHIN]
    declared = attachment.media_type or fetched.media_type
    if not is_pdf and fetched.media_type == "text/html" and declared != "text/html":
        return _settled(attachment, url, reason=NotRetrieved.WEB_PAGE, fetched=fetched)
    if not is_pdf and declared == "application/pdf":
        is_page = fetched.body.lstrip()[:1] == b"<"
        reason = NotRetrieved.WEB_PAGE if is_page else NotRetrieved.NOT_A_PDF
        return _settled(attachment, url, reason=reason, fetched=fetched)
    return FoundDocument(
        key=attachment.id or url,
        url=url,
        title=attachment.title,
        media_type="application/pdf" if is_pdf else fetched.media_type or declared,
        status=RetrievalStatus.RETRIEVED,
        captures=fetched.capture_ids,
    )


def _settled(
    attachment: Attachment, url: str, *, reason: str, fetched: Fetched | None = None
) -> FoundDocument:
    return FoundDocument(
        key=attachment.id or url or attachment.title,
        url=url,
        title=attachment.title,
        media_type=attachment.media_type,
        status=RetrievalStatus.NOT_RETRIEVED,
        reason=str(reason),
        captures=fetched.capture_ids if fetched is not None else (),
    )


def _title(item: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    return text_or_none(item.get("title")) or text_or_none(result.get("title")) or ""


def _error_text(fetched: Fetched) -> str:
    try:
        said = fetched.json()
    except ValueError:
        said = None
    return (
        str(said.get("error", said))
        if isinstance(said, dict)
        else fetched.body[:200].decode(errors="replace")
    )
