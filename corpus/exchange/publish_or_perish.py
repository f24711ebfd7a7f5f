"""Exports of Publish or Perish: a CSV file of search results, one row each.

Oddities (from six unrelated collections of such files): columns come in the order of the header, and older exports
stop early (after Type, ECC, Age or Abstract), so they are taken by name; files are UTF-8, with or without a byte order
mark, UTF-16, or in the code page of an old Windows. Spreadsheets that save them again write semicolons or tabs where the
decimal mark is a comma.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.vocabulary.errors import HandOverError
from corpus.vocabulary.harvest import FoundRecord

MUST_HAVE = ("Authors", "Title", "Year")
TELLTALE = ("GSRank", "QueryDate", "CitesURL", "Cites", "ECC")
"""Columns of which an export has at least two, and tables of other origin hardly one."""

OF_THE_DAY = frozenset(
    {"Cites", "GSRank", "QueryDate", "ECC", "CitesPerYear", "CitesPerAuthor", "AuthorCount", "Age"}
)
"""Columns that differ from day to day without the work's being another: the file keeps them, the record does not."""

DELIMITERS = (",", ";", "\t")

_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


class NotAnExportError(HandOverError):
    """A table that Publish or Perish did not write."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that could be read: ``line`` is the line of the file on which it begins, from 1."""

    line: int
    record: FoundRecord


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not: where it begins, why, and what stood there."""

    line: int
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """A file taken apart. ``searched_on`` are the days that its rows name, earliest first."""

    rows: tuple[Row, ...]
    bad_rows: tuple[BadRow, ...]
    searched_on: tuple[str, ...]
    encoding: str


def read_export(data: bytes) -> Export:
    """Read an export.

    Raises
    ------
    NotAnExportError
        When the header is not that of an export; the text says what is missing.
    HandOverError
        When the file is no text at all.
    """
    text, encoding = _decoded(data)
    lines = list(_rows(text, delimiter=_delimiter(text)))
    first = lines[0][1] if lines else []
    header = () if isinstance(first, csv.Error) else tuple(cell.strip() for cell in first)
    _check_header(header)
    rows: list[Row] = []
    bad: list[BadRow] = []
    days: set[str] = set()
    for line, cells in lines[1:]:
        if isinstance(cells, csv.Error):
            bad.append(BadRow(line, f"cannot be read: {cells}", ()))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        said = {
            name: cell.strip() for name, cell in zip(header, cells, strict=False) if name and cell.strip()
        }
        if (reason := _fault(header, cells, said)) is not None:
            bad.append(BadRow(line, reason, tuple(cells)))
            continue
        if day := _DAY.match(said.get("QueryDate", "")):
            days.add(day[0])
        rows.append(Row(line, _record(said)))
    return Export(tuple(rows), tuple(bad), tuple(sorted(days)), encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the text and the encoding that it was taken to be in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "cp1252", "latin-1")  # the last one takes any byte
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise HandOverError("it is not text in any encoding that such exports have; export it again as CSV")


def _delimiter(text: str) -> str:
    """Return what stands between the cells: what parts the first line into the most columns that an export has."""

    def known(delimiter: str) -> int:
        _, header = next(_rows(text, delimiter=delimiter), (1, []))
        names = () if isinstance(header, csv.Error) else {cell.strip() for cell in header}
        return sum(name in names for name in (*MUST_HAVE, *TELLTALE))

    return max(DELIMITERS, key=known)


def _rows(text: str, *, delimiter: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield each row with the line on which it begins, or why it cannot be read; quoted cells may hold line ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # a cell beyond the reader's limit
            yield begins, error
        else:
            yield begins, cells
        begins = reader.line_num + 1


def _check_header(header: tuple[str, ...]) -> None:
    missing = [name for name in MUST_HAVE if name not in header]
    if missing or sum(name in header for name in TELLTALE) < 2:
        raise NotAnExportError(
            "its header is not that of a Publish or Perish export "
            f"({'no ' + ', '.join(missing) if missing else 'none of ' + ', '.join(TELLTALE)})"
        )


def _fault(header: tuple[str, ...], cells: list[str], said: Mapping[str, str]) -> str | None:
    if len(cells) != len(header):
        return f"has {len(cells)} columns where the header has {len(header)}"
    if "Title" not in said:
        return "has no title"
    return None


def _record(said: Mapping[str, str]) -> FoundRecord:
    doi = _DOI.search(said.get("DOI", ""))
    url = said.get("ArticleURL") or (f"https://doi.org/{doi[0]}" if doi else None) or said.get("FullTextURL")
    year = _YEAR.fullmatch(said.get("Year", ""))
    return FoundRecord(
        key=_key(said, doi=doi[0].lower() if doi else None),
        url=url,
        title=said["Title"],
        summary=said.get("Abstract"),
        publisher=said.get("Publisher") or said.get("Source"),
        published=year[0] if year else None,
        document_type=said.get("Type"),
        said={name: cell for name, cell in said.items() if name not in OF_THE_DAY},
    )


def _key(said: Mapping[str, str], *, doi: str | None) -> str:
    """Return what identifies the work: its DOI, its address, else what is printed on it."""
    if doi is not None:
        return f"doi:{doi}"
    if url := said.get("ArticleURL"):
        return url
    printed = "\n".join(" ".join(said.get(name, "").casefold().split()) for name in MUST_HAVE)
    return f"printed:{hashlib.sha256(printed.encode('utf-8', 'replace')).hexdigest()}"
