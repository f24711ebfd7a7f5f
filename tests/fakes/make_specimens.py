"""Draws the specimen reports that ship with the demo, from the texts in ``specimens/*.md``.

Run ``python -m tests.fakes.make_specimens [FOLDER]``. The same sources and libraries give the same bytes.
Each source is a TOML head between ``+++`` lines and a body in a small part of Markdown: headings,
paragraphs, bullets, table rows, ``---`` for a new page.
"""

import io
import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fakes import specimen_layouts as layouts

SOURCES = Path(__file__).with_name("specimens")
TARGET = Path(__file__).resolve().parents[2] / "greysift" / "demo" / "specimens"
MANIFEST_KEYS = ("file", "title", "description", "publisher", "published", "document_type", "layout", "note")


@dataclass(frozen=True, slots=True)
class Specimen:
    """One source text: what the manifest says of it, and its blocks."""

    head: dict[str, str]
    blocks: tuple[layouts.Block, ...]

    @property
    def file(self) -> str:
        """Name of the PDF."""
        return self.head["file"]

    def manifest_entry(self) -> dict[str, str]:
        """Facts that the demo needs of this specimen."""
        return {key: self.head[key] for key in MANIFEST_KEYS}


def read_specimens(folder: Path = SOURCES) -> list[Specimen]:
    """Read all source texts, in the order of their names."""
    return [read_specimen(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))]


def read_specimen(source: str) -> Specimen:
    """Split one source text into its head and its blocks."""
    _, head, body = source.split("+++\n", 2)
    return Specimen(head=tomllib.loads(head), blocks=tuple(_blocks(body)))


def _blocks(body: str) -> Iterator[layouts.Block]:
    for chunk in body.strip().split("\n\n"):
        rows: list[list[str]] = []
        for line in chunk.splitlines():
            kind, _, rest = line.partition(" ")
            match kind:
                case "|":
                    rows.append([cell.strip() for cell in line.strip("| ").split("|")])
                case "---":
                    yield layouts.PageEnd()
                case "#" | "##":
                    yield layouts.Heading(rest, level=len(kind))
                case "-":
                    yield layouts.Bullet(rest)
                case "Table":
                    yield layouts.Caption(line)
                case _:
                    yield layouts.Paragraph(line)
        if rows:
            yield layouts.Table(tuple(tuple(row) for row in rows))


def draw(specimen: Specimen) -> bytes:
    """Draw one specimen as PDF."""
    match specimen.head["layout"].split(",")[0].split(" ")[0]:
        case "landscape":
            draw_in_layout = layouts.draw_slides
        case "two":
            draw_in_layout = layouts.draw_two_columns
        case "scanned":
            draw_in_layout = layouts.draw_scan
        case _:
            draw_in_layout = layouts.draw_single_column
    buffer = io.BytesIO()
    draw_in_layout(specimen.head, specimen.blocks, buffer)
    return buffer.getvalue()


def write_specimens(target: Path = TARGET) -> list[Path]:
    """Write all PDFs and the manifest to ``target``; return what was written."""
    target.mkdir(parents=True, exist_ok=True)
    specimens = read_specimens()
    written = []
    for specimen in specimens:
        written.append(target / specimen.file)
        written[-1].write_bytes(draw(specimen))
    written.append(target / "manifest.json")
    written[-1].write_text(manifest_of(specimens), encoding="utf-8")
    return written


def manifest_of(specimens: list[Specimen]) -> str:
    """The manifest as it is written."""
    return (
        json.dumps([specimen.manifest_entry() for specimen in specimens], indent=2, ensure_ascii=False) + "\n"
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    for path in write_specimens(folder):
        sys.stdout.write(f"{path} {path.stat().st_size}\n")
