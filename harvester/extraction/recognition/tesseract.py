"""Debian's tesseract: a picture of a page in, words with places and confidence out.

It is asked as a program and answers with a table, so that a library between would save nothing.
"""

import ctypes
import functools
import os
import re
import shutil
import signal
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.vocabulary.documents import Box
from harvester.extraction.lines import Direction
from harvester.extraction.recognition.languages import ENGLISH
from harvester.extraction.settings import NOT_INSTALLED

NAME = "tesseract"
_NO_LANGUAGES = frozenset({"osd", "equ"})  # what tells how a page lies, and what reads formulas
_PROGRAM = "tesseract"
_WORD, _LINE = "5", "4"  # levels of the table
_ORIENTATION = "osd"
_SURE_OF_WAY = (
    2.0  # by the program's own measure: it is some fifteen for a page of text, below one for a guess
)
# How far the program says that a picture is to be turned clockwise, and which way its text runs then.
_BY_TURN = {"0": Direction.RIGHT, "90": Direction.UP, "180": Direction.LEFT, "270": Direction.DOWN}
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
    """Return which version is installed and reads English; ``None`` where there is none."""
    if shutil.which(_PROGRAM) is None:
        return None
    try:
        said = _run(["--version"], seconds=10.0)
    except (OSError, subprocess.SubprocessError):
        return None
    first = said.decode(errors="replace").partition("\n")[0].split()
    return first[-1] if first and ENGLISH in _data() else None


@functools.cache
def _data() -> frozenset[str]:
    """Return what the program has been trained for and is installed."""
    try:
        return frozenset(_run(["--list-langs"], seconds=10.0).decode(errors="replace").split())
    except (OSError, subprocess.SubprocessError):
        return frozenset()


def languages() -> list[str]:
    """Return the languages that are installed by the program's names, English first."""
    found = {name for name in _data() if re.fullmatch(r"[a-z]{3}(?:_[a-z]{3,4})?", name)} - _NO_LANGUAGES
    return sorted(found, key=lambda name: (name != ENGLISH, name))


def named() -> str:
    """Say what recognises pages here, as a text's settings have it."""
    found = version()
    return NOT_INSTALLED if found is None else f"{NAME} {found}, {'+'.join(languages())}"


def forget() -> None:
    """Look anew at what is installed when next asked."""
    version.cache_clear()
    _data.cache_clear()


def way_of(picture: NDArray[np.uint8], *, dpi: int, seconds: float) -> Direction | None:
    """Return which way the text of a picture runs; ``None`` where that cannot be told.

    Raises
    ------
    subprocess.TimeoutExpired
        When the program takes longer.
    """
    if _ORIENTATION not in _data():
        return None
    try:
        arguments = ["stdin", "stdout", "--dpi", str(dpi), "-l", _ORIENTATION, "--psm", "0"]
        said = _run(arguments, _pixels(picture), seconds=seconds).decode(errors="replace")
    except subprocess.CalledProcessError:  # too few letters to tell
        return None
    turns = re.search(r"^Rotate: (\d+)", said, re.MULTILINE)
    sure = re.search(r"^Orientation confidence: ([\d.]+)", said, re.MULTILINE)
    if turns is None or sure is None or float(sure[1]) < _SURE_OF_WAY:
        return None
    return _BY_TURN.get(turns[1])


def recognise(
    picture: NDArray[np.uint8], *, dpi: int, seconds: float, language: str = ENGLISH
) -> list[RecognisedLine]:
    """Read a grey picture in a language, or in several with plus signs between them.

    Raises
    ------
    OSError, subprocess.SubprocessError
        When the program cannot be run, fails, or takes longer.
    """
    arguments = ["stdin", "stdout", "--dpi", str(dpi), "-l", language, "--psm", "3", "tsv"]
    return read_table(_run(arguments, _pixels(picture), seconds=seconds).decode(errors="replace").split("\n"))


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


def _pixels(picture: NDArray[np.uint8]) -> bytes:
    height, width = picture.shape
    return b"P5 %d %d 255\n" % (width, height) + picture.tobytes()


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
