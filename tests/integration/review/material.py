"""Records with real documents: specimen reports in a WARC, read by the product's own extraction."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import greysift.demo
from corpus.models import Candidate, Person, Review, ScreeningDecision
from corpus.services.harvest import finish_run, store_capture, store_record
from corpus.services.reviews import use_run
from corpus.vocabulary.documents import ExtractionLimits
from corpus.vocabulary.harvest import CaptureFact, FoundRecord, RetrievalStatus
from greysift.jobs.bodies import warc_dir
from greysift.jobs.extract import extract_due
from greysift.jobs.workers import open_workers
from harvester.warc import ReceivedResponse, WarcWriter
from tests.factories import NOON, begin_crawl, found_document, found_record, make_source, run_result

SPECIMENS = Path(greysift.demo.__file__).parent / "specimens"
LONG = "housing-link-worker.pdf"  # several pages with text
SCANNED = "duties-guidance.pdf"  # pages without text
BROKEN = b"%PDF-1.7\nnothing follows"

TITLES = (
    "Evaluation of a mentoring programme for care leavers",
    "Staying close: an evaluation of supported housing for young people leaving care",
    "Road traffic statistics for the south west",
    "A pilot of personal advisers with small caseloads for care leavers",
    "Annual report on school buildings",
    "House project for young people leaving residential care: evaluation report",
    "Fisheries quota consultation, summary of responses",
    "Care leavers in further education: findings from a bursary trial",
)


def plain_records(titles: Sequence[str] = TITLES) -> list[FoundRecord]:
    """Describe records without documents, each with a title of its own."""
    return [
        found_record(key=f"record-{n}", title=title, summary=f"{title}: what was done, and for whom.")
        for n, title in enumerate(titles)
    ]


def crawl_with_documents(
    review: Review,
    records: Sequence[FoundRecord],
    *,
    bodies: dict[str, bytes],
    limits: ExtractionLimits = ExtractionLimits(),  # noqa: B008 - frozen
) -> list[Candidate]:
    """Store a crawl: ``records``, and one record for each body, named by its title; then read the documents."""
    source = make_source()
    run = begin_crawl(source=source)
    facts = _write_warc(run.uid, bodies)
    for title, fact in facts.items():
        store_capture(run.uid, fact)
        document = found_document(
            key=fact.url,
            url=fact.url,
            title=f"{title} (the report)",
            status=RetrievalStatus.RETRIEVED,
            captures=[fact.record_id],
        )
        record = found_record(key=f"with-{title}", title=title, documents=[document])
        store_record(run.uid, record)
    for record in records:
        store_record(run.uid, record)
    finish_run(
        run.uid, run_result(expected=len(records) + len(facts), got=len(records) + len(facts)), at=NOON
    )
    use_run(review, run, at=NOON)
    with open_workers(count=2) as workers:
        extract_due(workers=workers, limits=limits)
    return list(
        Candidate.objects.filter(review=review).select_related("record__source", "review").order_by("pk")
    )


def _write_warc(uid: UUID, bodies: dict[str, bytes]) -> dict[str, CaptureFact]:
    facts = {}
    with WarcWriter(
        warc_dir(), run_uid=uid, source="department-for-education", strategy={}, versions={}
    ) as warc:
        for n, (title, body) in enumerate(bodies.items()):
            received = ReceivedResponse(
                url=f"https://example.org/files/{n}.pdf",
                status=200,
                headers=(("Content-Type", "application/pdf"),),
                body=body,
                request_line=f"GET /files/{n}.pdf HTTP/1.1",
                request_headers=(("Host", "example.org"),),
                fetched_at=NOON,
            )
            facts[title] = warc.append(received)
    return facts


def specimen(name: str) -> bytes:
    """Return the bytes of a specimen report."""
    return (SPECIMENS / name).read_bytes()


def votes_of(person: Person) -> list[ScreeningDecision]:
    """Return every row of a person, oldest first."""
    return list(
        ScreeningDecision.objects.filter(reviewer=person).select_related("candidate__record").order_by("pk")
    )
