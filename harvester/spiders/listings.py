"""What a source lists, read again until it stands still: nothing lost, nothing twice, though the site changes meanwhile."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from corpus.vocabulary.harvest import FoundRecord
from harvester.digests import Digests
from harvester.pile import Pile
from harvester.reasons import NotRetrieved
from harvester.spiders.base import SourceSpider
from harvester.spiders.known import Known, Left
from harvester.spiders.landing import LandingPages, Listed
from harvester.spiders.mentions import mention

MOST_ROUNDS = 4


@dataclass(slots=True)
class Listing:
    """All that a source lists at one time.

    Attributes
    ----------
    known
        All that this and the listings before it hold: what is here and was there is not kept again.
    is_again
        Whether the source is to be asked anew.
    new
        What is to be read and was listed by none before, each once; a source may list a million, so they lie in a file.
    number
        How many entries there are to be read, new or not.
    missing
        How many more the source says it holds than it listed.
    left_out
        How much else it listed, by what it is and why it is not read.
    short
        How many entries a list gave fewer than it says it has, by the sentence among the failures.
    failures
        What was odd about it, in sentences. They are the run's only where no later listing is without them: a page may
        be empty because the list has become shorter meanwhile.
    notes
        What a reader of the search must know of it, though nothing failed; again, of the last listing alone.
    mark
        A sum over all that was met, wanted or not: two listings of the same things have the same.
    unread
        What of it was not read, though that is no failure.
    elsewhere
        Wanted addresses on hosts that the declaration does not name, any more perhaps: listed, and not to be asked for.
    closed
        Why its host was not to be asked, if so: then it says nothing of what the source lists.
    """

    known: Known = field(default_factory=Known)
    is_again: bool = False
    new: Pile[Listed] = field(default_factory=Pile)
    number: int = 0
    missing: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    short: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    mark: int = 0
    unread: set[str] = field(default_factory=set)
    elsewhere: Pile[str] = field(default_factory=Pile)
    closed: str | None = None

    def hold_against(self, total: int, *, got: int, name: str) -> None:
        """Compare what one list says it has with what it gave: what one list has too many, another may still lack."""
        self.missing += total - got
        if total != got:
            sentence = f"{name} says that it has {total} entries, and gave {got}."
            self.failures.append(sentence)
            if total > got:
                self.short[sentence] = total - got

    def meet(self, key: str) -> None:
        """Note something that is listed, whether it is wanted or not."""
        self.mark += hash(key)

    def enter(self, entry: Listed) -> bool:
        """Take an entry that is to be read; return whether this listing had it not yet."""
        is_first, is_new = self.known.enter(entry.identity, url=entry.url)
        self.number += is_first
        if is_new:
            self.new.put(entry)
        return is_first

    def leave_out(self, what: str) -> None:
        """Count something that is not read."""
        self.left_out[what] = self.left_out.get(what, 0) + 1


async def records_of(
    spider: SourceSpider[Any], list_all: Callable[[Listing], Awaitable[None]], pages: LandingPages
) -> AsyncIterator[FoundRecord]:
    """Yield a record for everything listed; then list again, and read what is new, until two listings are the same.

    A listing loses an entry when another that it has met goes while it is read, so that the rest moves up. The next
    listing then lacks the one that went: of two that are the same, the first has lost nothing.

    Parameters
    ----------
    spider
        Whose crawl it is.
    list_all
        Lists the whole source.
    pages
        Reads what is listed.
    """
    session, listing = spider.session, Listing()
    known, mark = listing.known, None
    pages.lists = known.lists
    for number in range(MOST_ROUNDS):
        await list_all(listing)
        if number and listing.closed is not None:
            session.fail(f"What the source lists could not be asked for again: {listing.closed}.")
            return
        session.expect(len(known) + listing.missing)
        async for record in spider.few_at_once(pages.record_of, listing.new):
            known.note_read(
                record.key, is_gone=_answers_that_it_is_gone(record), documents=record.number_retrieved
            )
            yield record
        if listing.mark == mark or number == MOST_ROUNDS - 1:
            break
        mark = listing.mark
        known.begin_again()
        listing = Listing(known, is_again=True)
    if listing.mark != mark:
        session.fail(
            f"The source listed something else each of {MOST_ROUNDS} times: harvest it again at a quieter time."
        )
    mentioned = Digests()
    for url in listing.elsewhere:
        if mentioned.add(url):
            yield mention(url, url=url)
    left = known.left()
    _tell(spider, listing, left=left)
    session.note_left(left.number, documents=left.documents)
    pages.check_rules()


def _tell(spider: SourceSpider[Any], listing: Listing, *, left: Left) -> None:
    """Tell the run what the last listing says of itself, and of what was listed before it."""
    session = spider.session
    for sentence in listing.failures:
        if sentence in listing.short:
            session.fall_short(
                f"entries of {sentence.partition(' says')[0]}", listing.short[sentence], sentence
            )
        else:
            session.fail(sentence)
    for sentence in listing.notes:
        session.note(sentence)
    for what in listing.unread:
        session.note_unread_list(what)
    for what, count in sorted(listing.left_out.items()):
        session.note_count(count, what)
    if left.number:
        session.note_count(listing.number, "listed_at_the_end")
        session.note(
            f"Of {len(listing.known)} entries that the source listed during the crawl, it lists {listing.number} at the end; of "
            f"the other {left.number}, {left.gone} answered that they are gone, and {left.number - left.gone} were read before. "
            "All are counted as expected and as got."
        )


def _answers_that_it_is_gone(record: FoundRecord) -> bool:
    """Return whether what is listed is itself no longer there, as its host says."""
    return any(
        document.url == record.url and document.reason in {NotRetrieved.NOT_FOUND, NotRetrieved.DELETED}
        for document in record.documents
    )
