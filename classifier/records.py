"""Labelled records: what a ranker learns from and is measured on, and the file they are read from."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.vocabulary.errors import GreysiftError

TELLING = 5  # words of a title that tell one document from all others

_LABELS: Mapping[str, int | None] = {"yes": 1, "no": 0, "unclear": None}


class RecordsError(GreysiftError):
    """A file of labelled records cannot be read; the text names file, line and key."""


@dataclass(frozen=True, slots=True)
class LabelledRecord:
    """One record as the ranker sees it.

    Attributes
    ----------
    label
        1 eligible, 0 not, ``None`` unclear: such a record is scored, but never trained on or measured.
    group
        Records that are copies or parts of one another share a group, and are never split between
        training and test.
    """

    id: str
    title: str
    publisher: str | None
    summary: str | None
    label: int | None
    group: str

    @property
    def copy_hashes(self) -> frozenset[str]:
        """What copies of the record share with it; see :func:`copy_hashes`."""
        return copy_hashes(self.title, summary=self.summary)


def read_labelled_records(path: Path) -> tuple[LabelledRecord, ...]:
    """Read labelled records from JSON lines.

    Each line is an object with ``id``, ``title`` and ``eligible_any_year`` (yes, no, unclear), and perhaps
    ``publisher``, ``summary`` and ``group`` (its own id where absent). Other keys are ignored: they are the
    labeller's, not inputs.

    Raises
    ------
    RecordsError
        If the file is missing or empty, or a line is not such an object; names line and key.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordsError(f"{path}: cannot be read as UTF-8 text ({error}).") from error
    records: list[LabelledRecord] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _parse(line, where=f"{path}, line {number}")
        if record.id in seen:
            raise RecordsError(
                f"{path}, line {number}: id {record.id!r} was already used on line {seen[record.id]}."
            )
        seen[record.id] = number
        records.append(record)
    if not records:
        raise RecordsError(f"{path}: holds no records.")
    return tuple(records)


def copy_hashes(title: str, *, summary: str | None) -> frozenset[str]:
    """Hashes of which copies of a document share at least one, whatever their ids.

    One is of title and summary, after normalisation. A title of ``TELLING`` words or more has one of its own:
    another source gives the same document another summary. Shorter titles ("Annual report") tell too little.
    """
    words = _normalised(title)
    texts = [f"{words}\n{_normalised(summary or '')}"]
    if len(words.split()) >= TELLING:
        texts.append(words)
    return frozenset(hashlib.sha256(text.encode()).hexdigest() for text in texts)


def snapshot_hash(records: Iterable[LabelledRecord]) -> str:
    """SHA-256 of all that training sees of ``records``, whatever their order."""
    rows = sorted(
        json.dumps([r.id, r.title, r.publisher, r.summary, r.label, r.group], ensure_ascii=True)
        for r in records
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _parse(line: str, *, where: str) -> LabelledRecord:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise RecordsError(f"{where}: not JSON ({error.msg}, column {error.colno}).") from error
    if not isinstance(row, dict):
        raise RecordsError(f"{where}: must be a JSON object.")
    record_id = _text(row, "id", where=where, required=True)
    title = _text(row, "title", where=where, required=True)
    if record_id is None or title is None:
        raise RecordsError(f"{where}: keys 'id' and 'title' must not be empty.")
    answer = row.get("eligible_any_year")
    if not isinstance(answer, str) or answer not in _LABELS:
        raise RecordsError(f"{where}: key 'eligible_any_year' must be yes, no or unclear, not {answer!r}.")
    return LabelledRecord(
        id=record_id,
        title=title,
        publisher=_text(row, "publisher", where=where),
        summary=_text(row, "summary", where=where),
        label=_LABELS[answer],
        group=_text(row, "group", where=where) or record_id,
    )


def _text(row: Mapping[str, object], key: str, *, where: str, required: bool = False) -> str | None:
    value = row.get(key)
    if value is None and not required:
        return None
    if not isinstance(value, str):
        raise RecordsError(f"{where}: key {key!r} must be a text, not {value!r}.")
    return value.strip() or None


def _normalised(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded))
