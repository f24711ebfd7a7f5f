"""``greysift extract FILE.pdf``: files that are shown and not stored."""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import typer

from corpus.vocabulary.documents import ExtractedText, ExtractionLimits
from corpus.vocabulary.errors import ExtractionError, WorkspaceError
from greysift.cli.output import complain, say
from harvester.extraction import extract_document, render_page
from harvester.extraction.markdown import to_markdown
from harvester.extraction.overlay import Part, draw_boxes
from harvester.extraction.plain import to_plain
from harvester.extraction.remarks import remarks, title_remark
from harvester.extraction.structure.titling import agree

DPI = 120


def show_files(
    files: Sequence[Path],
    *,
    limits: ExtractionLimits,
    as_json: bool,
    pictures: Path | None,
    boxes: Sequence[str],
    title: str | None = None,
) -> None:
    """Print each file's text, in order, and draw its pages where that is wanted.

    A file that cannot be read is named on standard error with the reason, the others are printed all the same, and the
    command exits with status 1.
    """
    parts = _parts(boxes)
    lost = 0
    for number, file in enumerate(files):
        try:
            text = extract_document(file, limits=limits)
            for remark in remarks(text):
                say(f"{file}: {remark}", to_stderr=True)
            if title:
                say(f"{file}: {title_remark(text, title)}", to_stderr=True)
            _print(file, text, as_json=as_json, is_alone=len(files) == 1, known=title)
            if pictures:
                _draw(file, text, into=_folder(pictures, files, number), limits=limits, parts=parts)
        except ExtractionError as error:
            complain(f"{file}: {error}")
            lost += 1
    if lost:
        raise typer.Exit(1)


def _print(file: Path, text: ExtractedText, *, as_json: bool, is_alone: bool, known: str | None) -> None:
    if as_json:
        compared = {"title_agrees": bool(text.title) and agree(known, text.title or "")} if known else {}
        typer.echo(json.dumps({"file": str(file), **compared, **to_plain(text)}, ensure_ascii=False))
        return
    if not is_alone:
        typer.echo(f"<!-- {str(file).replace('--', '- -')} -->\n")
    typer.echo(to_markdown(text), nl=not is_alone)


def _folder(pictures: Path, files: Sequence[Path], number: int) -> Path:
    """Return where a file's pictures go; files of one name are told apart by a number."""
    name = files[number].stem
    earlier = sum(file.stem == name for file in files[:number])
    return pictures / (f"{name}-{earlier + 1}" if earlier else name)


def _parts(names: Sequence[str]) -> frozenset[Part]:
    try:
        return frozenset(Part(name.strip()) for name in names)
    except ValueError as error:
        raise typer.BadParameter(f"--boxes takes {', '.join(Part)}, not {','.join(names)}") from error


def _draw(
    file: Path, text: ExtractedText, *, into: Path, limits: ExtractionLimits, parts: frozenset[Part]
) -> None:
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{into} cannot be made: {error.strerror}") from error
    draw = partial(_draw_page, file, text, into=into, limits=limits, parts=parts)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:  # each page is drawn in a process of its own
        done = sum(pool.map(draw, [page.number for page in text.pages]))
    say(f"{file}: {done} of {len(text.pages)} pages drawn in {into}.", to_stderr=True)


def _draw_page(
    file: Path,
    text: ExtractedText,
    number: int,
    *,
    into: Path,
    limits: ExtractionLimits,
    parts: frozenset[Part],
) -> bool:
    try:
        picture = render_page(file, page=number, dpi=DPI, limits=limits)
    except ExtractionError as error:
        complain(f"{file}, page {number}: {error}")
        return False
    (into / f"page-{number:04}.png").write_bytes(draw_boxes(picture, text, page=number, parts=parts))
    return True
