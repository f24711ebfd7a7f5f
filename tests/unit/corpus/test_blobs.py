"""Bytes are named by what they are, kept once, and never half there."""

import hashlib
import resource

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.blobs import read_blob, write_blob


def files_in(folder):
    return sorted(p for p in folder.rglob("*") if p.is_file())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=5000))
def test_what_was_written_is_read(data_dir, data):
    name = write_blob(data)

    assert name == hashlib.sha256(data).hexdigest()
    assert read_blob(name) == data


def test_same_bytes_are_one_file(data_dir):
    name = write_blob(b"once")
    (place,) = files_in(data_dir)
    written = place.stat().st_mtime_ns, place.stat().st_ino

    assert write_blob(b"once") == name

    assert files_in(data_dir) == [place]
    assert (place.stat().st_mtime_ns, place.stat().st_ino) == written


def test_missing_blob_is_said_to_be_missing(data_dir):
    with pytest.raises(FileNotFoundError):
        read_blob("0" * 64)


def test_write_that_finds_no_room_leaves_nothing(data_dir):
    write_blob(b"before")
    before = files_in(data_dir)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_blob(b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert files_in(data_dir) == before
