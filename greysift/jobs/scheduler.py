"""The scheduler: a loop over the due rows of the corpus. Any number of them share the work.

A claim is a lease, and what is owed is read again under it. So a due moment is served once; and when a scheduler is
killed its claims die with it, the moment is still owed, and another takes the crawl up.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING

from django.db import close_old_connections, connection
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from corpus.services.leases import lease
from corpus.services.schedules import note_broken_off, note_served, put_off
from corpus.vocabulary.errors import BusyError
from greysift.jobs.crawl_process import CrawlProcess, End, Ended
from greysift.jobs.due import Standing, clock, hosts_asked_now, standing_of, standings
from greysift.jobs.sources import declared_now

if TYPE_CHECKING:
    from corpus.models import Source

POLL_SECONDS = 0.2
LOOK_SECONDS = 5.0  # how soon a change of settings, or another scheduler's end, is noticed
MOST_REFUSALS = 12  # of the database in a row, before one look is given up: a minute
PATIENCE_SECONDS = 60.0  # for crawls that were asked to stop
BUSY_PAUSE = timedelta(seconds=30)
STOPPED = "stopped in order; it will be taken up again"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Crawl:
    """A crawl that this scheduler has started, with its claims."""

    source: "Source"
    due: datetime
    process: CrawlProcess
    claims: ExitStack


class Scheduler:
    """Starts the crawls that are due, each in its own process, one at a time for each host.

    Parameters
    ----------
    workers
        Crawls at once.
    tell
        Takes a line for people.
    """

    def __init__(self, *, workers: int, tell: Tell) -> None:
        self._workers, self._tell = workers, tell
        self._crawls: dict[str, Crawl] = {}
        self._ended: list[tuple[str, Ended]] = []
        self._broken: dict[str, str] = {}
        self._hindered: dict[str, str | None] = {}
        self._stop = Event()
        self._signals = 0

    @property
    def left_unserved(self) -> bool:
        """Whether declarations could not be read at the last look."""
        return bool(self._broken)

    def run(self, *, is_once: bool) -> list[tuple[str, Ended]]:
        """Serve schedules until stopped, or once what is due now; return what ended, by source.

        SIGTERM and Ctrl-C stop the crawls in order; a second one ends them at once.
        """
        look_at, refused = monotonic(), 0
        with self._signals_taken():
            while not self._stop.is_set():
                try:
                    is_free = self._collect()
                    if is_free or monotonic() >= look_at:
                        self._look(is_once=is_once)
                        look_at, refused = monotonic() + LOOK_SECONDS, 0
                        if is_once and not self._crawls:
                            break
                except (OperationalError, InterfaceError) as error:
                    refused += 1
                    if is_once and not self._crawls and refused > MOST_REFUSALS:
                        raise  # who asked for one look is told; nothing runs that must be waited for
                    self._tell(f"the database cannot be used just now ({str(error).strip()}); trying again")
                    connection.close()
                    look_at = monotonic() + LOOK_SECONDS
                self._stop.wait(POLL_SECONDS)
            self._stop_crawls()
        return self._ended

    def _look(self, *, is_once: bool) -> None:
        """Start what is due and may begin."""
        close_old_connections()
        at = timezone.now()
        self._note_broken()
        for standing in sorted(standings(at), key=lambda s: (s.owed or at, s.slug)):
            self._say_hindrance(standing)
            is_at_it = standing.slug in self._crawls
            was_tried = is_once and any(slug == standing.slug for slug, _ in self._ended)
            is_free = len(self._crawls) < self._workers and not is_at_it and not was_tried
            if is_free and standing.is_startable(at):
                self._start(standing)

    def _note_broken(self) -> None:
        """Say which declarations cannot be read; the other sources are served all the same."""
        found = dict(declared_now().broken)
        for slug in self._broken.keys() | found.keys():
            why = found.get(slug)
            self._say_once(f"{slug} broken", why and f"passed over: {why}")
        self._broken = found

    def _start(self, seen: Standing) -> None:
        source = seen.schedule.source
        with ExitStack() as claims:
            try:
                claims.enter_context(lease(f"schedule:{seen.slug}"))
                for host in sorted(seen.hosts):
                    claims.enter_context(lease(f"crawl of {host}"[:200]))
            except BusyError:  # another scheduler is at it, or a crawl of ours is at this host
                self._say_once(
                    f"{seen.slug} waits", f"{seen.slug}: waits for the crawl that is at it, or at its host"
                )
                return
            at = timezone.now()
            standing = standing_of(
                source, at
            )  # again: it may have been served between the look and the claim
            if standing is None or standing.owed is None or not standing.is_startable(at):
                return
            if busy := seen.hosts & hosts_asked_now(at):  # somebody crawls there by hand
                self._say_once(
                    f"{seen.slug} waits", f"{seen.slug}: waits for another crawl at {', '.join(sorted(busy))}"
                )
                return
            process = CrawlProcess.start(seen.slug)
            self._crawls[seen.slug] = Crawl(source, standing.owed, process, claims.pop_all())
        self._say_once(f"{seen.slug} waits", None)
        self._tell(f"{seen.slug}: crawl begun, due since {clock(standing.owed)}")

    def _collect(self) -> bool:
        """Note the crawls that have ended; return whether any has."""
        over = [slug for slug, crawl in self._crawls.items() if not crawl.process.is_alive]
        for slug in over:
            crawl = self._crawls.pop(slug)
            with crawl.claims:
                ended = crawl.process.ended()
                self._ended.append((slug, ended))
                words = self._note(crawl, ended)
            self._tell(f"{slug}: {words}")
        return bool(over)

    def _note(self, crawl: Crawl, ended: Ended) -> str:
        """Keep what became of a due moment; return it in words."""
        at = timezone.now()
        if ended.end is End.BROKEN_OFF and self._stop.is_set():
            return STOPPED
        if ended.end in {End.LATER, End.BUSY}:
            until = ended.until or at + BUSY_PAUSE
            put_off(crawl.source, until=until, why=ended.sentence, at=at)
            return f"put off until {clock(until)}: {ended.sentence}"
        if ended.end is End.BROKEN_OFF:
            note_broken_off(crawl.source, at=at, why=ended.sentence)
        else:
            failure = None if ended.end is End.COMPLETE else ended.sentence
            note_served(crawl.source, due=crawl.due, at=at, failure=failure)
        standing = standing_of(crawl.source, at)
        again = f"; next {clock(standing.next_at)}" if standing and standing.next_at else ""
        return f"{ended.end}, {ended.sentence}{again}"

    def _stop_crawls(self) -> None:
        if self._crawls:
            crawls = "1 crawl" if len(self._crawls) == 1 else f"{len(self._crawls)} crawls"
            self._tell(f"stopping {crawls} in order: {', '.join(sorted(self._crawls))}")
        for crawl in self._crawls.values():
            crawl.process.stop()
        deadline = monotonic() + PATIENCE_SECONDS
        while self._crawls:
            self._collect()
            if monotonic() > deadline or self._signals > 1:
                for crawl in self._crawls.values():
                    crawl.process.kill()
            Event().wait(POLL_SECONDS)

    def _say_hindrance(self, standing: Standing) -> None:
        is_news = standing.owed is not None and standing.slug not in self._broken
        passed_over = standing.hindrance if is_news else None
        self._say_once(standing.slug, passed_over and f"{standing.slug}: passed over, {passed_over}")

    def _say_once(self, key: str, sentence: str | None) -> None:
        """Say what hinders when it is new, not at every look."""
        if sentence is not None and self._hindered.get(key) != sentence:
            self._tell(sentence)
        self._hindered[key] = sentence

    @contextmanager
    def _signals_taken(self) -> Iterator[None]:
        def stop(_number: int, _frame: FrameType | None) -> None:
            self._signals += 1
            self._stop.set()

        kept = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)
