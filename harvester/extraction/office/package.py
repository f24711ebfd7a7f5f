"""The zip archive that an office file is: bounded, and readable at all."""

import zipfile
from pathlib import Path

from corpus.vocabulary.errors import ExtractionError

MOST_PARTS = 20_000
LARGEST_UNPACKED = 512 * 1024**2  # bytes; what is read of it must fit into the child's memory besides


def check_package(path: Path, *, needs: str) -> None:
    """Refuse an archive that is damaged, unpacks to too much, or lacks the part that holds the text.

    Raises
    ------
    ExtractionError
        With the reason.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ExtractionError("The file is damaged: its archive cannot be opened.") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ExtractionError(f"The file unpacks to more than {LARGEST_UNPACKED // 2**20} MiB.")
    found = [part for part in parts if part.filename == needs]
    if not found:
        raise ExtractionError(f"The file is no document of this kind: it has no {needs}.")
    if any(part.flag_bits & 1 for part in found):
        raise ExtractionError("The document is encrypted: it asks for a password.")


def read_part(path: Path, name: str) -> bytes | None:
    """Return one part's bytes; ``None`` where it is not there or cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)
    except (KeyError, RuntimeError, zipfile.BadZipFile, NotImplementedError, EOFError):
        return None
