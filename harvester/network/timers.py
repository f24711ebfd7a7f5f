"""Cancelled timers, thrown away in time."""

from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import LoopingCall

EVERY = 5.0  # seconds


class Sweeping:
    """Makes Twisted look at its timers every few seconds.

    Each request sets two, of minutes, and cancels them when it is answered. Twisted throws cancelled timers away when
    another one is due, and beside asyncio that is seldom: without this a fast crawl gathers hundreds of thousands.
    """

    def __init__(self, reactor: IReactorTime) -> None:
        self._call = LoopingCall(lambda: None)
        self._call.clock = reactor
        self._call.start(EVERY, now=False)

    def stop(self) -> None:
        """Leave it at that."""
        if self._call.running:
            self._call.stop()
