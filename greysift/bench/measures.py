"""Time, processor time and memory of this process, and whether memory grows with the work."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from os import sysconf
from pathlib import Path

import numpy as np

_PROCESS = Path("/proc/self")
FLAT_BELOW = 512
"""Bytes a document. A run keeps digests of each address and identity that it has met, some two hundred bytes together;
the rest is room for what the allocator does not give back at once."""

TELLING = 10_000
"""Documents from which on growth can be told from what starting up takes."""


def is_flat(bytes_a_document: float, *, documents: int) -> bool | None:
    """Return whether memory stays flat; ``None`` when there were too few documents to tell."""
    return bytes_a_document < FLAT_BELOW if documents >= TELLING else None


class Stopwatch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Return the seconds since then, and those of processor time, of all threads together."""
        return time.perf_counter() - self._began[0], time.process_time() - self._began[1]


@dataclass
class MemoryCurve:
    """Resident memory by the number of documents done, looked at every so many of them."""

    every: int
    seen: list[tuple[int, int]] = field(default_factory=list)

    def look(self, done: int) -> None:
        """Note the memory, when it is time to."""
        if done % self.every == 0:
            self.seen.append((done, resident_bytes()))


def resident_bytes() -> int:
    """Return the resident memory of this process in bytes."""
    return int((_PROCESS / "statm").read_text().split()[1]) * sysconf("SC_PAGE_SIZE")


def peak_bytes() -> int:
    """Return the most resident memory that this process ever held, in bytes."""
    status = (_PROCESS / "status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


def at_parts(seen: Sequence[tuple[int, int]], parts: Sequence[float]) -> list[int]:
    """Return the memory when such parts of all documents were done: at the first look from there on."""
    last = seen[-1][0] if seen else 0
    return [next(size for done, size in seen if done >= part * last) for part in parts] if seen else []


def growth(seen: Sequence[tuple[int, int]]) -> float:
    """Return by how many bytes a document memory grew over the second half of the documents (least squares)."""
    late = [(done, size) for done, size in seen if done * 2 >= seen[-1][0]] if seen else []
    if len(late) < 2:
        return 0.0
    done, size = np.array(late, dtype=float).T
    return float(np.polyfit(done, size, 1)[0])
