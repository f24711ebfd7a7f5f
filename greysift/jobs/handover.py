"""What people hand over: exports of databases that are searched by hand, and documents that came by post."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from corpus.blobs import write_blob
from corpus.exchange.publish_or_perish import Export, NotAnExportError, read_export
from corpus.selectors.reviews import all_reviews, find_person, protocol_of
from corpus.selectors.sources import run_by_uid
from corpus.services.harvest import begin_run, finish_run, store_record
from corpus.services.leases import lease
from corpus.vocabulary.errors import HandOverError
from corpus.vocabulary.harvest import FoundRecord, RunResult, RunStatus
from greysift.jobs.protocols import use_runs
from greysift.jobs.sources import declaration_of, declare
from harvester.declarations import UploadDeclaration
from harvester.job import versions

if TYPE_CHECKING:
    from corpus.models import Person, SearchRun, Source


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A run as it stands after a hand-over.

    ``was_known`` says that this very file was here before, ``is_used`` that a review names the source.
    """

    run: "SearchRun"
    was_known: bool
    is_used: bool


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was handed over."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from: the source's slug, the search (or the way) that brought it, and who hands it over."""

    source: str
    strategy: str
    by: str

    def person(self) -> "Person":
        """Return who hands it over.

        Raises
        ------
        HandOverError
            When there is no account of that name.
        """
        person = find_person(self.by)
        if person is None:
            raise HandOverError(
                f"nobody is called {self.by!r} here; make an account with `greysift people add {self.by}`"
            )
        return person


def take_in_export(file: File, *, origin: Origin, at: datetime) -> HandedOver:
    """Store the records of a Publish or Perish export as one dated search run, and the file itself by its hash.

    Rows that cannot be read are named with their line among the run's remarks; the others go in. The same file again
    changes nothing; a killed import is completed by the same command.

    Raises
    ------
    HandOverError
        When the file is no export or holds no row that can be read, or nobody bears the name given.
    SourceError
        When the source is not declared.
    """
    origin.person()  # nothing is read for somebody whom nobody knows
    declaration = declaration_of(origin.source)
    if not isinstance(declaration, UploadDeclaration):
        raise HandOverError(
            f"{origin.source} is a source of kind {declaration.kind}; an export needs one of kind upload: choose "
            "google-scholar, or declare the database that was searched"
        )
    export = _read(file)
    source = declare(declaration)
    strategy = {
        "query": origin.strategy,
        "searched_on": list(export.searched_on),
        "format": "Publish or Perish",
        "encoding": export.encoding,
    }
    records, remarks, repeated = _each_once(export)
    counts = {
        "rows": len(export.rows) + len(export.bad_rows),
        "records": len(records),
        "rows_repeated": repeated,
        "rows_kept_aside": len(export.bad_rows),
    }
    return store_handed_over(
        source,
        file,
        origin=origin,
        strategy=strategy,
        find=lambda _: records,
        counts=counts,
        remarks=tuple(remarks),
        at=at,
    )


def _read(file: File) -> Export:
    """Return what a file holds; whatever is wrong is said with its name."""
    try:
        export = read_export(file.data)
    except NotAnExportError:
        raise  # its reader names the file
    except HandOverError as error:
        raise HandOverError(f"{file.name}: {error}") from error
    if not export.rows:
        first, more = export.bad_rows[:1], len(export.bad_rows) - 1
        why = "".join(f": line {bad.line} {bad.reason}" for bad in first)
        others = f"; and {more} more" if more > 0 else ""
        raise HandOverError(f"{file.name} holds no row that can be read{why}{others}; export it again")
    return export


def _each_once(export: Export) -> tuple[list[FoundRecord], list[str], int]:
    """Return the records by identity, the sentences on rows kept aside, and how many rows repeat another."""
    remarks = [f"line {bad.line} was kept aside: it {bad.reason}" for bad in export.bad_rows]
    records = {row.record.key: row.record for row in reversed(export.rows)}
    ordered = [records.pop(row.record.key) for row in export.rows if row.record.key in records]
    return ordered, remarks, len(export.rows) - len(ordered)


def store_handed_over(
    source: "Source",
    file: File,
    *,
    origin: Origin,
    strategy: Mapping[str, object],
    find: Callable[[UUID], Sequence[FoundRecord]],
    counts: Mapping[str, int],
    remarks: tuple[str, ...] = (),
    is_blob: bool = True,
    at: datetime,
) -> HandedOver:
    """Store what a file brings as one run, whose identity is that of the file and its source.

    ``find`` gives the records of a run; ``is_blob`` says that the file itself is to be kept, since no capture holds it.
    """
    uid = uuid5(NAMESPACE_URL, f"{source.slug} {hashlib.sha256(file.data).hexdigest()}")
    with lease(f"import:{uid}"):
        run = run_by_uid(str(uid))
        was_known = run is not None and run.status == RunStatus.COMPLETE
        if run is None or not was_known:
            sha256 = write_blob(file.data) if is_blob else hashlib.sha256(file.data).hexdigest()
            kept = {"name": file.name, "sha256": sha256, "size": len(file.data)}
            told = {"kind": "upload", **strategy, "file": kept, "handed_over_by": origin.by}
            by = origin.person()
            run = begin_run(source, uid=uid, channel="upload", strategy=told, by=by, at=at)
            records = find(uid)
            for record in records:
                store_record(uid, record)
            result = RunResult(
                expected=len(records),
                got=len(records),
                counts=counts,
                failures=(),
                versions=versions(),
                remarks=remarks,
            )
            run = finish_run(uid, result, by=by, at=at)
    return HandedOver(run, was_known=was_known, is_used=_use(source.slug, at=at))


def _use(slug: str, *, at: datetime) -> bool:
    """Let every review use what is complete; return whether any of them names this source."""
    is_named = False
    for review in all_reviews():
        use_runs(review, at=at)
        is_named |= slug in protocol_of(review).sources
    return is_named
