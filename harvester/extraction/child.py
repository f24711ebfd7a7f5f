"""What a child process may cost: its limits, set by itself before it looks at the document."""

import ctypes
import logging
import math
import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.vocabulary.documents import ExtractionLimits

_PR_SET_PDEATHSIG = 1


def confine(limits: ExtractionLimits, *, parent: int) -> None:
    """Bound this process's memory, time and files, and let it die with its parent.

    When its time is up the system ends it with SIGALRM, whatever it is at. On systems without the parent-death signal a left-over child ends when its processor time is spent.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before it could be watched
            os._exit(1)
    seconds = math.ceil(limits.seconds + limits.recognition_seconds) + 1
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    _limit(resource.RLIMIT_FSIZE, limits.memory_bytes)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    logging.disable()  # the readers warn of every oddity in a file; what matters is in the result


@contextmanager
def another_clock(seconds: float) -> Iterator[None]:
    """Stop this process's clock meanwhile, if it has one, and count processor time instead.

    When that is up the system ends the process with SIGPROF, so that its parent knows what it was at.
    """
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    if not left:
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, left)


def _limit(what: int, most: int) -> None:
    """Set a soft limit, which no limit set outside may forbid."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
