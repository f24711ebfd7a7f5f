"""The tools that are measured, each as its own documentation calls it.

Every entry imports its library and returns what reads one document: its pages' texts (``texts``) with the pages'
labels, or its tables as cells by page (``tables``), and the number of ``pages``.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus.vocabulary.documents import ASIDE, ExtractedText, ExtractionLimits

Work = Callable[[Path], dict[str, Any]]

OURS = "greysift"
TREE = "greysift, tree"
WORDS = "greysift, words"
PDFPLUMBER, PYPDFIUM2, PYPDF, PDFTOTEXT = "pdfplumber", "pypdfium2", "pypdf", "pdftotext"
BY_LINES, BY_TEXT = "pdfplumber by lines", "pdfplumber by text"

PEERS = (PYPDFIUM2, PYPDF, PDFTOTEXT, PDFPLUMBER)
TABLE_TOOLS = (OURS, BY_LINES, BY_TEXT)


def why_missing(tool: str) -> str | None:
    """Say how to get a tool that is not here; ``None`` where it is."""
    if tool == PYPDF and find_spec("pypdf") is None:
        return "pypdf is not installed and is left out: pip install pypdf"
    if tool == PDFTOTEXT and shutil.which(PDFTOTEXT) is None:
        return "pdftotext is not installed and is left out: apt-get install poppler-utils"
    return None


def _ours() -> Work:
    from harvester.extraction.reading import read_pdf

    limits = ExtractionLimits(recognised_pages=0)  # as its peers, which recognise no pictures

    def work(path: Path) -> dict[str, Any]:
        text = read_pdf(path, limits=limits).text
        labels = [page.label or str(page.number) for page in text.pages]
        return {
            "pages": len(text.pages),
            "texts": [read_through(text)] if text.blocks else [page.text for page in text.pages],
            "labels": [""] if text.blocks else labels,
            "tables": [_cells(text, number) for number in range(len(text.tables))],
        }

    return work


def _words() -> Work:
    """Text with the places of its words, and no structure."""
    from harvester.extraction.pdfium import PdfiumDocument

    def work(path: Path) -> dict[str, Any]:
        pdf = PdfiumDocument(path)
        count = pdf.page_count
        texts = ["\n".join(pdf.read_words(index)[0].text.splitlines()) for index in range(count)]
        return {"pages": count, "texts": texts, "labels": _numbers(texts)}

    return work


def read_through(text: ExtractedText) -> str:
    """Return a document's text in reading order, tables and notes included, running headers and footers not."""
    pieces: list[str] = []
    before = None
    for block in text.blocks:
        if block.kind in ASIDE:
            continue
        if block.goes_on and block.kind == before:
            pieces[-1] += f" {text.text_of(block)}"
        else:
            pieces.append(text.text_of(block))
        before = block.kind
    return "\n\n".join(pieces)


def _cells(text: ExtractedText, number: int) -> dict[str, Any]:
    table = text.tables[number]
    page = text.pages[text.blocks[table.block].page - 1]
    cells = [
        [cell.row, cell.column, cell.row_span, cell.column_span, page.text[cell.start : cell.end]]
        for cell in table.cells
    ]
    return {"page": page.number, "cells": cells}


def _pypdfium2() -> Work:
    import pypdfium2

    def work(path: Path) -> dict[str, Any]:
        pdf = pypdfium2.PdfDocument(path)
        texts = [pdf[index].get_textpage().get_text_range() for index in range(len(pdf))]
        labels = [pdf.get_page_label(index) or str(index + 1) for index in range(len(pdf))]
        return {"pages": len(pdf), "texts": texts, "labels": labels}

    return work


def _pypdf() -> Work:
    import pypdf

    def work(path: Path) -> dict[str, Any]:
        reader = pypdf.PdfReader(path)
        texts = [page.extract_text() for page in reader.pages]
        return {"pages": len(texts), "texts": texts, "labels": list(reader.page_labels)}

    return work


def _pdfplumber() -> Work:
    import pdfplumber

    def work(path: Path) -> dict[str, Any]:
        with pdfplumber.open(path) as pdf:
            texts = [page.extract_text() for page in pdf.pages]
        return {"pages": len(texts), "texts": texts, "labels": _numbers(texts)}

    return work


def _pdftotext() -> Work:
    program = shutil.which(PDFTOTEXT) or PDFTOTEXT

    def work(path: Path) -> dict[str, Any]:
        command = [program, "-enc", "UTF-8", str(path), "-"]
        said = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - Debian's program, a path as data
        texts = said.stdout.decode(errors="replace").split("\f")[:-1]
        return {"pages": len(texts), "texts": texts, "labels": _numbers(texts)}

    return work


def _tables_of_pdfplumber(settings: dict[str, str]) -> Callable[[], Work]:
    def ready() -> Work:
        import pdfplumber

        def work(path: Path) -> dict[str, Any]:
            with pdfplumber.open(path) as pdf:
                tables = [
                    {"page": page.page_number, "cells": list(_grid(rows))}
                    for page in pdf.pages
                    for rows in page.extract_tables(settings)
                ]
                return {"pages": len(pdf.pages), "tables": tables}

        return work

    return ready


def _grid(rows: Iterable[Iterable[str | None]]) -> Iterable[list[Any]]:
    for row, cells in enumerate(rows):
        for column, content in enumerate(cells):
            if content:
                yield [row, column, 1, 1, content]


def _numbers(texts: list[str]) -> list[str]:
    return [str(number) for number in range(1, len(texts) + 1)]


TOOLS: dict[str, Callable[[], Work]] = {
    OURS: _ours,
    WORDS: _words,
    PYPDFIUM2: _pypdfium2,
    PYPDF: _pypdf,
    PDFTOTEXT: _pdftotext,
    PDFPLUMBER: _pdfplumber,
    BY_LINES: _tables_of_pdfplumber({}),
    BY_TEXT: _tables_of_pdfplumber({"vertical_strategy": "text", "horizontal_strategy": "text"}),
}
