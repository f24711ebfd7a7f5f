"""Whose turn it is to ask a host: the port that a crawl takes its turns through, and the one for a single process."""

import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from corpus.vocabulary.turns import Ending, HostState, Wait, give_back, take

_PORTS = {"http": 80, "https": 443}


class Turns(Protocol):
    """One turn at a time to a host, whoever shares the budget.

    Within a crawl a host's turns are asked for one after the other, so that these need not tell them apart.
    """

    async def take(self, host: str, *, pace: float) -> Wait | None:
        """Take the turn if it may be had now; else say how long to wait before trying again.

        Raises
        ------
        BusyError
            When this process may no longer work on the source.
        TurnsError
            When turns cannot be kept now; the others raise it too.
        """
        ...

    async def renew(self, hosts: Iterable[str]) -> None:
        """Hold on to turns that take long."""
        ...

    async def give_back(self, host: str, ending: Ending) -> None:
        """End a turn."""
        ...


class LocalTurns:
    """Turns among the requests of this process: for crawls without a corpus."""

    def __init__(self) -> None:
        self._start = datetime.now(UTC)
        self._started = time.monotonic()
        self._states: defaultdict[str, HostState] = defaultdict(lambda: HostState(free_at=self._start))

    async def take(self, host: str, *, pace: float) -> Wait | None:
        """Take the turn, or say how long to wait."""
        self._states[host], wait = take(
            self._states[host], holder="this crawl", pace=pace, at=self._now(), is_holder_gone=True
        )
        return wait

    async def renew(self, hosts: Iterable[str]) -> None:
        """Do nothing: within one process no turn is lost."""

    async def give_back(self, host: str, ending: Ending) -> None:
        """End a turn."""
        self._states[host] = give_back(self._states[host], ending, holder="this crawl", at=self._now())

    def _now(self) -> datetime:
        """Return the time by a clock that nobody sets."""
        return self._start + timedelta(seconds=time.monotonic() - self._started)


def host_of(url: str) -> str:
    """Return what names the host of a URL, however it is written: ``name``, or ``name:port`` if the port is unusual.

    http and https of one name are one host.
    """
    parts = urlsplit(url)
    name = (parts.hostname or "").rstrip(".")
    if not name.isascii():
        name = name.encode("idna").decode("ascii")
    if ":" in name:
        name = f"[{name}]"
    port = parts.port
    return name if port is None or port in _PORTS.values() else f"{name}:{port}"
