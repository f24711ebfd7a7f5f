"""A WARC file while it grows: appended to in whole members, synced, cut back to the last whole one on resume."""

import os
from errno import EIO
from pathlib import Path
from threading import Lock
from typing import Self

from harvester.warc.lock import sync_directory
from harvester.warc.members import TornTailError, iter_members
from harvester.warc.reader import OPEN_SUFFIX


class OpenFile:
    """One ``.warc.gz.open`` file. ``size`` is its length in bytes, ``synced`` how much of it is on the disk for sure.

    One thread appends and closes; another may sync meanwhile.
    """

    def __init__(self, path: Path, *, handle: int, size: int) -> None:
        self.path, self.size, self.synced = path, size, size
        self._handle = handle
        self._is_open, self._is_sound, self._closing = True, True, Lock()

    @property
    def final_name(self) -> str:
        """The name it will have when it is finished."""
        return self.path.name.removesuffix(OPEN_SUFFIX)

    @classmethod
    def begin(cls, path: Path) -> Self:
        """Make a new, empty file."""
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o644)
        sync_directory(path.parent)
        return cls(path, handle=handle, size=0)

    @classmethod
    def resume(cls, path: Path) -> Self:
        """Open a file that a killed process left, and cut its torn tail back to the last whole member.

        Raises
        ------
        WarcError
            When it is damaged other than at its end: nothing is cut then.
        """
        end = 0
        with path.open("rb") as stream:
            try:
                for member in iter_members(stream, name=path.name):
                    end = member.end
            except TornTailError as torn:
                end = torn.offset
        handle = os.open(path, os.O_WRONLY | os.O_APPEND)
        os.ftruncate(handle, end)
        os.fsync(handle)
        return cls(path, handle=handle, size=end)

    def append(self, data: bytes) -> None:
        """Write, so that readers see it; when the disk refuses, the file is as it was before."""
        if not self._is_sound:
            raise OSError(EIO, "the disk refused what was written before", str(self.path))
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._handle, view) :]
        except OSError:
            os.ftruncate(self._handle, self.size)
            raise
        self.size += len(data)

    def sync(self) -> None:
        """Bring everything that was appended before this call onto the disk.

        When the disk refuses, nothing more is taken, and what is not known to be on it is cut off in the end: no later
        attempt may take it for kept.
        """
        with self._closing:
            if not self._is_open or self.synced == self.size:
                return
            size = self.size
            try:
                os.fsync(self._handle)
            except OSError:
                self._is_sound = False
                raise
            self.synced = size

    def close(self, *, is_finished: bool) -> None:
        """Sync and close; a finished file loses its suffix."""
        if self._is_sound:
            self.sync()
        with self._closing:
            self._is_open = False
            if not self._is_sound:
                os.ftruncate(self._handle, self.synced)
            os.close(self._handle)
        if is_finished:
            self.path.rename(self.path.with_name(self.final_name))
            sync_directory(self.path.parent)
