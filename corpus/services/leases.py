"""Claims on work that die with their holder."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction

from corpus.models import Lease
from corpus.services.clock import database_now
from corpus.services.processes import is_dead, this_process
from corpus.vocabulary.errors import BusyError

logger = logging.getLogger(__name__)

TERM = timedelta(minutes=5)
"""How long a claim outlives a holder on another machine; on the same machine a dead one is noticed at once."""
RENEWED_EVERY = timedelta(minutes=1)
LOOKED_AFTER_EVERY = timedelta(seconds=1)
"""How often one who waits looks whether the claim is free."""


class Claim:
    """A lease that is held, renewed by a thread of its own while the work goes on."""

    def __init__(self, name: str, *, holder: str, until: datetime) -> None:
        self._name, self._holder, self._until = name, holder, until
        self._is_lost = False
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name=f"lease of {name}", daemon=True)

    def check(self) -> None:
        """Make sure that the claim still stands.

        Raises
        ------
        BusyError
            When it ran out, as it does for a process that was halted for minutes, and another took it.
        """
        if self._is_lost:
            raise BusyError(
                f"{self._name} was taken over by another process, since this one gave no sign of life for "
                f"{TERM.total_seconds() / 60:.0f} minutes; nothing is lost: the other goes on"
            )

    def renew(self, *, at: datetime | None = None) -> None:
        """Put the end of the claim off, if it still stands."""
        with self._lock:
            until = (at or database_now()) + TERM
            # by its expiry too: after it, another thread of this process may hold the claim
            mine = Lease.objects.filter(name=self._name, holder=self._holder, expires_at=self._until)
            if mine.update(expires_at=until):
                self._until = until
            else:
                self._is_lost = True

    def begin(self) -> None:
        """Begin to renew."""
        self._thread.start()

    def end(self) -> None:
        """Renew no more and give the claim back."""
        self._is_over.set()
        self._thread.join()
        Lease.objects.filter(name=self._name, holder=self._holder, expires_at=self._until).delete()

    def _keep(self) -> None:
        while not self._is_over.wait(RENEWED_EVERY.total_seconds()) and not self._is_lost:
            try:
                self.renew()
            except DatabaseError:  # the next minute may do better; the claim outlives several
                logger.exception("lease=%s could not be renewed", self._name)
            finally:
                connection.close()  # this thread's own


@contextmanager
def lease(
    name: str, *, at: datetime | None = None, waiting: Callable[[str], None] | None = None
) -> Iterator[Claim]:
    """Hold the claim on ``name`` for the length of a block.

    Parameters
    ----------
    name
        What is claimed.
    at
        The time, if not the database's.
    waiting
        Told once who holds the claim, if anyone does: then it is waited for. Without it nobody waits.

    Raises
    ------
    BusyError
        When a process that may be alive holds it, and nobody waits.
    """
    holder = this_process()
    moment = at or database_now()
    is_told = False
    while (other := _acquire(name, holder=holder, at=moment)) is not None:
        if waiting is None:
            raise BusyError(f"{name} is being worked on by {other}; wait for it, or stop it first")
        if not is_told:
            waiting(other)
        is_told = True
        time.sleep(LOOKED_AFTER_EVERY.total_seconds())
        moment = database_now()
    claim = Claim(name, holder=holder, until=moment + TERM)
    claim.begin()
    try:
        yield claim
    finally:
        claim.end()


def _acquire(name: str, *, holder: str, at: datetime) -> str | None:
    """Take the claim, or return who has it."""
    standing = Lease.objects.filter(name=name).first()
    if standing is None:
        try:
            with transaction.atomic():
                Lease.objects.create(name=name, holder=holder, expires_at=at + TERM)
        except IntegrityError:  # another was quicker
            return _acquire(name, holder=holder, at=at)
        return None
    taken = 0
    if standing.expires_at < at or is_dead(standing.holder):
        taken = Lease.objects.filter(
            pk=standing.pk, holder=standing.holder, expires_at=standing.expires_at
        ).update(holder=holder, expires_at=at + TERM)
    return None if taken else standing.holder


def held_names(prefix: str, *, at: datetime) -> list[str]:
    """Return what, of all that begins with ``prefix``, a process that may be alive works on."""
    claims = Lease.objects.filter(name__startswith=prefix, expires_at__gte=at).order_by("name")
    return [claim.name for claim in claims if not is_dead(claim.holder)]
