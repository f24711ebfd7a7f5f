"""The child processes of this one, and how to lose one."""

import os
import signal
import time
from pathlib import Path

SECONDS_TO_WAIT = 60


def kill_a_child() -> None:
    """End one of the children by SIGKILL, as want of memory would; wait for one if there is none.

    Raises
    ------
    TimeoutError
        When no child comes for a minute.
    """
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while time.monotonic() < deadline:
        for child in _children():
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:  # it has just ended
                continue
            return
        time.sleep(0.005)
    raise TimeoutError("no child process came to be killed")


def _children() -> list[int]:
    return [
        int(number)
        for task in Path("/proc/self/task").glob("*/children")
        for number in task.read_text().split()
    ]
