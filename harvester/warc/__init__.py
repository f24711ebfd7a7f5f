"""WARC files: one gzip member for each record, written so that a killed process loses nothing it reported."""

from harvester.warc.acceptance import acceptance_of, write_acceptance
from harvester.warc.members import TornTailError, WarcError
from harvester.warc.places import Place, Places
from harvester.warc.reader import (
    Captured,
    Exchange,
    FailureNote,
    RecordedRun,
    Stopped,
    bodies_elsewhere,
    read_body,
    read_capture,
    read_captures,
    read_entries,
    read_exchange,
    run_files,
    run_of,
)
from harvester.warc.survey import FileSurvey, survey
from harvester.warc.writer import ROTATE_AT, ReceivedResponse, WarcWriter

__all__ = [
    "ROTATE_AT",
    "Captured",
    "Exchange",
    "FailureNote",
    "FileSurvey",
    "Place",
    "Places",
    "ReceivedResponse",
    "RecordedRun",
    "Stopped",
    "TornTailError",
    "WarcError",
    "WarcWriter",
    "acceptance_of",
    "bodies_elsewhere",
    "read_body",
    "read_capture",
    "read_captures",
    "read_entries",
    "read_exchange",
    "run_files",
    "run_of",
    "survey",
    "write_acceptance",
]
