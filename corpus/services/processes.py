"""Names of processes that tell, on the same machine, whether they live."""

import hashlib
import os
import socket
from functools import cache
from pathlib import Path


def this_process() -> str:
    """Name this process so that a successor on the same machine can tell whether it lives."""
    return f"{_machine()}:{os.getpid()}:{_started(os.getpid())}"


def is_dead(process: str) -> bool:
    """Return whether a process is certainly gone; other machines' processes never are."""
    machine, pid, started = process.rsplit(":", 2)
    return machine == _machine() and _started(int(pid)) != started


@cache
def _machine() -> str:
    """Name what this process's number is counted by: the machine since it was started, or the container.

    Two containers may well have one name; a living process of one must not be looked up in the other and found dead.
    """
    try:
        start = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        counted_by = f"{start}{Path('/proc/self/ns/pid').readlink()}"
    except OSError:  # no Linux: there nothing is known of processes, and all count as living
        counted_by = ""
    digest = hashlib.sha256(counted_by.encode()).hexdigest()[:8]
    return f"{socket.gethostname()}+{digest}"


def _started(pid: int) -> str:
    """Return when a process began, in clock ticks since boot; empty when there is no such process.

    One that was killed and not yet reaped by its parent is there in name only.
    """
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - hot and tiny
            facts = file.read().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if facts[0] in {"Z", "X"} else facts[19]
