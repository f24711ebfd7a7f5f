"""One writer for each run, and names that survive a power cut."""

import fcntl
import os
from pathlib import Path

from corpus.vocabulary.errors import BusyError


class RunLock:
    """An advisory lock on a file; the system lets go of it when its process dies, however it dies.

    Raises
    ------
    BusyError
        When another live process holds it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = path.exists() and path.stat().st_ino == os.fstat(self._handle).st_ino
        except OSError:
            is_ours = False
        if not is_ours:
            self.release(forget=False)
            raise BusyError(f"Another process is writing run {path.stem}: wait until it has ended.")

    def release(self, *, forget: bool) -> None:
        """Let go; ``forget`` also removes the file, when nobody will come back for this run."""
        if self._handle is not None:
            if forget:
                self._path.unlink(missing_ok=True)
            os.close(self._handle)
            self._handle = None


def sync_directory(path: Path) -> None:
    """Make names that were created or changed in a folder durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
