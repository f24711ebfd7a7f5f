"""Tries many mutants, or every document of a folder, two at a time, and judges what became of them."""

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from itertools import count, islice
from pathlib import Path

from corpus.vocabulary.documents import ExtractionLimits
from corpus.vocabulary.errors import WorkspaceError
from greysift.bench.robustness.alone import PDFIUM, PDFPLUMBER, Alone, ask
from greysift.bench.robustness.mutants import Mutant, mutants_of, smallest
from greysift.bench.robustness.outcomes import Kind, Outcome, by_kind, try_document
from harvester.extraction.recognition import tesseract

MUTANT_LIMITS = ExtractionLimits(
    seconds=20.0, memory_bytes=2**30, recognised_pages=0, recognition_seconds=0.0
)
_AT_ONCE = os.cpu_count() or 2
_BATCH = 8 * _AT_ONCE
# Blanks and line ends are not counted, but engines differ in letters drawn twice and in what lies outside of the page.
_KEPT = 0.7
_ENOUGH_TO_COUNT = 200


def bench_mutants(folder: Path, *, most: int, seed: int, tell: Callable[[str], None]) -> dict[str, object]:
    """Read so many mutants of the ten smallest documents of a folder.

    Raises
    ------
    WorkspaceError
        When there is no PDF.
    """
    documents = smallest(folder)
    if not documents:
        raise WorkspaceError(f"{folder} holds no PDF")
    began = time.monotonic()
    limits = MUTANT_LIMITS
    waiting = mutants_of(documents, most=most, seed=seed)
    outcomes: list[Outcome] = []
    with (
        tempfile.TemporaryDirectory(prefix="greysift-mutants-") as place,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        while batch := list(islice(waiting, _BATCH)):
            outcomes += pool.map(partial(_try_mutant, place=Path(place), limits=limits), count(), batch)
            tell(f"{len(outcomes)} of {most} mutants")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    crashes = [outcome.said for outcome in outcomes if outcome.kind is Kind.UNFORESEEN]
    hangs = [outcome.name for outcome in outcomes if outcome.is_over(limits)]
    return {
        "documents": [path.name for path in documents],
        "mutants": len(outcomes),
        "seed": seed,
        "seconds": round(time.monotonic() - began, 1),
        "slowest_seconds": round(max((outcome.seconds for outcome in outcomes), default=0.0), 2),
        "limit_seconds": limits.seconds,
        "peak_bytes": peak,
        "limit_bytes": limits.memory_bytes,
        "crashes": crashes,
        "hangs": hangs,
        "outcomes": by_kind(outcomes),
        "met": not crashes and not hangs and peak <= limits.memory_bytes and len(outcomes) == most,
    }


def _try_mutant(number: int, mutant: Mutant, *, place: Path, limits: ExtractionLimits) -> Outcome:
    path = place / str(number)
    path.write_bytes(mutant.data)
    return try_document(path, limits=limits, name=f"{mutant.name}, {mutant.damage}")


def bench_odd_files(
    folder: Path, *, limits: ExtractionLimits, tell: Callable[[str], None]
) -> dict[str, object]:
    """Read every document of a folder, and ask each engine alone what it reads of it.

    Raises
    ------
    WorkspaceError
        When there is no PDF.
    """
    paths = sorted(folder.rglob("*.pdf"), key=lambda path: path.name)
    if not paths:
        raise WorkspaceError(f"{folder} holds no PDF")
    rows: list[dict[str, object]] = []
    faults: list[str] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for outcome, alone in pool.map(lambda path: _compare(path, limits), paths):
            faults += faults_of(outcome, alone, limits)
            counts = {engine: read and asdict(read) for engine, read in alone.items()}
            rows.append({**asdict(outcome), "engines": dict(outcome.engines), "alone": counts})
            tell(outcome.name)
    return {"files": rows, "faults": faults, "met": not faults}


def _compare(path: Path, limits: ExtractionLimits) -> tuple[Outcome, dict[str, Alone | None]]:
    outcome = try_document(path, limits=limits)
    return outcome, {engine: ask(engine, path) for engine in (PDFIUM, PDFPLUMBER)}


def faults_of(outcome: Outcome, alone: dict[str, Alone | None], limits: ExtractionLimits) -> Iterator[str]:
    """Yield what must not be: a failure or loss where an engine by itself reads more, an empty result, a hang."""
    opened = [read for read in alone.values() if read and read.pages]
    most = max((read.characters for read in opened), default=0)
    if outcome.kind is Kind.UNFORESEEN or outcome.is_over(limits):
        yield f"{outcome.name}: {outcome.said or 'too slow'}"
    if outcome.kind is Kind.REASON and most:
        yield f"{outcome.name}: {most} characters can be read of what gave a reason"
    if outcome.kind is Kind.NO_TEXT and most:
        yield f"{outcome.name}: {most} characters can be read of what gave no text"
    is_recognised = tesseract.NAME in dict(outcome.engines)  # then what is read by letters may be soup
    if most >= _ENOUGH_TO_COUNT and outcome.characters < _KEPT * most and not is_recognised:
        yield f"{outcome.name}: {outcome.characters} characters are left of {most}"
