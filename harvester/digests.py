"""What a long crawl must remember of every address: a digest and a number, some forty bytes each, however long it is."""

from array import array
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from struct import Struct
from typing import Self

_HALVES = Struct("<QQ")
_FIRST_SLOTS = 1 << 6
_FULL = 3 / 4


class Digests:
    """Keys that were met, each with a number; the keys themselves are not kept.

    A table with open addressing in three arrays. With digests of 128 bits, two of a thousand million keys are taken for
    one with a chance of one in ten to the twentieth.
    """

    __slots__ = ("_high", "_low", "_marks", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._make(_FIRST_SLOTS)

    def __len__(self) -> int:
        return self._size

    def __contains__(self, key: str | bytes) -> bool:
        return self._size > 0 and self.holds(*_digest(key))

    def get(self, key: str | bytes) -> int | None:
        """Return a key's number, ``None`` when it was not met."""
        mark = self._marks[self._slot(*_digest(key))] if self._size else 0
        return mark - 1 if mark else None

    def __setitem__(self, key: str | bytes, number: int) -> None:
        self._put(*_digest(key), number + 1)

    def add(self, key: str | bytes) -> bool:
        """Note a key, with the number 0 when it is new; return whether it is."""
        high, low = _digest(key)
        slot = self._slot(high, low)
        is_new = not self._marks[slot]
        if is_new:
            self._fill(slot, high, low, 1)
        return is_new

    def missing_from(self, other: "Digests") -> int:
        """Return how many keys are in this and not in the other."""
        return sum(not other.holds(high, low) for high, low, _ in self._filled())

    def numbers(self) -> Iterator[int]:
        """Yield the number of each key, in no order."""
        return (mark - 1 for mark in self._marks if mark)

    def holds(self, high: int, low: int) -> bool:
        """Return whether a key of this digest was met."""
        return self._marks[self._slot(high, low)] != 0

    def as_bytes(self) -> bytes:
        """Return the digests, whatever order their keys came in; without their numbers."""
        return b"".join(sorted(_HALVES.pack(high, low) for high, low, _ in self._filled()))

    @classmethod
    def from_bytes(cls, packed: bytes) -> Self:
        """Return what :meth:`as_bytes` told, each key with the number 0."""
        made = cls()
        for high, low in _HALVES.iter_unpack(packed):
            made._put(high, low, 1)
        return made

    def _slot(self, high: int, low: int) -> int:
        """Return the place of a digest, or the empty one where it would stand."""
        marks, lows, highs = self._marks, self._low, self._high
        last = len(marks)
        slot = low % last
        while marks[slot] and (lows[slot] != low or highs[slot] != high):
            slot += 1
            if slot == last:
                slot = 0
        return slot

    def _put(self, high: int, low: int, mark: int) -> None:
        slot = self._slot(high, low)
        if self._marks[slot]:
            self._marks[slot] = mark
        else:
            self._fill(slot, high, low, mark)

    def _fill(self, slot: int, high: int, low: int, mark: int) -> None:
        """Take an empty place."""
        self._high[slot], self._low[slot], self._marks[slot] = high, low, mark
        self._size += 1
        if self._size > len(self._marks) * _FULL:
            self._grow()

    def _filled(self) -> Iterator[tuple[int, int, int]]:
        return (
            (high, low, mark)
            for high, low, mark in zip(self._high, self._low, self._marks, strict=True)
            if mark
        )

    def _make(self, slots: int) -> None:
        self._high, self._low, self._marks = (array("Q", bytes(8 * slots)) for _ in range(3))

    def _grow(self) -> None:
        filled = self._filled()
        self._make(len(self._marks) * 3 // 2)
        for high, low, mark in filled:
            slot = self._slot(high, low)
            self._high[slot], self._low[slot], self._marks[slot] = high, low, mark


@lru_cache(maxsize=256)  # an address is looked up several times while it is asked for
def _digest(key: str | bytes) -> tuple[int, int]:
    data = key if isinstance(key, bytes) else key.encode("utf-8", "surrogatepass")
    high, low = _HALVES.unpack(blake2b(data, digest_size=16).digest())
    return high, low
