"""Things in their order that lie in a temporary file, because a long crawl has too many of them for memory."""

import pickle  # noqa: TID251 - no model, and nothing that anyone else could write
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar
from weakref import finalize

T = TypeVar("T")
TOGETHER = 100  # things that are written, and read, at once
_IN_MEMORY = 1 << 18  # bytes; less needs no file


class Pile(Generic[T]):
    """Takes what pickles. The file has no name, so that a killed process leaves none behind."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with this object
        self._end = self._size = 0
        self._newest: list[T] = []
        finalize(self, self._file.close)

    def __len__(self) -> int:
        return self._size

    def put(self, thing: T) -> None:
        """Put one more on top."""
        self._size += 1
        self._newest.append(thing)
        if len(self._newest) == TOGETHER:
            self._file.seek(self._end)
            pickle.dump(self._newest, self._file, protocol=pickle.HIGHEST_PROTOCOL)
            self._end = self._file.tell()
            self._newest = []

    def __iter__(self) -> Iterator[T]:
        """Yield all, the first put first; others may read or put meanwhile."""
        at = 0
        while at < self._end:
            self._file.seek(at)
            together: list[T] = pickle.load(self._file)  # noqa: S301 - as above
            at = self._file.tell()
            yield from together
        yield from list(self._newest)
