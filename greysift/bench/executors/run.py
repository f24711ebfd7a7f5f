"""One batch of documents read by child processes and by a Dask cluster, by one worker and by two, whole and wounded."""

import hashlib
import json
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from corpus.vocabulary.documents import ExtractionLimits
from corpus.vocabulary.errors import WorkspaceError
from greysift.bench.executors.children import kill_a_reader
from greysift.bench.executors.cluster import local_cluster
from greysift.jobs.batch import read_bodies
from greysift.jobs.workers import Workers, open_workers
from harvester.extraction import Attempt, Body

LIMITS = ExtractionLimits()
DASK, LOCAL = "Dask", "child processes"

Kill = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Lap:
    """One reading of the whole batch."""

    where: str
    workers: int
    is_wounded: bool
    seconds: float
    results: dict[str, str]  # a hash for each document
    pages: int


def bench_executors(
    folder: Path, *, documents: int = 200, tell: Callable[[str], None] = lambda _: None
) -> dict[str, object]:
    """Read so many documents in six ways, and compare times and results.

    Parameters
    ----------
    folder
        A folder with PDFs, at any depth. Where they are too few they are taken again, each time with other bytes.
    tell
        Called with a sentence before each reading.

    Raises
    ------
    WorkspaceError
        When there are no PDFs, or Dask is not installed or does not start.
    """
    batch = make_batch(folder, documents=documents)
    laps = []
    for where, opened in ((LOCAL, _children), (DASK, _cluster)):
        for workers, is_wounded in ((1, False), (2, False), (2, True)):
            wound = ", one killed half way" if is_wounded else ""
            tell(f"{len(batch)} documents, {where}, {workers} at once{wound}")
            with opened(workers) as (crew, kill):
                laps.append(_lap(batch, crew, where, workers, kill=kill if is_wounded else None))
    return {
        "documents": len(batch),
        "bytes": sum(len(body.data) for body in batch),
        "python": platform.python_version(),
        "distributed": version("distributed"),
        "rows": [_row(lap, laps) for lap in laps],
        "identical": all(lap.results == laps[0].results for lap in laps),
    }


def make_batch(folder: Path, *, documents: int) -> list[Body]:
    """Return so many documents with bytes of their own."""
    files = sorted(folder.rglob("*.pdf"))
    if not files:
        raise WorkspaceError(f"{folder} holds no PDFs")
    found = [files[number % len(files)].read_bytes() for number in range(documents)]
    bodies = [data if n < len(files) else data + b"\n%% copy %d\n" % n for n, data in enumerate(found)]
    return [Body(hashlib.sha256(data).hexdigest(), data) for data in bodies]


@contextmanager
def _children(workers: int) -> Iterator[tuple[Workers, Kill]]:
    with open_workers(count=workers) as crew:
        yield crew, kill_a_reader


@contextmanager
def _cluster(workers: int) -> Iterator[tuple[Workers, Kill]]:
    with local_cluster(workers=workers) as cluster, open_workers(cluster.address) as crew:
        yield crew, lambda: cluster.kill_worker(0)


def _lap(batch: Sequence[Body], crew: Workers, where: str, workers: int, *, kill: Kill | None) -> Lap:
    began = time.perf_counter()
    results: dict[str, str] = {}
    pages = 0
    for body, result in read_bodies(batch, workers=crew, limits=LIMITS):
        results[body.key] = _mark(result)
        pages += result.summary.page_count if result.summary else 0
        if kill and len(results) == len(batch) // 2:
            kill()
    return Lap(where, workers, kill is not None, time.perf_counter() - began, results, pages)


def _mark(result: Attempt) -> str:
    what = result.stored or json.dumps(result.reason).encode()
    return hashlib.sha256(what).hexdigest()


def _row(lap: Lap, laps: Sequence[Lap]) -> dict[str, object]:
    alone = next(one for one in laps if one.where == lap.where and one.workers == 1)
    return {
        "where": lap.where,
        "workers": lap.workers,
        "one_killed": lap.is_wounded,
        "documents": len(lap.results),
        "pages": lap.pages,
        "seconds": round(lap.seconds, 2),
        "documents_per_second": round(len(lap.results) / lap.seconds, 2),
        "pages_per_second": round(lap.pages / lap.seconds, 1),
        "scaling": round(alone.seconds / lap.seconds, 2),
        "identical": lap.results == laps[0].results,
    }
