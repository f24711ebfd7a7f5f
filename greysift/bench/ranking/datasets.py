"""Labelled screening sets: a folder of CSV files with record_id, title, abstract, label_included."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.vocabulary.errors import GreysiftError

COLUMNS = ("record_id", "title", "abstract", "label_included")
_LONGEST_FIELD = 10_000_000


class ScreeningSetError(GreysiftError):
    """A screening set cannot be read; the text names file, line and column."""


@dataclass(frozen=True, slots=True)
class ScreeningSet:
    """One review's records with what was decided of each, in the order of the file.

    Attributes
    ----------
    labels
        1 included, 0 not.
    """

    name: str
    titles: tuple[str, ...]
    abstracts: tuple[str, ...]
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """A set as one simulation meets it.

    Attributes
    ----------
    pool
        The records in a random order, since files may come sorted.
    known
        Places in the pool of one include and one exclude, known before screening begins.
    """

    pool: ScreeningSet
    known: tuple[int, int]


def read_screening_sets(folder: Path) -> tuple[ScreeningSet, ...]:
    """Read the sets of a folder, smallest first. CSV files without a column ``label_included`` are no sets.

    Raises
    ------
    ScreeningSetError
        If there is none, or a set cannot be read.
    """
    held = [pair for path in sorted(folder.glob("*.csv")) if (pair := _read(path))]
    if not held:
        raise ScreeningSetError(
            f"{folder}: no screening set; expected CSV files with the columns {', '.join(COLUMNS)}."
        )
    return tuple(sorted(held, key=lambda one: (len(one.labels), one.name)))


def start_of(screening_set: ScreeningSet, *, seed: int) -> Start:
    """Draw one include, one exclude (both by their place in the file), then the order of the pool."""
    random = np.random.RandomState(seed)
    labels = np.asarray(screening_set.labels)
    known = [int(random.choice(np.flatnonzero(labels == label))) for label in (1, 0)]
    order = random.permutation(labels.size).tolist()
    pool = ScreeningSet(
        name=screening_set.name,
        titles=tuple(screening_set.titles[i] for i in order),
        abstracts=tuple(screening_set.abstracts[i] for i in order),
        labels=tuple(screening_set.labels[i] for i in order),
    )
    return Start(pool=pool, known=(order.index(known[0]), order.index(known[1])))


def _read(path: Path) -> ScreeningSet | None:
    try:
        text = path.read_bytes().decode("utf-8-sig")  # line ends within fields as they are
    except UnicodeDecodeError as error:
        raise ScreeningSetError(
            f"{path}: byte {error.start} is not UTF-8; save the file as CSV UTF-8."
        ) from error
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if "label_included" not in (reader.fieldnames or ()):
            return None
        absent = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if absent:
            raise ScreeningSetError(f"{path}: line 1: no column {', '.join(absent)}.")
        rows = list(_rows(reader, path))
    except csv.Error as error:
        raise ScreeningSetError(f"{path}: line {reader.line_num}: {error}.") from error
    return _set(path, rows)


def _rows(reader: "csv.DictReader[str]", path: Path) -> Iterator[tuple[str, str, int]]:
    seen: dict[str, int] = {}
    for row in reader:
        where = f"{path}: line {reader.line_num}"
        if None in row or None in row.values():
            raise ScreeningSetError(f"{where}: it has more or fewer fields than the heading.")
        record_id, label = row["record_id"].strip(), row["label_included"].strip()
        if not record_id:
            raise ScreeningSetError(f"{where}: record_id is empty.")
        if record_id in seen:
            raise ScreeningSetError(f"{where}: record_id {record_id!r} stands on line {seen[record_id]} too.")
        if label not in {"0", "1"}:
            raise ScreeningSetError(f"{where}: label_included must be 0 or 1, not {label!r}.")
        seen[record_id] = reader.line_num
        yield row["title"].strip(), row["abstract"].strip(), int(label)


def _set(path: Path, rows: Sequence[tuple[str, str, int]]) -> ScreeningSet:
    labels = tuple(label for *_, label in rows)
    includes = sum(labels)
    # one of each class is known before screening begins, and figures need both classes among the rest
    if includes < 2 or len(labels) - includes < 2:
        raise ScreeningSetError(
            f"{path}: {includes} of {len(labels)} records are included; at least two must be, and two not."
        )
    if not any(title or abstract for title, abstract, _ in rows):
        raise ScreeningSetError(f"{path}: no record has a title or an abstract.")
    return ScreeningSet(
        name=path.stem,
        titles=tuple(title for title, *_ in rows),
        abstracts=tuple(abstract for _, abstract, _ in rows),
        labels=labels,
    )
