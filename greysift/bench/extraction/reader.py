"""Reads one document with one tool, in a process of its own: ``python -m greysift.bench.extraction.reader``.

Arguments: the tool's name and the path. On standard output: what it read and what that cost, as JSON. The clock runs
over the reading alone, not over the start of the interpreter; a document is read up to ten times while that takes less
than a second, and the least counts: what else the machine does can only add. Memory is that of the first reading.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from greysift.bench.extraction.tools import TOOLS
from greysift.bench.measures import peak_bytes

_ROUNDS = 10
_LONG = 1.0  # seconds


def cpu_seconds() -> float:
    """Return the processor time of this process and of the children that it waited for."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def read(tool: str, path: Path) -> dict[str, Any]:
    """Read a document as often as it takes to time it."""
    work: Callable[[Path], dict[str, Any]] = TOOLS[tool]()
    began = cpu_seconds()
    answer = work(path)
    taken = [cpu_seconds() - began]
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    peak = children or peak_bytes()
    while len(taken) < _ROUNDS and sum(taken) < _LONG:
        began = cpu_seconds()
        work(path)
        taken.append(cpu_seconds() - began)
    return {**answer, "cpu_seconds": min(taken), "peak_bytes": peak}


if __name__ == "__main__":
    json.dump(read(sys.argv[1], Path(sys.argv[2])), sys.stdout)
