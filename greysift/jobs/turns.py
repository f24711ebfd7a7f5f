"""Turns at hosts that every crawl of the installation shares."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from asgiref.sync import sync_to_async
from django.db import Error

from corpus.services.processes import this_process
from corpus.services.turns import give_turn_back, renew_turns, take_turn
from corpus.vocabulary.errors import TurnsError
from corpus.vocabulary.turns import Ending, Wait


class CorpusTurns:
    """Turns kept by the corpus; in the one thread that has the crawl's connection to the database.

    ``check`` is called before each turn and raises when this process may no longer work on the source.
    """

    def __init__(self, *, check: Callable[[], None]) -> None:
        self._holder = this_process()
        self._check = check
        self._take = sync_to_async(take_turn, thread_sensitive=True)
        self._renew = sync_to_async(renew_turns, thread_sensitive=True)
        self._give_back = sync_to_async(give_turn_back, thread_sensitive=True)

    async def take(self, host: str, *, pace: float) -> Wait | None:
        """Take the turn, or say how long to wait."""
        self._check()
        with _told():
            return await self._take(host, holder=self._holder, pace=pace)

    async def renew(self, hosts: Iterable[str]) -> None:
        """Hold on to turns that take long."""
        with _told():
            await self._renew(list(hosts), holder=self._holder)

    async def give_back(self, host: str, ending: Ending) -> None:
        """End a turn."""
        with _told():
            await self._give_back(host, ending, holder=self._holder)


@contextmanager
def _told() -> Iterator[None]:
    """Say of the database's errors that turns cannot be kept."""
    try:
        yield
    except Error as error:
        raise TurnsError(f"{type(error).__name__}: {error}") from error
