"""Makers of test material. Plain functions that call the services: what they make is what the product makes."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from corpus.models import Candidate, Person, ProtocolVersion, Review, ScreeningDecision, SearchRun, Source
from corpus.protocol import shipped_protocol
from corpus.services.harvest import begin_run, finish_run, store_capture, store_record
from corpus.services.people import create_person
from corpus.services.reviews import add_member, import_protocol, use_run
from corpus.services.screening import Shown, record_decision
from corpus.services.sources import ensure_source
from corpus.vocabulary.decisions import Choice, Role, Stage
from corpus.vocabulary.harvest import CaptureFact, FoundDocument, FoundRecord, RetrievalStatus, RunResult

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PASSWORD = "a long walk by the canal"


def make_person(username: str = "ana") -> Person:
    """Make an account; its password is ``PASSWORD``."""
    return create_person(username, password=PASSWORD, at=NOON)


def protocol_document(*, slug: str = "care-leavers", reviewers: int = 2, blind: bool = True) -> str:
    """Return the shipped protocol's text under another slug and other screening rules."""
    document = shipped_protocol("care-leavers")
    document = document.replace('slug = "care-leavers"', f'slug = "{slug}"')
    document = document.replace("reviewers_per_record = 2", f"reviewers_per_record = {reviewers}")
    return document.replace("blind = true", f"blind = {str(blind).lower()}")


def make_protocol_version(*, slug: str = "care-leavers", reviewers: int = 2) -> ProtocolVersion:
    """Import the shipped protocol under a slug of its own."""
    document = protocol_document(slug=slug, reviewers=reviewers)
    return import_protocol(document, at=NOON, by=None, why="made for a test")


def make_review(*, slug: str = "care-leavers", reviewers: int = 2) -> Review:
    """Make a review from the shipped protocol."""
    return make_protocol_version(slug=slug, reviewers=reviewers).review


def make_member(
    *, review: Review, username: str = "ana", role: Role = Role.REVIEWER, person: Person | None = None
) -> Person:
    """Give a person, new unless given, a role in a review."""
    person = person or make_person(username)
    add_member(review, person, role=role, by=None, at=NOON)
    return person


def make_source(*, slug: str = "department-for-education") -> Source:
    """Store a source of a kind that asks no network."""
    return ensure_source(
        slug,
        name=slug.replace("-", " ").title(),
        organisation="A Department",
        kind="specimen",
        declaration={"contact": "reviewers@example.org"},
        at=NOON,
    )


def capture_fact(
    *,
    record_id: str | None = None,
    url: str = "https://example.org/report.pdf",
    body: bytes = b"%PDF-1.7 specimen",
    status: int = 200,
    at: datetime = NOON,
    warc_file: str | None = None,
) -> CaptureFact:
    """Describe a response; each has an identity and a place of its own unless told."""
    record_id = record_id or f"<urn:uuid:{uuid4()}>"
    return CaptureFact(
        record_id=record_id,
        url=url,
        status=status,
        headers=(("Content-Type", "application/pdf"),),
        body_sha256=hashlib.sha256(body).hexdigest(),
        body_size=len(body),
        fetched_at=at,
        warc_file=warc_file or f"{hashlib.sha256(record_id.encode()).hexdigest()[:16]}.warc.gz",
        warc_offset=0,
    )


def make_capture(
    *,
    run: SearchRun,
    url: str = "https://example.org/report.pdf",
    body: bytes = b"%PDF-1.7 specimen",
    status: int = 200,
    at: datetime = NOON,
) -> str:
    """Store a response of a run; return its record id."""
    fact = capture_fact(url=url, body=body, status=status, at=at)
    store_capture(run.uid, fact)
    return fact.record_id


def found_document(
    *,
    key: str = "report-1",
    url: str = "https://example.org/report.pdf",
    title: str = "Report",
    status: RetrievalStatus = RetrievalStatus.SOUGHT,
    reason: str | None = None,
    captures: Sequence[str] = (),
) -> FoundDocument:
    """Describe a document that a record leads to."""
    return FoundDocument(
        key=key,
        url=url,
        title=title,
        media_type="application/pdf",
        status=status,
        reason=reason,
        captures=tuple(captures),
    )


def found_record(
    *,
    key: str = "record-1",
    title: str = "An evaluation of staying close",
    summary: str | None = "What young people leaving care said of it.",
    documents: Sequence[FoundDocument] = (),
    captures: Sequence[str] = (),
    said: dict[str, object] | None = None,
) -> FoundRecord:
    """Describe an entry that a search returned."""
    return FoundRecord(
        key=key,
        url=f"https://example.org/{key[:80]}",
        title=title,
        summary=summary,
        publisher="A Department",
        published="2019-05",
        document_type="research_report",
        said=said or {},
        captures=tuple(captures),
        documents=tuple(documents),
    )


def begin_crawl(*, source: Source, uid: UUID | None = None, at: datetime = NOON) -> SearchRun:
    """Open a crawl of a source, or take its unfinished one up."""
    return begin_run(source, uid=uid or uuid4(), channel="crawl", strategy={"terms": ["care leavers"]}, at=at)


def run_result(*, expected: int | None = None, got: int = 0, failures: Sequence[str] = ()) -> RunResult:
    """Describe what a run says of itself when it ends."""
    return RunResult(
        expected=expected,
        got=got,
        counts={"records": got},
        failures=tuple(failures),
        versions={"greysift": "test"},
    )


def make_run(*, source: Source, records: Sequence[FoundRecord], at: datetime = NOON) -> SearchRun:
    """Crawl a source to a good end: these records, all that there are."""
    run = begin_crawl(source=source, at=at)
    for record in records:
        store_record(run.uid, record)
    result = run_result(expected=len(records), got=len(records))
    return finish_run(run.uid, result, at=at + timedelta(minutes=5))


def harvest_bodies(
    bodies: Sequence[bytes], *, source: Source | None = None, key: str = "r"
) -> tuple[SearchRun, list[str]]:
    """Crawl one record with a retrieved document for each body; return the run and the bodies' hashes."""
    run = begin_crawl(source=source or make_source())
    documents = []
    for n, body in enumerate(bodies):
        url = f"https://example.org/{n}.pdf"
        capture = make_capture(run=run, url=url, body=body)
        documents.append(
            found_document(key=str(n), url=url, status=RetrievalStatus.RETRIEVED, captures=[capture])
        )
    store_record(run.uid, found_record(key=key, documents=documents))
    run = finish_run(run.uid, run_result(expected=1, got=1), at=NOON)
    return run, [hashlib.sha256(body).hexdigest() for body in bodies]


def make_candidates(*, review: Review, count: int = 1, source: Source | None = None) -> list[Candidate]:
    """Give a review this many candidates, ``record-1`` and on, from one finished run."""
    source = source or make_source()
    run = make_run(source=source, records=[found_record(key=f"record-{n + 1}") for n in range(count)])
    use_run(review, run, at=NOON)
    return list(
        Candidate.objects.filter(review=review)
        .select_related("record__source", "review")
        .order_by("pk")[:count]
    )


def vote(
    candidate: Candidate,
    *,
    by: Person,
    choice: Choice = Choice.INCLUDE,
    stage: Stage = Stage.TITLE_ABSTRACT,
    token: UUID | None = None,
    reason: str | None = None,
    shown: Shown | None = None,
    at: datetime = NOON,
) -> ScreeningDecision:
    """Cast a vote, with a form of its own unless told."""
    return record_decision(
        candidate,
        stage=stage,
        choice=choice,
        by=by,
        at=at,
        token=token or uuid4(),
        shown=shown or Shown(),
        reason=reason,
    )
