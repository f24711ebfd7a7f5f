"""What a run has already received, by URL: for resuming, for replaying, and for asking nothing twice."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from corpus.vocabulary.harvest import CaptureFact
from harvester.warc import Captured, FailureNote, Place

UNSETTLED = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
"""Statuses that another try may better."""
ROBOTS = "/robots.txt"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(slots=True)
class _Line:
    answers: tuple[Place | FailureNote, ...] = ()
    served: int = 0
    failure: FailureNote | None = None


class Book:
    """The answers of a run. The first request for a URL gets the first recorded answer, the second the second.

    Once a URL has an answer that settles it, every further request gets that one. So a resumed or replayed crawl that
    asks in the same way is told the same, busy servers and all; that a URL was given up is an answer too. Of each other
    only its place in the WARC is kept.

    A crawl that is taken up asks for each robots.txt anew. Those answers, and those of wherever it is redirected to,
    stand in a list of their own, so that whoever asks for the file as a page is told what the first attempt was told.
    """

    def __init__(self, entries: Iterable[Captured | FailureNote] = ()) -> None:
        self._lines: defaultdict[str, _Line] = defaultdict(_Line)
        self._conversions: dict[str, Place] = {}
        self._under_way: dict[str, asyncio.Event] = {}
        self._rules: defaultdict[str, list[Place]] = defaultdict(list)
        self._rules_led_to: set[str] = set()
        self._rules_received: set[str] = set()
        for entry in entries:
            if isinstance(entry, FailureNote):
                self.add_failure(entry)
            elif entry.kind in {"conversion", "resource"}:
                self.add_conversion(entry.fact)
            elif not self._is_later_rules(entry.fact):
                self._lines[entry.fact.url].answers += (Place.of(entry.fact),)

    def next_answer(self, url: str, *, again: bool = False) -> Place | FailureNote | None:
        """Return the answer that the next request for ``url`` gets, ``None`` when it has to be asked.

        ``again`` says that an answer which was served before does not do.
        """
        line = self._lines.get(url)
        if line is None or not line.answers:
            return None
        last = line.answers[line.served - 1] if line.served else None
        if last is not None and not again and _settles(last):
            return last  # though later ones are recorded: they were given to those who asked again
        if line.served == len(line.answers):
            return None
        line.served += 1
        return line.answers[line.served - 1]

    def has_another(self, url: str) -> bool:
        """Return whether an answer is recorded that no request has been given yet."""
        line = self._lines.get(url)
        return line is not None and line.served < len(line.answers)

    def add(self, fact: CaptureFact) -> None:
        """Note an answer that has just been received, by the request that received it."""
        if self._is_later_rules(fact):
            return
        if is_robots(fact.url):
            self._rules_received.add(fact.url)
        line = self._lines[fact.url]
        line.answers += (Place.of(fact),)
        line.served = len(line.answers)

    def add_failure(self, note: FailureNote, *, is_told: bool = False) -> None:
        """Note that a request brought no response; one that was given up settles the address.

        ``is_told`` says that whoever asked knows it already.
        """
        line = self._lines[note.url]
        line.failure = note
        if note.is_given_up and not is_robots(note.url):  # its rules are asked for anew by every attempt
            line.answers += (note,)
            line.served = len(line.answers) if is_told else line.served

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
        for url in sorted(self._lines, key=lambda url: not is_robots(url)):
            line = self._lines[url]
            yield from (answer for answer in line.answers[line.served :] if isinstance(answer, Place))

    def _is_later_rules(self, fact: CaptureFact) -> bool:
        if is_robots(fact.url):
            line = self._lines[fact.url]
            is_later = bool(line.answers) and _settles(line.answers[-1])
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
        line = self._lines.get(url)
        return line.failure if line is not None else None

    def add_conversion(self, fact: CaptureFact) -> None:
        """Note a document taken out of a capture."""
        self._conversions[fact.record_id] = Place.of(fact)

    def conversion(self, record_id: str) -> Place | None:
        """Return where a document taken out of a capture lies, by its own identity."""
        return self._conversions.get(record_id)

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


def _settles(answer: Place | FailureNote) -> bool:
    return isinstance(answer, FailureNote) or answer.status not in UNSETTLED


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
