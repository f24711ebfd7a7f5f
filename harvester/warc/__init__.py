"""WARC files: one gzip member for each record, written so that a killed process loses nothing it reported."""

from harvester.warc.members import TornTailError, WarcError
from harvester.warc.places import Place
from harvester.warc.reader import (
    Captured,
    Exchange,
    FailureNote,
    RecordedRun,
    read_body,
    read_capture,
    read_captures,
    read_entries,
    read_exchange,
    run_files,
    run_of,
)
from harvester.warc.writer import ReceivedResponse, WarcWriter

__all__ = [
    "Captured",
    "Exchange",
    "FailureNote",
    "Place",
    "ReceivedResponse",
    "RecordedRun",
    "TornTailError",
    "WarcError",
    "WarcWriter",
    "read_body",
    "read_capture",
    "read_captures",
    "read_entries",
    "read_exchange",
    "run_files",
    "run_of",
]
