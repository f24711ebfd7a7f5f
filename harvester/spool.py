"""Things by their keys that lie in a temporary file, because a long crawl has too many of them for memory."""

import pickle  # noqa: TID251 - no model, and nothing that anyone else could write
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar
from weakref import finalize

from harvester.digests import Digests

T = TypeVar("T")
_IN_MEMORY = 1 << 18  # bytes; less needs no file


class Spool(Generic[T]):
    """A mapping from text to what pickles. The file has no name, so that a killed process leaves none behind."""

    def __init__(self) -> None:
        self.keys = Digests()
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with this object
        self._end = 0
        finalize(self, self._file.close)

    def __len__(self) -> int:
        return len(self.keys)

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def __setitem__(self, key: str, value: T) -> None:
        self._file.seek(self._end)
        pickle.dump((key, value), self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self.keys[key], self._end = self._end, self._file.tell()

    def get(self, key: str, /) -> T | None:
        """Return what was last put under a key, ``None`` when nothing was."""
        at = self.keys.get(key)
        return None if at is None else self._read(at)[1]

    def items(self) -> Iterator[tuple[str, T]]:
        """Yield keys and what was last put under each, in the order of putting; others may read or put meanwhile."""
        at = 0
        while at < self._end:
            key, value = self._read(at)
            following = self._file.tell()
            if self.keys.get(key) == at:
                yield key, value
            at = following

    def _read(self, at: int) -> tuple[str, T]:
        self._file.seek(at)
        read: tuple[str, T] = pickle.load(self._file)  # noqa: S301 - as above
        return read
