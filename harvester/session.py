"""One crawl while it runs: what it knows, what it keeps, what went wrong."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from corpus.vocabulary.errors import GreysiftError, SourceError
from corpus.vocabulary.harvest import ANSWER_OF, CaptureFact, FoundRecord, Missing, RetrievalStatus, RunResult
from harvester.book import UNSETTLED, Book, is_robots
from harvester.budget import Budget
from harvester.declarations import declaration_as_plain
from harvester.delivery import Delivery, Found
from harvester.digests import Digests
from harvester.job import CrawlJob, not_now, versions
from harvester.permissions import HostPermissions
from harvester.reasons import CrawlStoppedError
from harvester.shortfall import Shortfall
from harvester.tallies import Tallies
from harvester.unfetched import MOST_NAMED
from harvester.unread import Unread
from harvester.warc import (
    Exchange,
    FailureNote,
    Place,
    Stopped,
    WarcError,
    WarcWriter,
    read_capture,
    read_entries,
    run_files,
    run_of,
)

logger = logging.getLogger(__name__)

FINISHED = "finished"
RECORDS = "records"


class CrawlSession:
    """What spider, middlewares and pipeline of one crawl share.

    Raises
    ------
    BusyError
        When another process is at work on the same run.
    SourceError
        When a replay is ordered under another run's identity.
    WarcError
        When the recording cannot be read.
    """

    def __init__(self, job: CrawlJob) -> None:
        self.job = job
        self._tallies = Tallies()
        self.stop_reason: str | None = None
        self.interruption: GreysiftError | None = None
        self.writer: WarcWriter | None = None
        self.permissions = HostPermissions()
        self._budget = Budget(job.declaration)
        self._turned = Digests()
        self._handed_over = Digests()
        self._is_refused = self._is_damaged = False
        self._stored: Counter[str] = Counter()
        self._records = Digests()
        self._unread = Unread()
        self._documents: Counter[RetrievalStatus] = Counter()
        self._shortfall = Shortfall()
        self.book = Book()
        self._due: Digests | None = None
        if job.replay is not None:
            self.folder = job.replay.parent
            for path in _files_of(job.replay, job.run_uid):
                for entry in read_entries(path):
                    self.book.note(entry)
            if self.book.stopped is not None:
                self._due = Digests.from_bytes(self.book.stopped.records)
        else:
            self.folder = job.warc_dir
            self.writer = WarcWriter(
                job.warc_dir,
                run_uid=job.run_uid,
                source=job.declaration.slug,
                strategy=job.declaration.strategy(),
                declaration=declaration_as_plain(job.declaration),
                is_probe=job.take_probe is not None,
                versions=versions(),
                begun_at=job.begun_at,
                rotate_at=job.rotate_at,
                tell=self.book.note,
            )
        self._delivery = Delivery(
            job.sink,
            sync=self.writer.sync if self.writer is not None else lambda: None,
            stored=self._note_stored,
            failed=self._note_refused,
        )

    @property
    def is_replay(self) -> bool:
        """Whether every answer comes from a recording."""
        return self.writer is None

    def read(self, place: Place) -> tuple[CaptureFact, Exchange]:
        """Return a capture and what it holds; a recording that cannot be read ends the crawl."""
        try:
            return read_capture(self.folder / place.warc_file, place.warc_offset)
        except WarcError as error:
            self._is_damaged = True
            raise self.stop(str(error)) from error

    def fail(self, sentence: str) -> None:
        """Note why this run is not what it should be; the same sentence is kept once."""
        if sentence not in self._tallies.failures:
            logger.info(
                "run=%s failure: %s", self.job.run_uid, sentence
            )  # people read it in the run's summary
        self._tallies.failures[sentence] = None

    def fall_short(self, what: str, number: int, sentence: str) -> None:
        """Note a failure that is a number: so many of something are missing. A person may accept it where it lasts."""
        self.fail(sentence)
        known = self._tallies.missing.get(what, Missing(0, ()))
        sentences = tuple(dict.fromkeys((*known.sentences, sentence)))
        self._tallies.missing[what] = Missing(max(known.number, number), sentences)

    def note(self, sentence: str) -> None:
        """Note what a reader of the search must know, though nothing failed."""
        self._tallies.notes[sentence] = None

    def run_otherwise(self, how: str) -> None:
        """Note that the search had to be run in another way than declared."""
        self._tallies.otherwise = how

    def note_unread_list(self, what: str) -> None:
        """Note a list of the source that is not read, though that is no failure: what it holds may be there or not."""
        self._tallies.unread_lists[what] = None

    def stop(self, sentence: str) -> CrawlStoppedError:
        """Note a failure that ends the crawl, and return the error to raise."""
        self.fail(sentence)
        self.stop_reason = sentence
        return CrawlStoppedError(sentence)

    def put_off(self, why: str, *, until: datetime) -> CrawlStoppedError:
        """End the crawl for now, its run to be taken up after ``until``; return the error to raise."""
        return self.interrupt(not_now(self.job.declaration, why, until=until))

    def interrupt(self, error: GreysiftError) -> CrawlStoppedError:
        """End the crawl and not its run, for a reason that the caller is told; return the error to raise."""
        if self.stop_reason is None:
            logger.info("run=%s interrupted: %s", self.job.run_uid, error)
            self.interruption = error
            self.stop_reason = str(error)
        return CrawlStoppedError(self.stop_reason)

    def check(self) -> None:
        """Raise when the crawl is to end, so that nothing more is asked; a replay comes as far as its recording."""
        if self.stop_reason is not None and self.replays_to is None:
            raise CrawlStoppedError(self.stop_reason)

    def expect(self, number: int | None, what: str = RECORDS) -> None:
        """Note how many of something the source says it holds; the run must account for as many.

        ``None`` is for a source that does not say: then only its earlier crawls can tell whether all came, and to get
        nothing at all is a failure.
        """
        if number is None:
            self._tallies.untold[what] = None
        else:
            self._tallies.expected[what] = number

    def expect_records(self, number: int) -> None:
        """Note how many records are to come of the things that the source counts, where it counts other things."""
        self._tallies.records_due = number

    def account_for(self, number: int, what: str) -> None:
        """Note so many more of something as met; records are counted as they are handed over."""
        self._tallies.got[what] += number

    def note_count(self, number: int, what: str) -> None:
        """Note how many of something there were, for the run's figures; nothing is made of it."""
        self._tallies.noted[what] = number

    def note_left(self, records: int, *, documents: int) -> None:
        """Note what was read and listed no more at the end: later crawls are not measured by it."""
        self._tallies.note_left(records, documents=documents)

    @property
    def replays_to(self) -> Stopped | None:
        """Where a replay ends: where the recorded crawl was ended before it was through."""
        return self.book.stopped if self.is_replay else None

    def spend_request(self, *, is_new: bool = True) -> None:
        """Count a request, if it is no further try of one; what goes beyond the declaration's limits ends the crawl."""
        if self.replays_to is not None:
            return
        if (sentence := self._budget.spend_request(is_new=is_new)) is not None:
            raise self.stop(sentence)

    def turn_page(self, url: str) -> bool:
        """Count a page of a list before it is fetched; one too many ends the crawl.

        Returns
        -------
        bool
            False when the very same page was turned before: the list leads in a circle.
        """
        if self.replays_to is None and (sentence := self._budget.spend_page()) is not None:
            raise self.stop(sentence)
        return self._turned.add(url)

    def set_aside(self, why: str) -> None:
        """Note an entry that the source lists and this search leaves out: it is met, and no record."""
        self._tallies.aside[f"set_aside_{why}"] += 1

    def count(self, what: str) -> None:
        """Count one more of something odd that the run bore with, for its figures."""
        self._tallies.noted[what] += 1

    def note_unfetched(self, url: str, reason: str) -> None:
        """Note an address that gave no answer, though another day it may."""
        self._tallies.unfetched.note(url, reason)

    async def hand_over_capture(self, fact: CaptureFact, *, said: Exchange | None = None) -> CaptureFact:
        """Give a capture to the sink, once, with what the host allows; return it so. An error there ends the crawl.

        ``said`` is the answer that it holds; a capture without one has its permissions already. It may be worked with
        before it is stored: a record always comes after the captures that it names.
        """
        if said is not None:
            fact = replace(
                fact, permissions=self.permissions.of(fact.url, said, at=(fact.warc_file, fact.warc_offset))
            )
        if self._handed_over.add(fact.record_id):
            if is_robots(fact.url) and fact.status not in UNSETTLED:
                self.permissions.note_robots(urlsplit(fact.url).netloc, fact)
            await self._deliver(fact)
        return fact

    async def hand_over_rest(self) -> None:
        """Give the sink what is recorded and was not asked for this time, at a crawl's end.

        An earlier attempt may have got what this one had no need of. A replay has the same rows only if both give it.
        """
        for place in self.book.unserved():
            fact, said = self.read(place)
            await self.hand_over_capture(fact, said=said)

    async def hand_over_record(self, found: FoundRecord) -> None:
        """Give a record to the sink; an error there ends the crawl."""
        if (due := self._due) is not None and found.key not in due:
            return
        if not self._records.add(found.key):
            self.fail(f"The source gave two records of the identity {found.key}; only one was kept.")
            return
        await self._deliver(found)

    def note_no_answer(self, note: FailureNote) -> None:
        """Write down that a request brought no response, for attempts to come and for replays."""
        if self.writer is not None:
            self.writer.append_failure(note, at=datetime.now(UTC))
            self.book.add_failure(note, is_told=True)

    async def flush(self) -> None:
        """Wait until all that was handed over is stored; an error there ends the crawl."""
        await self._delivery.flush()
        if self._is_refused:
            raise self.stop(self.stop_reason or "")

    async def _deliver(self, found: Found) -> None:
        await self._delivery.put(found)
        if self._is_refused:
            raise self.stop(self.stop_reason or "")

    def _note_stored(self, batch: Sequence[Found]) -> None:
        for found in batch:
            if isinstance(found, CaptureFact):
                self._stored["captures"] += 1
                self._stored[f"responses_{found.status}"] += 1
                self._stored["bytes"] += found.body_size if found.status != 304 else 0
                continue
            if found.is_bare_mention:
                continue
            self._stored[RECORDS] += 1
            self._unread.note(found, unfetched=self._tallies.unfetched)
            self._documents.update(document.status for document in found.each_once)
            self._shortfall.note(found.each_once)
            if self.job.progress is not None:
                told = self._tallies
                self.job.progress(self._stored[RECORDS], told.expected.get(RECORDS, told.records_due))

    def _note_refused(self, found: Found, error: Exception) -> None:
        what, name = ("capture", found.record_id) if isinstance(found, CaptureFact) else ("record", found.key)
        logger.error("run=%s %s=%s could not be stored", self.job.run_uid, what, name, exc_info=error)
        self._is_refused = True
        self.stop(f"A {what} could not be stored ({type(error).__name__}: {error}).")

    async def keep_conversion(
        self, body: bytes, *, of: CaptureFact, url: str, media_type: str
    ) -> CaptureFact | None:
        """Keep a document that was taken out of a capture; ``None`` when a recording to replay has it not."""
        record_id = WarcWriter.conversion_id(of, media_type=media_type)
        if (place := self.book.conversion(record_id)) is not None:
            fact, _ = self.read(place)
        else:
            if self.writer is None:
                return None
            fact = self.writer.append_conversion(body, of=of, url=url, media_type=media_type)
            self.book.add_conversion(fact)
        return await self.hand_over_capture(replace(fact, permissions=of.permissions))

    def close(self, *, finish_reason: str | None) -> None:
        """Close the WARC; it gets its final name unless the crawl was interrupted."""
        is_over = finish_reason not in {None, "shutdown"} and self.interruption is None
        if self.writer is not None:
            if is_over and not self._is_refused and (self.stop_reason or self.book.stopped):
                stopped = Stopped(self.stop_reason or "", self._records.as_bytes(), self._tallies.as_plain())
                self.writer.append_stopped(stopped, at=datetime.now(UTC))
            self.writer.close(is_complete=is_over)
        elif (recorded := self.replays_to) is not None and not self._is_refused and not self._is_damaged:
            # the replay may have come further than the recorded crawl had when it was ended, or less far
            self.stop_reason, self._tallies = recorded.why, Tallies.from_plain(recorded.tallies)
            if self._due is not None and (lost := self._due.missing_from(self._records)):
                self.fail(f"{lost} records that the crawl had got did not come of its recording.")

    def result(self, *, finish_reason: str) -> RunResult:
        """Return what the run says of itself."""
        met = {**self._tallies.got, RECORDS: self._stored[RECORDS] + self._tallies.aside.total()}
        got = {what: met.get(what, 0) for what in self._tallies.expected}
        self._fail_for_unfetched()
        untold = {
            what: met.get(what, 0) for what in self._tallies.untold.keys() - self._tallies.expected.keys()
        }
        if not self._tallies.expected and self.stop_reason is None:
            if not untold:
                self.fail("The search was not answered.")
            elif not any(untold.values()) and not self._tallies.failures:
                self.fail("The source gave nothing, and does not say how much it holds: it may have changed.")
        for what, number in self._tallies.expected.items():
            sentence = f"The source says that it holds {number} {what} for this search; {got[what]} were got."
            if got[what] > number:
                self.fail(sentence)
            elif got[what] < number:
                self.fall_short(what, number - got[what], sentence)
        self._check_documents()
        if finish_reason != FINISHED and self.stop_reason is None:
            self.fail(f"The crawl ended before its time ({finish_reason}).")
        return RunResult(
            expected=sum(self._tallies.expected.values()) if self._tallies.expected else None,
            got=(sum(got.values()) if got else self._stored[RECORDS]) - self._unread.unanswered,
            counts=self._counts(got | untold),
            failures=tuple(self._tallies.failures),
            versions=versions(),
            notes=(*self._tallies.notes, *self._unread.sentences(), *self._shortfall.notes()),
            run_otherwise=self._tallies.otherwise,
            missing=self._tallies.missing,
            unread_lists=tuple(sorted(self._tallies.unread_lists)),
        )

    def _fail_for_unfetched(self) -> None:
        """Fail for the addresses that gave no answer; a few are each named, so that a person may accept just these."""
        if (sentence := self._tallies.unfetched.sentence()) is None:
            return
        self.fail(sentence)
        if len(self._tallies.unfetched) <= MOST_NAMED:
            for address in self._tallies.unfetched:
                self.fall_short(f"{ANSWER_OF}{address}", 1, sentence)

    def _counts(self, got: Mapping[str, int]) -> dict[str, int]:
        """Return the run's figures, by name; ``got`` is what was met of each thing that the source was asked to count."""
        counts = self._stored + self._tallies.aside
        counts["captures"], counts["bytes"] = self._stored["captures"], self._stored["bytes"]
        counts["records"] = self._stored[RECORDS] - self._unread.unanswered
        counts.update(self._unread.counts())
        counts.update(self._tallies.noted)
        due = {} if self._tallies.records_due is None else {RECORDS: self._tallies.records_due}
        if due or self._tallies.expected.keys() - {RECORDS}:
            counts.update({f"expected {what}": n for what, n in (due | self._tallies.expected).items()})
        counts.update({f"got {what}": n for what, n in got.items() if what != RECORDS})
        counts["documents_retrieved"] = self._documents[RetrievalStatus.RETRIEVED]
        counts["documents_not_retrieved"] = self._documents[RetrievalStatus.NOT_RETRIEVED]
        return dict(sorted(counts.items()))

    def _check_documents(self) -> None:
        """Fail a crawl that went to its end and got none of the documents that it was to fetch."""
        if self.stop_reason is None and (sentence := self._shortfall.sentence()) is not None:
            self.fall_short("documents to fetch", self._shortfall.sought, sentence)


def _files_of(replay: Path, run_uid: UUID) -> list[Path]:
    recorded = run_of(replay)
    if recorded.uid != run_uid:
        raise SourceError(f"{replay.name} is the recording of run {recorded.uid}, not of {run_uid}.")
    if replay.name.startswith(str(recorded.uid)):
        return run_files(replay.parent, recorded.uid)
    return [replay]
