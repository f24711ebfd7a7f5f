"""Where a crawl hands over what it finds."""

from typing import Protocol

from corpus.vocabulary.harvest import CaptureFact, FoundRecord


class Sink(Protocol):
    """Takes captures and records as they come.

    A capture is on the disk before it is handed over, and every capture that a record names is handed over before the
    record. Anything may come again after a killed run is resumed: the answer says whether it was new. What these raise
    fails the run.
    """

    async def store_capture(self, fact: CaptureFact) -> bool:
        """Take a capture; ``True`` when it was new."""
        ...

    async def store_record(self, found: FoundRecord) -> bool:
        """Take a record with its documents; ``True`` when it was new."""
        ...
