"""Storing: what a crawl finds goes to its sink, and one sink is the corpus. Nothing else here calls its services."""

from collections.abc import Sequence
from uuid import UUID

from asgiref.sync import sync_to_async

from corpus.vocabulary.harvest import CaptureFact, FoundRecord


class CorpusSink:
    """The sink that stores in the corpus. Django must have been set up.

    Every call runs in one and the same thread, hence on one connection to the database.
    """

    def __init__(self, run_uid: UUID) -> None:
        from corpus.services import harvest  # noqa: PLC0415 - needs Django; spiders and dry runs do not

        self._run_uid = run_uid
        self._store_found = sync_to_async(harvest.store_found, thread_sensitive=True)

    async def store(self, found: Sequence[CaptureFact | FoundRecord]) -> None:
        """Store captures and records in one transaction."""
        await self._store_found(self._run_uid, found)
