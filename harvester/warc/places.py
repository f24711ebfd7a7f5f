"""Where captures lie: all that a long run keeps of each in memory."""

from sys import intern
from typing import NamedTuple, Self

from corpus.vocabulary.harvest import CaptureFact


class Place(NamedTuple):
    """The place of a capture in the WARC files of a folder, and the status that was answered."""

    status: int
    warc_file: str
    warc_offset: int

    @classmethod
    def of(cls, fact: CaptureFact) -> Self:
        """Return where a capture lies."""
        return cls(fact.status, intern(fact.warc_file), fact.warc_offset)
