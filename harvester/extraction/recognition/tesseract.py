"""Debian's tesseract: a picture of a page in, words with places and confidence out.

It is asked as a program and answers with a table, so that a library between would save nothing.
"""

import ctypes
import functools
import os
import shutil
import signal
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.vocabulary.documents import Box
from harvester.extraction.settings import NOT_INSTALLED

NAME = "tesseract"
LANGUAGE = "eng"
_PROGRAM = "tesseract"
_WORD, _LINE = "5", "4"  # levels of the table
_PR_SET_PDEATHSIG = 1
# One thread: the program's own threads cost ten times the time where other processes are at work.
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word, its place in pixels, and how sure the program is of it, from 0 to 1."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """Words of a line, and its height from the lowest to the highest letter, in pixels."""

    words: tuple[RecognisedWord, ...]
    height: float


@functools.cache
def version() -> str | None:
    """Return which version is installed and reads the language; ``None`` where there is none."""
    if shutil.which(_PROGRAM) is None:
        return None
    try:
        said = _run(["--version"], seconds=10.0)
        languages = _run(["--list-langs"], seconds=10.0)
    except (OSError, subprocess.SubprocessError):
        return None
    first = said.decode(errors="replace").partition("\n")[0].split()
    return first[-1] if first and LANGUAGE in languages.decode(errors="replace").split() else None


def named() -> str:
    """Say what recognises pages here, as a text's settings have it."""
    found = version()
    return NOT_INSTALLED if found is None else f"{NAME} {found}, {LANGUAGE}"


def recognise(picture: NDArray[np.uint8], *, dpi: int, seconds: float) -> list[RecognisedLine]:
    """Read a grey picture.

    Raises
    ------
    OSError, subprocess.SubprocessError
        When the program cannot be run, fails, or takes longer.
    """
    height, width = picture.shape
    pixels = b"P5 %d %d 255\n" % (width, height) + picture.tobytes()
    arguments = ["stdin", "stdout", "--dpi", str(dpi), "-l", LANGUAGE, "--psm", "3", "tsv"]
    return read_table(_run(arguments, pixels, seconds=seconds).decode(errors="replace").split("\n"))


def read_table(rows: Iterable[str]) -> list[RecognisedLine]:
    """Read the program's table; rows that are none are left out."""
    heights: dict[tuple[str, ...], float] = {}
    words: dict[tuple[str, ...], list[RecognisedWord]] = defaultdict(list)
    for row in (text.split("\t") for text in rows):
        if len(row) != 12 or row[0] not in {_WORD, _LINE}:
            continue
        try:
            left, top, width, height, confidence = map(float, row[6:11])
        except ValueError:
            continue
        line = tuple(row[1:5])  # page, block, paragraph, line
        if row[0] == _LINE:
            heights[line] = height
        elif row[11].strip():
            box = Box(left, top, left + width, top + height)
            words[line].append(RecognisedWord(row[11].strip(), box, min(max(confidence / 100, 0.0), 1.0)))
    return [RecognisedLine(tuple(found), heights.get(line, 0.0)) for line, found in words.items()]


def _run(arguments: list[str], given: bytes = b"", *, seconds: float) -> bytes:
    done = subprocess.run(  # noqa: S603 - Debian's program; the picture is data
        [_PROGRAM, *arguments],
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_ENVIRONMENT},
        timeout=seconds,
        check=True,
        preexec_fn=_die_with_parent,
    )
    return done.stdout


def _die_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


_libc = ctypes.CDLL(None) if os.uname().sysname == "Linux" else None
