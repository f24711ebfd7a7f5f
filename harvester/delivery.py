"""What a crawl has found, on its way to the sink: in order, in batches, and never so much that memory swells."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

from corpus.vocabulary.harvest import CaptureFact, FoundRecord
from harvester.sinks import Sink

MOST_IN_BATCH = 512
MOST_WAITING = 1024
LINGER_SECONDS = 0.2
"""How long a busy crawl lets a batch grow; what comes after a pause is stored at once."""

Found = CaptureFact | FoundRecord


class Delivery:
    """Brings captures and records to the sink, one batch at a time.

    A batch waits until the WARC is synced, then it is stored whole; while that goes on, the next one gathers. When a
    batch cannot be stored, its things are stored one by one up to the one that is to blame.

    Parameters
    ----------
    sink
        Takes the batches.
    sync
        Brings onto the disk what the WARC was given so far; called in another thread.
    stored, failed
        Called with what has been stored, and with the first thing that could not be and why. After that, nothing
        more is taken.
    """

    def __init__(
        self,
        sink: Sink,
        *,
        sync: Callable[[], None],
        stored: Callable[[Sequence[Found]], None],
        failed: Callable[[Found, Exception], None],
    ) -> None:
        self._sink, self._sync, self._stored, self._failed = sink, sync, stored, failed
        self._waiting: deque[Found] = deque()
        self._carrying: asyncio.Task[None] | None = None
        self._is_enough, self._has_room = asyncio.Event(), asyncio.Event()
        self._is_flushing = self._has_failed = False

    async def put(self, found: Found) -> None:
        """Take one more; wait when too many are waiting."""
        if self._has_failed:
            return
        self._waiting.append(found)
        if self._carrying is None or self._carrying.done():
            self._carrying = asyncio.ensure_future(self._carry())
        if len(self._waiting) >= MOST_IN_BATCH:
            self._is_enough.set()
        while len(self._waiting) > MOST_WAITING:
            self._has_room.clear()
            await self._has_room.wait()

    async def flush(self) -> None:
        """Wait until everything is stored, or something could not be."""
        if self._carrying is not None and not self._carrying.done():
            self._is_flushing = True
            self._is_enough.set()
            await asyncio.wait([self._carrying])
            self._is_flushing = False

    async def _carry(self) -> None:
        while self._waiting:
            self._is_enough.clear()
            batch = [self._waiting.popleft() for _ in range(min(MOST_IN_BATCH, len(self._waiting)))]
            self._has_room.set()
            if not await self._is_stored(batch):
                self._has_failed = True
                self._waiting.clear()
                self._has_room.set()
                return
            if self._waiting and len(self._waiting) < MOST_IN_BATCH and not self._is_flushing:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._is_enough.wait(), LINGER_SECONDS)

    async def _is_stored(self, batch: list[Found]) -> bool:
        try:
            await self._store(batch)
        except Exception as error:  # noqa: BLE001 - whatever storing raises fails the run, and with it the crawl
            if len(batch) == 1:
                self._failed(batch[0], error)
                return False
            for found in batch:
                if not await self._is_stored([found]):
                    return False
        return True

    async def _store(self, batch: list[Found]) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._sync)
        await self._sink.store(batch)
        self._stored(batch)
