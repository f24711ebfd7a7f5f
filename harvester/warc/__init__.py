"""WARC files: one gzip member for each record, written so that a killed process loses nothing it reported."""

from harvester.warc.members import TornTailError, WarcError
from harvester.warc.reader import (
    Captured,
    Exchange,
    FailureNote,
    RecordedRun,
    read_body,
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
    "ReceivedResponse",
    "RecordedRun",
    "TornTailError",
    "WarcError",
    "WarcWriter",
    "read_body",
    "read_captures",
    "read_entries",
    "read_exchange",
    "run_files",
    "run_of",
]
