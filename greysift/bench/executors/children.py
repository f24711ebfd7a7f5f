"""The child processes that read documents for this one, and how to lose one."""

import os
import signal
import time
from pathlib import Path

SECONDS_TO_WAIT = 60

_READER = b"harvester.extraction.worker"


def kill_a_reader() -> None:
    """End one of the reading children by SIGKILL, as want of memory would; wait for one if there is none.

    Raises
    ------
    TimeoutError
        When none comes for a minute.
    """
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while time.monotonic() < deadline:
        for child in _readers():
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:  # it has just ended
                continue
            return
        time.sleep(0.005)
    raise TimeoutError("no reading child came to be killed")


def _readers() -> list[int]:
    """Return those children that read; others, such as the interpreter's own helpers, are to live."""
    return [
        int(number)
        for task in Path("/proc/self/task").glob("*/children")
        for number in task.read_text().split()
        if _reads(number)
    ]


def _reads(number: str) -> bool:
    try:
        return _READER in Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:  # it has just ended
        return False
