"""The whole comparison: every annotated report that lies in a folder is read and held against its annotation."""

import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus.vocabulary.documents import ExtractedText
from corpus.vocabulary.errors import ExtractionError, WorkspaceError
from greysift.bench.extraction.untagged import is_tagged, write_untagged
from greysift.bench.structure.counting import Counts, count
from greysift.bench.structure.figures import figures
from greysift.bench.structure.truth import SHIPPED, Annotated, find_reports, read_annotations
from harvester.extraction import EXTRACTOR_VERSION, extract_document


def bench_structure(
    folder: Path, *, truth: Path = SHIPPED, tell: Callable[[str], None] = lambda _: None
) -> dict[str, object]:
    """Read the annotated reports of a folder, without their own structure trees, and compare.

    A report that cannot be read counts with everything missed.

    Parameters
    ----------
    folder
        Where the reports lie, or in folders below it; they are known by their bytes.
    truth
        The annotations.
    tell
        Called with a sentence before each step.

    Returns
    -------
    dict
        Plain values for JSON: ``figures`` (by name: value, interval, what it rests on), ``held_out`` (the same over
        the reports that were held out), ``targets`` (over all), ``reports`` (counts of each, and ``misses``: page,
        box, what; no text).

    Raises
    ------
    WorkspaceError
        When no annotated report lies there, or the annotations cannot be read.
    """
    annotations = read_annotations(truth)
    found = list(find_reports(folder, annotations))
    if not found:
        raise WorkspaceError(f"None of the {len(annotations)} annotated reports lies in {folder}.")
    reports, counted = [], []
    for number, (path, annotated) in enumerate(found, start=1):
        tell(f"{number} of {len(found)}, {path.name}")
        text, error = _read(path)
        counts = count(text, annotated)
        counted.append(counts.numbers)
        reports.append(_row(path, annotated, counts, error=error))
    held_out = [annotated.is_held_out for _, annotated in found]
    return {
        "benchmark": "structure",
        "data": str(folder),
        "annotated": len(annotations),
        "pages": sum(len(annotated.pages) for _, annotated in found),
        "figures": figures([one for one, held in zip(counted, held_out, strict=True) if not held]),
        "held_out": figures([one for one, held in zip(counted, held_out, strict=True) if held]),
        "targets": _judge(figures(counted)),
        "reports": reports,
        "versions": {"greysift": version("greysift"), "extractor": EXTRACTOR_VERSION},
    }


def _read(path: Path) -> tuple[ExtractedText, str | None]:
    with tempfile.TemporaryDirectory(prefix="greysift-bench-") as folder:
        plain = path
        if is_tagged(path):
            plain = Path(folder) / path.name
            write_untagged(path, plain)
        try:
            return extract_document(plain), None
        except ExtractionError as error:
            return ExtractedText(None, None, (), "none", "0"), str(error)


def _row(path: Path, annotated: Annotated, counts: Counts, *, error: str | None) -> dict[str, Any]:
    return {
        "file": path.name,
        "sha256": annotated.sha256,
        "held_out": annotated.is_held_out,
        "error": error,
        "pages": len(annotated.pages),
        "counts": dict(sorted(counts.numbers.items())),
        "misses": [
            {
                "page": miss.page,
                "box": [round(edge, 1) for edge in (miss.box.x0, miss.box.top, miss.box.x1, miss.box.bottom)],
                "what": miss.what,
            }
            for miss in counts.misses
        ],
    }


def _judge(measured: dict[str, dict[str, float | int | None]]) -> list[dict[str, Any]]:
    clean, lost = measured["clean_pages"]["value"], measured["lost_lines"]["value"]
    return [
        {
            "what": "pages with no running line left",
            "wanted": "≥ 0.95",
            "got": clean,
            "is_met": clean is not None and clean >= 0.95,
        },
        {"what": "lines of the body lost", "wanted": "0", "got": lost, "is_met": lost == 0},
    ]
