"""Where a crawl hands over what it finds."""

from collections.abc import Sequence
from typing import Protocol

from corpus.vocabulary.harvest import CaptureFact, FoundRecord


class Sink(Protocol):
    """Takes captures and records in batches.

    A capture is on the disk before it is handed over, and every capture that a record names comes before the
    record. Anything may come again after a killed run is resumed. What this raises fails the run.
    """

    async def store(self, found: Sequence[CaptureFact | FoundRecord]) -> None:
        """Take captures and records in their order, all of them or, when it raises, none."""
        ...
