"""Lists of a repository that end, whole: tokens that expire, loop or lie are noticed and the window is begun again."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from corpus.vocabulary.errors import SourceError
from harvester.spiders.oai_windows import Granularity, Window, moment_of
from harvester.spiders.oai_xml import Answer, Entry

if TYPE_CHECKING:
    from harvester.spiders.oaipmh import OaipmhSpider

MOST_SINGLY = 100
"""Entries missing from a list that are asked for one by one; more of them make a broken list."""
TRIES = 3
BARREN = 5
"""Pages in a row that may bring nothing new before a list is called endless."""


class End(Enum):
    """How a walk through a list ended."""

    WHOLE = auto()
    EXPIRED = auto()
    LOOPED = auto()
    STRAYED = auto()  # from some page on, nothing lay in the window that was asked for
    TOO_LONG = auto()


_ENDED = frozenset({End.WHOLE, End.STRAYED})


@dataclass(slots=True)
class Walk:
    """What one walk through a list met.

    ``sizes`` are the completeListSizes that it was told; by the protocol such a size counts all that the list's parts
    hold, may be an estimate, and may be revised from part to part. ``repeated`` are entries that came once more.
    """

    end: End = End.WHOLE
    entries: dict[str, Entry] = field(default_factory=dict)
    captures: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)
    pages: int = 0
    repeated: int = 0

    def take(self, entry: Entry, captures: tuple[str, ...]) -> None:
        """Note an entry and the responses that it came in; what comes later counts."""
        self.entries[entry.identifier] = entry
        self.captures[entry.identifier] = captures

    @property
    def said(self) -> int | None:
        """The size that counts: the last one said, or where the list left its window, the first."""
        if not self.sizes:
            return None
        return self.sizes[0] if self.end is End.STRAYED else self.sizes[-1]

    @property
    def is_estimated(self) -> bool:
        """Whether the repository revised the size while it gave the list."""
        return len(set(self.sizes)) > 1

    @property
    def is_as_announced(self) -> bool:
        """Whether it ended, or came to repeat its end or to leave the window, with as many entries as were announced.

        What came in several pages with no number announced is not: another list has to confirm it.
        """
        match self.end:
            case End.WHOLE:
                return set(self.sizes) == {len(self.entries)} or (not self.sizes and self.pages <= 1)
            case End.LOOPED:
                return set(self.sizes) == {len(self.entries)}
            case End.STRAYED:
                return self.sizes[:1] == [len(self.entries)]
            case _:
                return False


@dataclass(frozen=True, slots=True)
class Part:
    """What a window holds: its entries, each with the captures it came in, and how many the repository says there are."""

    entries: tuple[Entry, ...]
    captures: Mapping[str, tuple[str, ...]]
    claimed: int


class Listing:
    """One set of a repository, or all of it, in windows that are each listed to their end.

    Parameters
    ----------
    spider
        Asks.
    set_spec
        The set; ``None`` for all.
    since
        The first datestamp of interest.
    earliest, now
        Between which all datestamps lie, by the repository's own word.
    granularity
        Of its datestamps.
    """

    def __init__(
        self,
        spider: "OaipmhSpider",
        *,
        set_spec: str | None,
        since: datetime | None,
        earliest: datetime,
        now: datetime,
        granularity: Granularity,
    ) -> None:
        self._spider, self._session = spider, spider.session
        self._set, self._whole = set_spec, Window(since, None)
        self._earliest, self._now, self._granularity = earliest, now, granularity
        filters = spider.declaration.filters
        self._prefixes, self._most = filters.metadata_prefixes, filters.window_entries
        self.total: int | None = None

    async def parts(self) -> AsyncIterator[Part]:
        """Yield the windows' entries, oldest first; a list that falls short of what was announced is noted."""
        waiting, listed, is_split = [self._whole], 0, False
        while waiting:
            window = waiting.pop()
            part = await self._part(window)
            if part is None:
                halves = self._halves(window)
                if halves is None:
                    raise SourceError(f"The list of {self._named(window)} cannot be had to its end.")
                waiting += reversed(halves)
                is_split = True
                continue
            listed += len(part.entries)
            yield part
        if is_split:
            await self._compare(listed)

    async def _part(self, window: Window) -> Part | None:
        """Return what a window holds; ``None`` when it is to be cut in two."""
        can_split = self._halves(window) is not None
        announced, walk = 0, Walk()
        for attempt in range(TRIES):
            walk = await self._walk("ListRecords", window, again=attempt > 0, can_split=can_split)
            if window == self._whole and self.total is None and walk.sizes:
                self.total = walk.sizes[0]
                self._spider.announce(self.total)
            if walk.end is End.TOO_LONG or (walk.end is End.EXPIRED and attempt and can_split):
                return None
            announced = max((announced, *walk.sizes, len(walk.entries)))
            if walk.is_as_announced:
                return await self._finished(walk, window)
            if walk.end in _ENDED:
                bare = await self._walk("ListIdentifiers", window, again=attempt > 0, can_split=False)
                await self._fetch_singly(walk, bare)
                is_same = bare.end in _ENDED and bare.entries.keys() <= walk.entries.keys()
                if is_same and self._is_borne_out(walk, bare, window):
                    return await self._finished(walk, window)
                announced = max((announced, *bare.sizes, len(bare.entries)))
            self._spider.note("lists_begun_again")
        self._session.fall_short(
            f"entries of {self._named(window)}",
            announced - len(walk.entries),
            f"The list of {self._named(window)} did not come whole: {len(walk.entries)} entries were got, "
            f"{announced} were announced.",
        )
        return await self._finished(walk, window, claimed=announced)

    def _is_borne_out(self, walk: Walk, bare: Walk, window: Window) -> bool:
        """Say whether what came is all, though a larger size may have been said.

        A size that the repository holds to is believed, until its list of identifiers says the smaller one. A size that
        it revised on the way is an estimate: two lists with the same entries weigh more.
        """
        got = len(walk.entries)
        larger = [one for one in (walk, bare) if one.said is not None and one.said > got + _besides(one)]
        if not larger:
            return True
        if not (bare.said == got or all(one.is_estimated for one in larger)):
            return False
        why = "its list of identifiers says so too" if bare.said == got else "it revised that size on the way"
        self._session.note(
            f"For the list of {self._named(window)} the repository said {max(one.said or 0 for one in larger)} entries "
            f"(completeListSize); {got} came, and {why}: they are taken for all."
        )
        return True

    async def _fetch_singly(self, walk: Walk, bare: Walk) -> None:
        """Get by their identifiers the entries that only the bare list has.

        Some repositories show deleted entries there alone, or leave out of the full list what has no such metadata.
        """
        lacking = [entry for name, entry in bare.entries.items() if name not in walk.entries]
        for entry in lacking if len(lacking) <= MOST_SINGLY else ():
            if entry.is_deleted:
                walk.take(entry, bare.captures[entry.identifier])
                continue
            arguments = {"identifier": entry.identifier, "metadataPrefix": self._prefixes[0]}
            answer, captures = await self._spider.ask({"verb": "GetRecord", **arguments})
            if "idDoesNotExist" in answer.errors:
                walk.take(replace(entry, is_deleted=True), captures)
            elif not answer.errors.keys() - {"cannotDisseminateFormat"}:
                for found in answer.entries or (entry,):
                    walk.take(found, captures)
            self._spider.note("entries_fetched_singly")

    async def _finished(self, walk: Walk, window: Window, *, claimed: int | None = None) -> Part:
        await self._add_formats(walk, window)
        entries = tuple(walk.entries.values())
        return Part(entries, walk.captures, len(entries) if claimed is None else claimed)

    async def _add_formats(self, walk: Walk, window: Window) -> None:
        """Add what further metadata formats say of the same entries."""
        for prefix in self._prefixes[1:]:
            more = await self._walk("ListRecords", window, again=False, can_split=False, prefix=prefix)
            for identifier, entry in more.entries.items():
                if (known := walk.entries.get(identifier)) is not None:
                    walk.entries[identifier] = known.with_more(entry)
                    walk.captures[identifier] += more.captures[identifier]

    async def _walk(
        self, verb: str, window: Window, *, again: bool, can_split: bool, prefix: str | None = None
    ) -> Walk:
        walk, tokens, barren = Walk(), set[str](), 0
        arguments = self._arguments(window, prefix=prefix or self._prefixes[0])
        while True:
            answer, captures = await self._spider.ask({"verb": verb, **arguments}, again=again)
            if "noRecordsMatch" in answer.errors:
                return walk
            if "badResumptionToken" in answer.errors and tokens:
                walk.end = End.EXPIRED
                return walk
            _check(answer)
            before = len(walk.entries)
            self._take(walk, window, answer, captures)
            token = answer.token
            if token is None or not token.text:
                return walk
            barren = 0 if len(walk.entries) > before else barren + 1
            if token.text in tokens or barren > BARREN:
                is_stray = token.text not in tokens and bool(walk.outside)
                self._spider.note("lists_that_stray" if is_stray else "lists_that_loop")
                walk.end = End.STRAYED if is_stray else End.LOOPED
                return walk
            if can_split and max((*walk.sizes, len(walk.entries))) > self._most:
                walk.end = End.TOO_LONG
                return walk
            tokens.add(token.text)
            arguments = {"resumptionToken": token.text}

    def _take(self, walk: Walk, window: Window, answer: Answer, captures: tuple[str, ...]) -> None:
        walk.pages += 1
        if answer.token is not None and answer.token.size is not None:
            walk.sizes.append(answer.token.size)
        before, strays = len(walk.entries), 0
        for entry in answer.entries:
            if window.holds(entry.datestamp, self._granularity):
                walk.take(entry, captures)
                continue
            strays += 1
            if entry.identifier not in walk.outside:
                walk.outside.add(entry.identifier)
                self._spider.note("entries_outside_their_window")
        if (
            brought := len(walk.entries) - before
        ):  # a page without anything new stands for others that are lost
            walk.repeated += len(answer.entries) - strays - brought

    def _arguments(self, window: Window, *, prefix: str) -> dict[str, str]:
        arguments = {"metadataPrefix": prefix}
        if self._set is not None:
            arguments["set"] = self._set
        if window.first is not None:
            arguments["from"] = self._granularity.text(window.first)
        if window.last is not None:
            arguments["until"] = self._granularity.text(window.last)
        return arguments

    def _halves(self, window: Window) -> tuple[Window, Window] | None:
        return window.split(earliest=self._earliest, now=self._now, granularity=self._granularity)

    async def _compare(self, listed: int) -> None:
        """Note when the windows hold less together than the whole, which may have changed meanwhile."""
        if self.total is None or listed >= self.total:
            return
        arguments = self._arguments(self._whole, prefix=self._prefixes[0])
        answer, _ = await self._spider.ask({"verb": "ListRecords", **arguments}, again=True)
        now = answer.token.size if answer.token is not None else None
        if now is None or listed < now:
            whole = self.total if now is None else now
            self._session.fall_short(
                f"entries of {self._named(self._whole)}",
                whole - listed,
                f"The windows of {self._named(self._whole)} hold {listed} entries together, the whole {whole}.",
            )

    def _named(self, window: Window) -> str:
        text = window.text(self._granularity)
        return text if self._set is None else f"set {self._set}, {text}"


def _check(answer: Answer) -> None:
    for code, message in answer.errors.items():
        raise SourceError(f"The repository refused the request ({code}): {message or 'without a word'}.")


def _besides(walk: Walk) -> int:
    """Return how much else a list held than entries of its window, each once."""
    return walk.repeated + len(walk.outside)


def beginning_of(said: Mapping[str, str]) -> datetime:
    """Return the earliest datestamp that Identify names, a day before the protocol was where it names none."""
    return moment_of(said.get("earliestDatestamp", "")) or datetime(2000, 1, 1, tzinfo=UTC)
