"""The bytes of captures, wherever the WARC files lie."""

from pathlib import Path

from django.conf import settings

from harvester.warc import read_body

OPEN_SUFFIX = ".open"


def warc_dir() -> Path:
    """Return the folder of this installation's WARC files."""
    return Path(settings.DATA_DIR) / "warc"


def body_of(warc_file: str, warc_offset: int) -> bytes:
    """Return the body of the capture at this place, whether or not its file is still being written."""
    path = warc_dir() / warc_file
    if not path.exists():
        path = path.with_name(path.name + OPEN_SUFFIX)
    return read_body(path, warc_offset)
