"""Folders of PDFs with their truth: which kind a folder is of, told from what lies in it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.vocabulary.errors import WorkspaceError
from greysift.bench.extraction.untagged import is_tagged

STRUCTURE = "-str.xml"


class Kind(StrEnum):
    """What the truth of a folder's documents is."""

    PUBLISHED = "published"  # text that people wrote down: NAME.txt
    TAGGED = "tagged"  # text of the documents' own structure trees: NAME.txt, and most of the PDFs are tagged
    TABLES = "tables"  # cells of tables: NAME-str.xml
    PLAIN = "plain"  # none: speed and memory alone


@dataclass(frozen=True, slots=True)
class Specimen:
    """A document and its truth."""

    pdf: Path
    truth: Path | None


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one folder, in the order of their names."""

    name: str
    kind: Kind
    specimens: tuple[Specimen, ...]


def find_groups(folder: Path) -> tuple[Group, ...]:
    """Find the groups of a folder: itself, and every folder below it that holds PDFs.

    In a folder that holds some truth, PDFs without theirs are left out.

    Raises
    ------
    WorkspaceError
        When there is no PDF.
    """
    places = sorted({path.parent for path in folder.rglob("*.pdf")})
    if not places:
        raise WorkspaceError(
            f"{folder} holds no PDF: name a folder of NAME.pdf with NAME.txt or NAME-str.xml"
        )
    return tuple(_group(place, folder) for place in places)


def _group(place: Path, folder: Path) -> Group:
    name = str(place.relative_to(folder)) if place != folder else place.resolve().name
    pdfs = sorted(place.glob("*.pdf"))
    for suffix in (STRUCTURE, ".txt"):
        known = tuple(
            Specimen(pdf, truth) for pdf in pdfs if (truth := pdf.with_name(pdf.stem + suffix)).is_file()
        )
        if known:
            return Group(name, Kind.TABLES if suffix == STRUCTURE else _kind_of_texts(known), known)
    return Group(name, Kind.PLAIN, tuple(Specimen(pdf, None) for pdf in pdfs))


def _kind_of_texts(specimens: tuple[Specimen, ...]) -> Kind:
    tagged = sum(is_tagged(specimen.pdf) for specimen in specimens)
    return Kind.TAGGED if 2 * tagged > len(specimens) else Kind.PUBLISHED
