"""What the harvester finds: captures of responses, records a search returned, documents they lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class RunStatus(StrEnum):
    """How a search run stands."""

    RUNNING = "running"  # also: was killed, and the same command will take it up again
    COMPLETE = "complete"
    FAILED = "failed"  # fewer documents than the source says it holds, or an error that stopped it


class SourceHealth(StrEnum):
    """How a source is doing."""

    HEALTHY = "healthy"
    FAILING = "failing"
    SILENT = "silent"  # nothing comes from it, though nothing failed
    NEVER = "never crawled"
    BY_HAND = "handed over"  # no crawl is to be expected: people bring its files


RECORDS = "records"
PAGE = "page"
"""The part of a record that is the page about it."""
DESCRIPTION = "description"
"""The part of a record that is what the source's own list says of it."""
MENTIONED = [DESCRIPTION, PAGE]
"""The parts that were not read of a record that was only listed: it is there, and this search did not return it."""
DOCUMENTS = "documents"
ANSWER_OF = "answer of "
"""How a thing that a run lacks begins, where it is the answer of an address; the address follows."""
LEFT_RECORDS = "left_the_list"
LEFT_DOCUMENTS = "documents_that_left_the_list"


class RetrievalStatus(StrEnum):
    """What became of the attempt to get a document."""

    SOUGHT = "sought"
    RETRIEVED = "retrieved"
    NOT_RETRIEVED = "not_retrieved"


@dataclass(frozen=True, slots=True)
class CaptureFact:
    """One response of one URL at one time, as it lies in a WARC file.

    ``record_id`` is the WARC-Record-ID: the capture's identity wherever the WARC is replayed.
    ``body_sha256`` is the hash of the body after transfer and content decoding. ``permissions`` is what the host
    allowed at the time, as plain JSON: the capture that holds its robots.txt (``robots_txt``), X-Robots-Tag and metas of
    that kind (``robots``), reservations against text mining (``text_mining``).
    """

    record_id: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body_sha256: str
    body_size: int
    fetched_at: datetime
    warc_file: str
    warc_offset: int
    permissions: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that a record leads to, and what became of the attempt to fetch it.

    ``key`` is the source's own identity for it (an attachment id), else its URL.
    ``captures`` are the record ids of all responses on the way, last one the document itself.
    ``gone_reason`` says that the source itself calls the document gone, and in which words; a last capture of status
    404 or 410 says so without it. ``is_unread_page`` says that it only stands for the record's own page, which could
    not be read. ``is_double`` says that the document is listed and another one has its file: it is seen where it is
    known, and is no document more.
    """

    key: str
    url: str
    title: str
    media_type: str
    status: RetrievalStatus
    reason: str | None = None
    captures: tuple[str, ...] = ()
    gone_reason: str | None = None
    is_unread_page: bool = False
    is_double: bool = False


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """What a search returned: the entry, not the document.

    ``key`` is the source's own identity (a content id), else the URL. ``published`` is an ISO date cut
    to the precision the source gives (``2019``, ``2019-05`` or ``2019-05-17``). ``said`` keeps what the
    source said beside what we made of it. A source that says no more of a record than that it is gone gives a bare
    notice: no title, and its words as ``gone_reason``; one that does no more than list it, a bare mention: no title,
    and ``is_unread``. Both are of use only where the record is known. ``is_unread`` says that the record is listed and that what says
    more of it could not be read: title and all else are the best that could be made without. ``unread_parts`` names
    what tells of the record's documents and was not read (its page, a text, files that are withheld): documents that
    only stand there may be there all the same.
    """

    key: str
    url: str | None
    title: str
    summary: str | None
    publisher: str | None
    published: str | None
    document_type: str | None
    withdrawn_reason: str | None = None
    said: Mapping[str, object] = field(default_factory=dict)
    captures: tuple[str, ...] = ()
    documents: tuple[FoundDocument, ...] = ()
    gone_reason: str | None = None
    is_unread: bool = False
    unread_parts: tuple[str, ...] = ()

    @property
    def is_bare_notice(self) -> bool:
        """Whether this says that the record is gone, and nothing else of it."""
        return self.gone_reason is not None and not self.title

    @property
    def is_bare_mention(self) -> bool:
        """Whether this says that the record is listed, and nothing else of it."""
        return self.gone_reason is None and self.is_unread and not self.title

    @property
    def each_once(self) -> list[FoundDocument]:
        """Its documents less the doubles."""
        return [document for document in self.documents if not document.is_double]

    @property
    def number_retrieved(self) -> int:
        """How many of its documents were had."""
        return sum(document.status is RetrievalStatus.RETRIEVED for document in self.each_once)


@dataclass(frozen=True, slots=True)
class Missing:
    """How many of one thing a run fell short, and the failures that say so: a person may accept a shortfall that lasts."""

    number: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AcceptedAs:
    """A person's word that a run counts as complete though it got less: than before, or than is said to be there.

    ``by`` is the name of the account where it was given.
    """

    why: str
    by: str
    at: datetime
    is_drop: bool
    is_shortfall: bool


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run says of itself when it ends: the figures a methods section prints.

    ``expected`` is what the source says it holds for this search, ``None`` when it does not say; ``failures`` are
    sentences, and so are ``remarks``, which are kept beside them and do not fail the run. ``notes`` are sentences
    that a reader of the search must know. ``run_otherwise`` says how the search had to be run where that was not as
    declared: it belongs to its strategy. ``missing`` is by how much of which thing the run fell short, where that is a
    number; its sentences are among the failures. ``unread_lists`` names lists of the source that were not read, though
    nothing failed: it withholds them, or another way in was taken. What only they hold may be there all the same.
    """

    expected: int | None
    got: int
    counts: Mapping[str, int]
    failures: tuple[str, ...]
    versions: Mapping[str, str]
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    run_otherwise: str | None = None
    missing: Mapping[str, Missing] = field(default_factory=dict)
    unread_lists: tuple[str, ...] = ()
