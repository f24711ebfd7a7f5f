"""WordPress: entries and files as its REST interface lists them; no page is taken apart where that is open.

Oddities (measured on WordPress 6.1.9 and 6.7, November 2026):
- newest-first paging loses entries while the site changes; by number ascending, read again at the end, it does not;
- a file replaced in place shows in nothing that WordPress says: each file is asked for in every crawl;
- the files of an entry that was deleted stay in the library, without a parent.
"""

from collections.abc import AsyncIterator

from corpus.vocabulary.errors import SourceError
from corpus.vocabulary.harvest import FoundRecord
from harvester.declarations import WordpressDeclaration
from harvester.media_types import PDF
from harvester.spiders.base import SourceSpider
from harvester.spiders.mentions import mention
from harvester.spiders.wordpress_entries import key_of
from harvester.spiders.wordpress_holdings import Holdings
from harvester.spiders.wordpress_lists import EntryList, ListRefusedError, Told
from harvester.spiders.wordpress_pages import records_by_pages
from harvester.spiders.wordpress_records import Records
from harvester.spiders.wordpress_rest import RestRoot
from harvester.spiders.wordpress_search import entry_lists, file_lists, open_root, what_files

_MOST_READINGS = 6
PDFS = what_files(PDF)


class WordpressSpider(SourceSpider[WordpressDeclaration]):
    """What a site that runs WordPress publishes."""

    name = "wordpress"

    async def records(self) -> AsyncIterator[FoundRecord]:
        """Yield a record for each entry, and for each file that hangs on none."""
        root = await open_root(self)
        lists = (await self._entry_lists(root) if root is not None else None) or []
        told = await self._first_reading(lists, required=self.declaration.filters.types is not None)
        if root is not None and lists:
            found = self._by_rest(lists, told, file_lists(self, root))
        else:
            found = records_by_pages(self)
        async for record in found:
            yield record

    async def _entry_lists(self, root: RestRoot) -> list[EntryList] | None:
        try:
            return await entry_lists(self, root)
        except SourceError as error:
            raise self.session.stop(str(error)) from error

    async def _by_rest(
        self, entries: list[EntryList], told_entries: list[Told], files: list[EntryList]
    ) -> AsyncIterator[FoundRecord]:
        """Yield what the lists hold, then what they hold besides when they are read again, until they rest."""
        holdings = Holdings(self.declaration)
        records = Records(self, holdings)
        told_files = await self._first_reading(files, required=False)
        for _ in range(_MOST_READINGS):
            batch = holdings.take_in(told_entries, told_files)
            told_entries, told_files = [], []  # every entry's text would stay with them
            self._expect(holdings, entries, files)
            async for record in self.few_at_once(records.of_entry, batch.entries):
                yield record
            async for record in self.few_at_once(records.of_file, batch.files):
                yield record
            for file in batch.owned:  # before it was added or linked it may have been a record of its own
                yield mention(key_of(file.id))
            told_entries, told_files = await self._again(entries), await self._again(files)
            if all(one.rests for one in (*entries, *files)):
                break
        else:
            self.session.fail(
                "The site changed each time that its lists were read: harvest again when it rests."
            )
        self._expect(holdings, entries, files)
        self._account_for(holdings, entries, files)
        for host, number in records.elsewhere.items():
            self.session.fail(
                f"{number} files of the site's library lie on {host}, which the declaration does not name: "
                "add it to hosts, or leave them out by filters.exclude."
            )
        for sentence in holdings.notes((*entries, *files)):
            self.session.note(sentence)

    def _account_for(self, holdings: Holdings, entries: list[EntryList], files: list[EntryList]) -> None:
        """Hold each list against what the site counts."""
        for one in entries:
            self.session.account_for(holdings.met_entries(one.last.numbers), one.what)
        for one in files:
            self.session.account_for(holdings.met_files(one.last.numbers), one.what)
        for one in (*entries, *files):
            if one.hidden:
                self.session.note_count(one.hidden, f"hidden {one.what}")
            if one.last.short > one.hidden:
                self.session.fall_short(
                    one.what,
                    one.last.short - one.hidden,
                    f"The site counts {one.last.total} {one.what} and gave {len(one.last.numbers)}: harvest again, and "
                    "if that brings no more, ask the site's owner.",
                )

    async def _first_reading(self, lists: list[EntryList], *, required: bool) -> list[Told]:
        """Return all that some lists hold, and drop those that the site does not give."""
        told: list[Told] = []
        for one in list(lists):
            try:
                told += await one.read()
            except ListRefusedError as refused:
                lists.remove(one)
                sentence = f"The site does not give its list of {one.what} ({refused})."
                if required or not refused.is_lasting:
                    self.session.fail(sentence)
                else:
                    self.session.note(sentence)
                    self.session.note_unread_list(one.what)
        return told

    async def _again(self, lists: list[EntryList]) -> list[Told]:
        try:
            return [told for one in lists for told in await one.read_again()]
        except ListRefusedError as refused:
            raise self.session.stop(f"The site gave a list once and not again ({refused}).") from refused

    def _expect(self, holdings: Holdings, entries: list[EntryList], files: list[EntryList]) -> None:
        for one in (*entries, *files):
            if one.known or one.what == PDFS:
                self.session.expect(holdings.due(one), one.what)
        self.session.expect_records(holdings.records_due(entries))
