"""Claims on work that die with their holder."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from corpus.models import Lease
from corpus.vocabulary.errors import BusyError

# Longer than any crawl of one source; on the same machine a dead holder is noticed at once.
TERM = timedelta(hours=48)


def this_process() -> str:
    """Name this process so that a successor on the same machine can tell whether it lives."""
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


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


def is_dead(holder: str) -> bool:
    """Return whether a holder is certainly gone; other machines' holders never are, before they expire."""
    host, pid, started = holder.rsplit(":", 2)
    return host == socket.gethostname() and _started(int(pid)) != started


@contextmanager
def lease(name: str, *, at: datetime | None = None) -> Iterator[None]:
    """Hold the claim on ``name`` for the length of a block.

    Raises
    ------
    BusyError
        When a process that may be alive holds it.
    """
    moment = at or timezone.now()
    holder = this_process()
    _acquire(name, holder=holder, at=moment)
    try:
        yield
    finally:
        # by its expiry too: after it, another thread of this process may hold the claim
        Lease.objects.filter(name=name, holder=holder, expires_at=moment + TERM).delete()


def _acquire(name: str, *, holder: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, expires_at=at + TERM)
    except IntegrityError:
        pass
    else:
        return None
    standing = Lease.objects.filter(name=name).first()
    if standing is None:
        return _acquire(name, holder=holder, at=at)
    taken = 0
    if standing.expires_at < at or is_dead(standing.holder):
        taken = Lease.objects.filter(
            pk=standing.pk, holder=standing.holder, expires_at=standing.expires_at
        ).update(holder=holder, expires_at=at + TERM)
    if not taken:
        raise BusyError(f"{name} is being worked on by {standing.holder}; wait for it, or stop it first")
    return None
