"""A document that came by post or by hand: a record with its report, the file in a WARC like any other."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from corpus.selectors.sources import capture_of_body
from corpus.services.harvest import store_capture
from corpus.vocabulary.errors import HandOverError
from corpus.vocabulary.harvest import CaptureFact, FoundDocument, FoundRecord, RetrievalStatus
from greysift.jobs.bodies import warc_dir
from greysift.jobs.handover import File, HandedOver, Origin, store_handed_over
from greysift.jobs.sources import declaration_of, declare
from harvester.declarations import declaration_as_plain
from harvester.job import versions
from harvester.warc import Captured, FailureNote, Stopped, WarcWriter

if TYPE_CHECKING:
    from harvester.declarations import SourceDeclaration

PDF = "application/pdf"
_PDF_WITHIN = 1024  # bytes; readers accept junk of this length before the header


@dataclass(frozen=True, slots=True)
class Described:
    """What whoever hands a document over says of it."""

    title: str
    url: str | None = None
    published: str | None = None
    publisher: str | None = None


def take_in_document(file: File, *, described: Described, origin: Origin, at: datetime) -> HandedOver:
    """Store a PDF as a record of a source, with one retrieved report.

    A file whose bytes a crawl has captured already is not kept again: the report points to that capture.

    Raises
    ------
    HandOverError
        When the file is no PDF, or nobody bears the name given.
    SourceError
        When the source is not declared, or the date is no ISO date.
    """
    origin.person()
    if b"%PDF-" not in file.data[:_PDF_WITHIN]:
        raise HandOverError(f"{file.name} is no PDF, whatever its name says; ask for the file again")
    declaration = declaration_of(origin.source)
    sha256 = hashlib.sha256(file.data).hexdigest()
    address = described.url or f"urn:sha256:{sha256}"

    def find(run_uid: UUID) -> tuple[FoundRecord]:
        document = FoundDocument(
            key=address,
            url=address,
            title=described.title,
            media_type=PDF,
            status=RetrievalStatus.RETRIEVED,
            captures=(_capture(file.data, sha256, declaration=declaration, run_uid=run_uid, at=at),),
        )
        return (
            FoundRecord(
                key=address,
                url=described.url,
                title=described.title,
                summary=None,
                publisher=described.publisher,
                published=described.published,
                document_type=None,
                said={"file": file.name, "sha256": sha256, "obtained": origin.strategy},
                documents=(document,),
            ),
        )

    return store_handed_over(
        declare(declaration),
        file,
        origin=origin,
        strategy={"query": origin.strategy, "format": PDF, "address": described.url},
        find=find,
        counts={"records": 1, "documents_retrieved": 1},
        is_blob=False,
        at=at,
    )


def _capture(
    body: bytes, sha256: str, *, declaration: "SourceDeclaration", run_uid: UUID, at: datetime
) -> str:
    """Return the identity of the capture that holds a body, written now unless there is one."""
    if (record_id := capture_of_body(sha256)) is not None:
        return record_id
    recorded: list[Captured | FailureNote | Stopped] = []
    with WarcWriter(
        warc_dir(),
        run_uid=run_uid,
        source=declaration.slug,
        strategy={"kind": "upload"},
        declaration=declaration_as_plain(declaration),
        versions=versions(),
        tell=recorded.append,
    ) as writer:
        fact = _recorded(recorded, sha256) or writer.append_resource(
            body, url=f"urn:sha256:{sha256}", media_type=PDF, at=at
        )
    store_capture(run_uid, fact)
    return fact.record_id


def _recorded(entries: Iterable[Captured | FailureNote | Stopped], sha256: str) -> CaptureFact | None:
    """Return the capture that an attempt before this one wrote."""
    captured = (entry.fact for entry in entries if isinstance(entry, Captured))
    return next((fact for fact in captured if fact.body_sha256 == sha256), None)
