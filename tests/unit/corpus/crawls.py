"""Crawls in short: which records a crawl listed, in which words, with which files, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from corpus.models import SearchRun, Source
from corpus.services.harvest import begin_run, finish_run, store_record
from corpus.vocabulary.harvest import Missing, RetrievalStatus, RunResult
from tests.factories import NOON, found_document, found_record, make_capture

GONE = "gone"
MISSING = "missing"


@dataclass(frozen=True)
class Crawl:
    """A crawl, ``day`` days after the first.

    ``listed`` maps a record's key to (its title, its document): the document is the text of its file, ``None`` for
    no document, ``"missing"`` for one that timed out, ``"gone"`` for one that answered 410. The title ``"gone"`` says
    that the record itself answered 410.
    """

    day: int
    listed: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    is_complete: bool = True
    strategy: str = "all"
    channel: str = "crawl"
    counts: Mapping[str, int] = field(default_factory=dict)
    expected: int | None = None
    missing: Mapping[str, int] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return NOON + timedelta(days=self.day)


def carry_out(source: Source, crawl: Crawl) -> SearchRun:
    """Store a crawl from its beginning to its end."""
    run = begin_run(
        source, uid=uuid4(), channel=crawl.channel, strategy={"asked": crawl.strategy}, at=crawl.at
    )
    for key, (title, document) in crawl.listed.items():
        store_record(run.uid, _record(run, key, title, document, at=crawl.at))
    failures = () if crawl.is_complete else ("the second page timed out",)
    missing = {
        what: Missing(number, (f"{number} {what} did not come.",)) for what, number in crawl.missing.items()
    }
    failures += tuple(sentence for of in missing.values() for sentence in of.sentences)
    result = RunResult(
        expected=crawl.expected,
        got=len(crawl.listed),
        counts=dict(crawl.counts),
        failures=failures,
        versions={},
        missing=missing,
    )
    return finish_run(run.uid, result, at=crawl.at + timedelta(hours=1))


def _record(run, key, title, document, *, at):
    status = 410 if title == GONE else 200
    page = make_capture(run=run, url=f"https://example.org/{key}", body=b"<p>", status=status, at=at)
    documents = [] if document is None else [_document(run, key, document, at=at)]
    return found_record(key=key, title=title, captures=[page], documents=documents)


def _document(run, key, text, *, at):
    url = f"https://example.org/{key}.pdf"
    if text in {GONE, MISSING}:
        status = 410 if text == GONE else 503
        capture = make_capture(run=run, url=url, body=b"", status=status, at=at)
        reason = "deleted" if text == GONE else "unexpected answer: 503"
        return found_document(
            key=key, url=url, status=RetrievalStatus.NOT_RETRIEVED, reason=reason, captures=[capture]
        )
    capture = make_capture(run=run, url=url, body=text.encode(), at=at)
    return found_document(key=key, url=url, status=RetrievalStatus.RETRIEVED, captures=[capture])
