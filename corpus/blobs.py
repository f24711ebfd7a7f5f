"""Content-addressed bytes on disk: named by their SHA-256, written once, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def _place(sha256: str) -> Path:
    return Path(settings.DATA_DIR) / "blobs" / sha256[:2] / sha256


def write_blob(data: bytes) -> str:
    """Store ``data`` unless it is there already; return its SHA-256.

    Written to a temporary name, synced, then renamed: a killed process leaves no half blob.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    place = _place(sha256)
    if place.exists():
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=place.parent, prefix=".draft-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256


def read_blob(sha256: str) -> bytes:
    """Return the bytes with this SHA-256.

    Raises
    ------
    FileNotFoundError
        When no such blob is stored.
    """
    return _place(sha256).read_bytes()
