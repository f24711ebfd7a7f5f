"""What a run has already received, by URL: for resuming, for replaying, and for asking nothing twice."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from corpus.vocabulary.harvest import CaptureFact
from harvester.answers import Answers
from harvester.digests import Digests
from harvester.warc import Captured, FailureNote, Place, Places, Stopped

UNSETTLED = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
"""Statuses that another try may better."""
ROBOTS = "/robots.txt"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GIVEN_UP = 0  # stands for a status


class Book:
    """The answers of a run. The first request for a URL gets the first recorded answer, the second the second.

    Once a URL has an answer that settles it, every further request gets that one. So a resumed or replayed crawl that
    asks in the same way is told the same, busy servers and all; that a URL was given up is an answer too. Of each other
    only its place in the WARC is kept, and of each URL a digest.

    A crawl that is taken up asks for each robots.txt anew. Those answers, and those of wherever it is redirected to,
    stand in a list of their own, so that whoever asks for the file as a page is told what the first attempt was told.
    """

    def __init__(self, entries: Iterable[Captured | FailureNote | Stopped] = ()) -> None:
        self.stopped: Stopped | None = None
        self._answers = Answers()
        self._failures, self._whys = Digests(), dict[tuple[str, bool, bool], int]()
        self._conversions, self._converted = Digests(), Places()
        self._under_way: dict[str, asyncio.Event] = {}
        self._robots: dict[str, None] = {}
        self._rules: defaultdict[str, list[Place]] = defaultdict(list)
        self._rules_led_to: set[str] = set()
        self._rules_received: set[str] = set()
        for entry in entries:
            self.note(entry)

    def note(self, entry: Captured | FailureNote | Stopped) -> None:
        """Note what is recorded, for the requests to come."""
        if isinstance(entry, Stopped):
            self.stopped = entry if entry.why else None
        elif isinstance(entry, FailureNote):
            self.add_failure(entry)
        elif entry.kind in {"conversion", "resource"}:
            self.add_conversion(entry.fact)
        else:
            self.stopped = None  # it was taken up again
            if not self._is_later_rules(entry.fact):
                self._answers.append(entry.fact.url, Place.of(entry.fact))

    def next_answer(self, url: str, *, again: bool = False) -> Place | FailureNote | None:
        """Return the answer that the next request for ``url`` gets, ``None`` when it has to be asked.

        ``again`` says that an answer which was served before does not do.
        """
        answer = self._answers.given(url)
        if answer is None or again or answer.status in UNSETTLED:
            answer = self._answers.give(url)
        # else the same again, though later ones are recorded: they were given to those who asked again
        if answer is not None and answer.status == _GIVEN_UP:
            return self._failure(url, answer.warc_offset)
        return answer

    def has_another(self, url: str) -> bool:
        """Return whether an answer is recorded that no request has been given yet."""
        return self._answers.has_another(url)

    def add(self, fact: CaptureFact) -> None:
        """Note an answer that has just been received, by the request that received it."""
        if self._is_later_rules(fact):
            return
        if is_robots(fact.url):
            self._rules_received.add(fact.url)
        self._answers.append(fact.url, Place.of(fact))
        self._answers.give_all(fact.url)

    def add_failure(self, note: FailureNote, *, is_told: bool = False) -> None:
        """Note that a request brought no response; one that was given up settles the address.

        ``is_told`` says that whoever asked knows it already.
        """
        why = note.reason, note.is_transient, note.is_given_up  # as many as there are reasons: few
        self._failures[note.url] = number = self._whys.setdefault(why, len(self._whys))
        if note.is_given_up and not is_robots(note.url):  # its rules are asked for anew by every attempt
            self._answers.append(note.url, Place(_GIVEN_UP, "", number))
            if is_told:
                self._answers.give_all(note.url)

    def later_rules(self, url: str) -> tuple[Place, ...]:
        """Return the answers for a robots.txt after the first that settled it, in their order."""
        return tuple(self._rules.get(url, ()))

    def has_just_received(self, url: str) -> bool:
        """Return whether it was this attempt that first got a host's robots.txt."""
        return url in self._rules_received

    def unserved(self) -> Iterator[Place]:
        """Yield the recorded answers that nobody asked for this time; those for a robots.txt first."""
        for places in self._rules.values():
            yield from places
        rest = self._answers.rest(before=self._robots)
        yield from (place for place in rest if place.status != _GIVEN_UP)

    def _is_later_rules(self, fact: CaptureFact) -> bool:
        if is_robots(fact.url):
            last = self._answers.last(fact.url)
            is_later = last is not None and last.status not in UNSETTLED
            self._robots[fact.url] = None
        else:
            is_later = fact.url in self._rules_led_to
        if is_later:
            self._rules[fact.url].append(Place.of(fact))
            if fact.status not in UNSETTLED:
                self._rules_led_to.discard(fact.url)
                self._rules_led_to.update(_led_to(fact))
        return is_later

    def failure_of(self, url: str) -> FailureNote | None:
        """Return why ``url`` was never received, if that was noted."""
        number = self._failures.get(url)
        return None if number is None else self._failure(url, number)

    def _failure(self, url: str, number: int) -> FailureNote:
        return FailureNote(url, *list(self._whys)[number])

    def add_conversion(self, fact: CaptureFact) -> None:
        """Note a document taken out of a capture."""
        self._conversions[fact.record_id] = self._converted.add(Place.of(fact))

    def conversion(self, record_id: str) -> Place | None:
        """Return where a document taken out of a capture lies, by its own identity."""
        number = self._conversions.get(record_id)
        return None if number is None else self._converted[number]

    async def wait_for(self, url: str) -> None:
        """Wait while another request for ``url`` is under way."""
        while event := self._under_way.get(url):
            await event.wait()

    def begin(self, url: str) -> None:
        """Note that ``url`` is being asked."""
        self._under_way[url] = asyncio.Event()

    def end(self, url: str) -> None:
        """Note that ``url`` is no longer being asked, whatever came of it."""
        if event := self._under_way.pop(url, None):
            event.set()


def _led_to(fact: CaptureFact) -> Iterator[str]:
    """Yield where a redirect leads, unless that is a host's robots.txt of its own."""
    for name, value in fact.headers if fact.status in _REDIRECTS else ():
        if name.lower() == "location":
            try:
                url = urldefrag(urljoin(fact.url, value)).url
            except ValueError:  # an address that makes no sense is not followed either
                continue
            if not is_robots(url):
                yield url


def is_robots(url: str) -> bool:
    """Return whether a URL is that of a host's rules."""
    return url.endswith(ROBOTS) and urlsplit(url).path == ROBOTS
