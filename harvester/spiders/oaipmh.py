"""Repositories that speak OAI-PMH: lists of entries, then the documents that their metadata or landing pages name.

Oddities (seen in EPrints, DSpace and in the reports of other harvesters' users):
- tokens expire in the middle of a list, or repeat for ever at its end;
- ``until`` may be forgotten after the first page, and completeListSize be missing, wrong or changing;
- answers hold characters that no XML may hold;
- a deleted entry stays in the list, with a header alone: that is the notice that it is gone, and nothing else is;
- an entry may be listed without metadata, without what the search looks for, or with a landing page that is missing: it
  is there all the same.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import PAGE, FoundDocument, FoundRecord
from harvester.declarations.oaipmh import OaipmhDeclaration
from harvester.digests import Digests
from harvester.reasons import NotRetrieved
from harvester.spiders.base import SourceSpider
from harvester.spiders.documents import SoughtDocument, may_be_document, not_retrieved
from harvester.spiders.landing import LandingPages, Listed
from harvester.spiders.mentions import mention
from harvester.spiders.oai_listing import Listing, Part, beginning_of
from harvester.spiders.oai_records import described, left_out
from harvester.spiders.oai_windows import Granularity, moment_of
from harvester.spiders.oai_xml import Answer, Entry, read_answer
from harvester.spiders.pages import Link

if TYPE_CHECKING:
    from harvester.session import CrawlSession


class OaipmhSpider(SourceSpider[OaipmhDeclaration]):
    """Entries of a repository that speaks OAI-PMH."""

    name = "oaipmh"

    def __init__(self, session: "CrawlSession") -> None:
        super().__init__(session)
        self._pages = LandingPages(self)
        self._met = Digests()
        self._announced = 0

    async def records(self) -> AsyncIterator[FoundRecord]:
        """Yield a record for each entry that the search wants; the others are counted and mentioned."""
        try:
            async for part in self._parts():
                fresh = [entry for entry in part.entries if self._met.add(entry.identifier)]
                aside = {entry.identifier: None for entry in fresh if self._is_left_out(entry)}
                wanted = [entry for entry in fresh if entry.identifier not in aside]
                async for record in self.few_at_once(partial(self._record, part), wanted):
                    yield record
                for identifier in aside:
                    yield mention(identifier)
        except SourceError as error:
            raise self.session.stop(str(error)) from error

    async def ask(
        self, arguments: Mapping[str, str], *, again: bool = False
    ) -> tuple[Answer, tuple[str, ...]]:
        """Ask the repository, and return what it says with the captures that it said it in.

        Raises
        ------
        SourceError
            When it does not answer in OAI-PMH.
        """
        url = f"{self.declaration.entry.base}?{urlencode(arguments)}"
        self.session.turn_page(url)
        fetched = await self.fetch(url, again=again)
        if fetched.reason is not None and not (
            fetched.status in range(400, 500) and b"OAI-PMH" in fetched.body
        ):
            raise SourceError(f"The repository did not answer {url}: {fetched.reason}.")
        answer = read_answer(fetched.body)
        if answer.was_mended:
            self.note("answers_with_illegal_characters")
        return answer, fetched.capture_ids

    def note(self, what: str) -> None:
        """Count something odd that the run bore with."""
        self.session.count(what)

    def announce(self, total: int) -> None:
        """Tell how many entries a list is said to hold, for whoever watches."""
        self._announced += total
        self.session.expect(self._announced)

    async def _parts(self) -> AsyncIterator[Part]:
        identity, _ = await self.ask({"verb": "Identify"})
        if identity.errors or not identity.said:
            raise SourceError(
                f"The repository does not say who it is: {dict(identity.errors) or 'no Identify'}."
            )
        filters = self.declaration.filters
        claimed = repeated = 0
        for set_spec in filters.sets or (None,):
            listing = Listing(
                self,
                set_spec=set_spec,
                since=moment_of(filters.changed_since or ""),
                earliest=beginning_of(identity.said),
                now=moment_of(identity.response_date) or datetime.now(UTC),
                granularity=Granularity(is_seconds="ss" in identity.said.get("granularity", "")),
            )
            async for part in listing.parts():
                claimed += part.claimed
                repeated += sum(entry.identifier in self._met for entry in part.entries)
                yield part
        self.session.expect(claimed - repeated)

    def _is_left_out(self, entry: Entry) -> bool:
        if entry.is_deleted:
            return False
        reason = left_out(entry, self.declaration.filters) if entry.metadata else "no_metadata"
        if reason is not None:
            self.session.set_aside(reason)
        return reason is not None

    async def _record(self, part: Part, entry: Entry) -> FoundRecord:
        if entry.is_deleted:
            return _notice(entry, part.captures[entry.identifier])
        said = {
            "identifier": entry.identifier,
            "sets": list(entry.sets),
            "metadata": {name: list(texts) for name, texts in entry.metadata.items()},
        }
        told = described(entry)
        captures = part.captures[entry.identifier]
        links = [Link(url, "") for url in told.links]
        files = [link for link in links if may_be_document(link)]
        ours = [link for link in links if self.is_ours(link.url)]
        landing = next((link.url for link in ours if link not in files), None)
        record = FoundRecord(
            key=entry.identifier,
            url=landing or next(iter(told.links), None),
            title=told.title,
            summary=told.summary,
            publisher=told.publisher or self.declaration.organisation,
            published=told.published,
            document_type=told.document_type,
            said=said,
            captures=captures,
        )
        if any(link in files for link in ours) or landing is None:
            documents = await self._pages.documents_of(files or links[:1], is_sure=True)
            return replace(record, documents=documents or (_no_document(record),), unread_parts=(PAGE,))
        found = await self._pages.record_of(Listed(landing))
        return replace(
            record,
            url=landing if found.is_unread else found.url,
            summary=record.summary or found.summary,
            captures=(*found.captures, *captures),  # the last word on an entry is the repository's
            documents=found.documents,
            unread_parts=() if _is_gone(found) else found.unread_parts,
        )


def _notice(entry: Entry, captures: tuple[str, ...]) -> FoundRecord:
    """Return the repository's word that an entry is gone; it says nothing else of it."""
    return FoundRecord(
        key=entry.identifier,
        url=None,
        title="",
        summary=None,
        publisher=None,
        published=None,
        document_type=None,
        captures=captures,
        gone_reason=f"deleted in the repository ({entry.datestamp or 'no date'})",
    )


def _is_gone(page: FoundRecord) -> bool:
    """Return whether a landing page answered that it is gone: then it is read, and links nothing."""
    reasons = {document.reason for document in page.documents if document.is_unread_page}
    return bool(reasons & {NotRetrieved.NOT_FOUND, NotRetrieved.DELETED})


def _no_document(record: FoundRecord) -> FoundDocument:
    """Return the document that an entry without any link stands for."""
    return not_retrieved(SoughtDocument("", record.title, id=record.key), reason=NotRetrieved.NO_LINK)
