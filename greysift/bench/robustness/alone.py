"""What one engine by itself reads of a document, in a process of its own: ``python -m greysift.bench.robustness.alone``.

Arguments: the engine's name and the path. On standard output pages and readable characters, as JSON; the exit status
is 1 where it cannot open the document.
"""

import json
import logging
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2

from harvester.extraction.words import readable_characters

PDFIUM, PDFPLUMBER = "pdfium", "pdfplumber"
_UNDECODED = re.compile(r"\(cid:\d+\)")
_MEMORY = 2**31
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Alone:
    """Pages that an engine finds, and the characters that it reads."""

    pages: int
    characters: int


def ask(engine: str, path: Path) -> Alone | None:
    """Ask an engine in a process of its own; ``None`` where it cannot open the document or dies of it."""
    command = [sys.executable, "-m", __name__, engine, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=2 * _SECONDS)  # noqa: S603 - our own module
    except subprocess.SubprocessError:
        return None
    return Alone(**json.loads(done.stdout))


def _texts(engine: str, path: Path) -> Iterator[str]:
    """Yield each page's text, empty where the page cannot be read; letters drawn twice count once."""
    pages: Any = pypdfium2.PdfDocument(path) if engine == PDFIUM else pdfplumber.open(path).pages
    for index in range(len(pages)):
        try:
            if engine == PDFIUM:
                yield pages[index].get_textpage().get_text_range()
            else:
                yield _UNDECODED.sub("", pages[index].dedupe_chars().extract_text())
        except Exception:  # noqa: BLE001 - a page that the engine cannot read counts as none of its
            yield ""


def main(engine: str, path: str) -> None:
    """Print what the engine reads."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    logging.disable()
    texts = list(_texts(engine, Path(path)))
    json.dump({"pages": len(texts), "characters": readable_characters(texts)}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
