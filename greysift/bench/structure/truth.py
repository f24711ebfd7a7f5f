"""What was annotated of real reports, and the reports that it is about, found by their bytes.

The rules by which it was made are in ``docs/reference/annotated-reports.md``.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.vocabulary.documents import Box, SectionRole
from corpus.vocabulary.errors import WorkspaceError

SHIPPED = Path(__file__).resolve().parents[3] / "benchmarks" / "annotations" / "reports.jsonl"


class ItemKind(StrEnum):
    """What is marked on a page."""

    TITLE = "title"
    HEADING = "heading"
    TABLE = "table"
    CAPTION = "caption"
    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    FIGURE = "figure"
    IMPRINT = "imprint"  # stands once in the margin: keeping it and setting it apart are both right


NO_TEXT = frozenset({ItemKind.IMPRINT, ItemKind.FIGURE})
"""What is no running text, and no running line either."""
FURNITURE = frozenset({ItemKind.HEADER, ItemKind.FOOTER, ItemKind.PAGE_NUMBER})


@dataclass(frozen=True, slots=True)
class Item:
    """A mark on a page; of headings with its level, and the role that its words name."""

    page: int
    kind: ItemKind
    box: Box
    level: int | None = None
    role: SectionRole | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A report's marks, which of its pages were looked at, and whether nothing was ever made better by it."""

    sha256: str
    pages: tuple[int, ...]
    items: tuple[Item, ...]
    is_held_out: bool = False

    def of(self, *kinds: ItemKind, page: int | None = None) -> list[Item]:
        """Return the marks of some kinds, of one page where that is asked for."""
        return [item for item in self.items if item.kind in kinds and page in {None, item.page}]


def read_annotations(path: Path) -> list[Annotated]:
    """Read annotations, a JSON object a line.

    Raises
    ------
    WorkspaceError
        When there is no such file, or a line does not have the shape.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise WorkspaceError(f"No annotations can be read from {path}: {error.strerror}.") from error
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(_report(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise WorkspaceError(f"{path}, line {number} is no annotated report: {error}.") from error
    return found


def find_reports(folder: Path, annotations: list[Annotated]) -> Iterator[tuple[Path, Annotated]]:
    """Yield the annotated reports that lie in a folder, or in folders below it, in the order of the annotations."""
    paths = {sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.rglob("*.pdf"))}
    for annotated in annotations:
        if annotated.sha256 in paths:
            yield paths[annotated.sha256], annotated


def _report(line: dict[str, Any]) -> Annotated:
    return Annotated(
        line["sha256"],
        tuple(line["pages"]),
        tuple(map(_item, line["items"])),
        is_held_out=bool(line.get("held_out", False)),
    )


def _item(line: dict[str, Any]) -> Item:
    role = line.get("role")
    return Item(
        page=line["page"],
        kind=ItemKind(line["kind"]),
        box=Box(*line["box"]),
        level=line.get("level"),
        role=None if role is None else SectionRole(role),
    )
