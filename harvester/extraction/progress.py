"""Which page a child is at, left in a file for whoever asked: what ended the child was that page's doing.

PDFium ends its process when it is refused memory, so the child cannot say so itself.
"""

import os
import struct
import time
from dataclasses import dataclass, replace
from enum import IntEnum
from types import TracebackType

_FORM = struct.Struct("<iid")
_DONE = -1
_OWN_DOING = 0.5  # of a document's time, spent on one page: the page is slow, and not the document long


class Work(IntEnum):
    """What is done with a page."""

    READING = 0
    DRAWING = 1


@dataclass(frozen=True, slots=True)
class Place:
    """What a child is at with which page (from 0), and since when by the machine's clock."""

    work: Work
    page: int
    since: float

    def is_slow(self, limit: float) -> bool:
        """Whether the page alone took most of the time that the document may take."""
        return time.monotonic() - self.since >= _OWN_DOING * limit


@dataclass(frozen=True, slots=True)
class Avoided:
    """Pages (from 0) that ended a child before: they are not read, or not drawn; or no page is drawn."""

    unread: tuple[int, ...] = ()
    undrawn: tuple[int, ...] = ()
    draws_none: bool = False

    def __len__(self) -> int:
        return len(self.unread) + len(self.undrawn)

    def more(self, place: Place) -> "Avoided":
        """Return the same with one more."""
        if place.work is Work.READING:
            return replace(self, unread=(*self.unread, place.page))
        return replace(self, undrawn=(*self.undrawn, place.page))


NOTHING_AVOIDED = Avoided()


class _Report:
    file: int | None = None  # of this process


def report_to(file: int) -> None:
    """Say from now on in an open file which page this process is at."""
    _Report.file = file


class at_page:  # noqa: N801 - used as a statement; a class, since it sees every page of a document
    """Say that the page is worked on meanwhile; want of memory leaves that standing."""

    def __init__(self, page: int, work: Work = Work.READING) -> None:
        self._page, self._work = page, work

    def __enter__(self) -> None:
        _write(self._page, self._work)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, MemoryError):
            past_pages()


def past_pages() -> None:
    """Say that no page is worked on."""
    _write(_DONE, Work.READING)


def _write(page: int, work: Work) -> None:
    if _Report.file is not None:
        os.pwrite(_Report.file, _FORM.pack(page, work, time.monotonic()), 0)


def place_in(file: int) -> Place | None:
    """Return what a child left in its file; ``None`` where it was at no page."""
    said = os.pread(file, _FORM.size, 0)
    if len(said) < _FORM.size:
        return None
    page, work, since = _FORM.unpack(said)
    return None if page == _DONE else Place(Work(work), page, since)
