"""Folders of PDFs with their truth: of which kind each document is, told from what lies beside it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.vocabulary.errors import WorkspaceError
from greysift.bench.extraction.untagged import is_tagged

STRUCTURE = "-str.xml"


class Kind(StrEnum):
    """What the truth of a folder's documents is."""

    PUBLISHED = "published"  # text that people wrote down: NAME.txt
    TAGGED = "tagged"  # text of the document's own structure tree: NAME.txt, and the PDF is tagged
    TABLES = "tables"  # cells of tables: NAME-str.xml
    PLAIN = "plain"  # none: speed and memory alone


_TAKEN_AS = {
    Kind.PUBLISHED: "published text: NAME.txt, and the PDF has no structure of its own",
    Kind.TAGGED: "tagged: NAME.txt is taken for the text of the PDF's own structure, which the copies do without",
    Kind.TABLES: "tables: NAME-str.xml",
    Kind.PLAIN: "without truth: speed and memory alone",
}


@dataclass(frozen=True, slots=True)
class Specimen:
    """A document and its truth."""

    pdf: Path
    truth: Path | None


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one kind in one folder, in the order of their names."""

    name: str
    kind: Kind
    specimens: tuple[Specimen, ...]


def find_groups(folder: Path) -> tuple[Group, ...]:
    """Find the groups of a folder: itself, and every folder below it that holds PDFs.

    Each document is of the kind that its own truth tells. Where a folder holds several kinds, each is a group.

    Raises
    ------
    WorkspaceError
        When there is no PDF, or a document's truth does not tell of which kind it is.
    """
    places = sorted({path.parent for path in folder.rglob("*.pdf")})
    if not places:
        raise WorkspaceError(
            f"{folder} holds no PDF: name a folder of NAME.pdf with NAME.txt or NAME-str.xml"
        )
    return tuple(group for place in places for group in _groups(place, folder))


def said_of(group: Group) -> str:
    """Say what the documents of a group are taken as."""
    count = len(group.specimens)
    return (
        f"{group.name}: {count} {'document' if count == 1 else 'documents'} taken as {_TAKEN_AS[group.kind]}"
    )


def _groups(place: Path, folder: Path) -> list[Group]:
    name = str(place.relative_to(folder)) if place != folder else place.resolve().name
    held: dict[Kind, list[Specimen]] = {kind: [] for kind in Kind}
    for pdf in sorted(place.glob("*.pdf")):
        kind, truth = _kind_of(pdf)
        held[kind].append(Specimen(pdf, truth))
    found = {kind: tuple(specimens) for kind, specimens in held.items() if specimens}
    return [
        Group(f"{name}, {kind.value}" if len(found) > 1 else name, kind, specimens)
        for kind, specimens in found.items()
    ]


def _kind_of(pdf: Path) -> tuple[Kind, Path | None]:
    """Tell of which kind a document is, and where its truth lies.

    Raises
    ------
    WorkspaceError
        When it has two truths, or one that is empty.
    """
    truths = [
        truth for suffix in (STRUCTURE, ".txt") if (truth := pdf.with_name(pdf.stem + suffix)).is_file()
    ]
    if not truths:
        return Kind.PLAIN, None
    if len(truths) > 1:
        raise WorkspaceError(
            f"{pdf} has both {truths[0].name} and {truths[1].name}: text or tables, which is to be measured cannot be"
            " known; put a copy with one of them into a folder of its own"
        )
    if not truths[0].stat().st_size:
        raise WorkspaceError(
            f"{truths[0]} is empty: write down what the document says, or take the file away"
        )
    if truths[0].name.endswith(STRUCTURE):
        return Kind.TABLES, truths[0]
    return Kind.TAGGED if is_tagged(pdf) else Kind.PUBLISHED, truths[0]
