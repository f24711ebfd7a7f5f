"""Where captures lie: all that a long run keeps of each in memory."""

from array import array
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
        return cls(fact.status, fact.warc_file, fact.warc_offset)


class Places:
    """Many places, by the number that each was given: fourteen bytes for each."""

    def __init__(self) -> None:
        self._statuses, self._files, self._offsets = array("H"), array("I"), array("Q")
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._statuses)

    def __getitem__(self, number: int) -> Place:
        return Place(self._statuses[number], self._names[self._files[number]], self._offsets[number])

    def add(self, place: Place) -> int:
        """Keep a place; return its number."""
        file = self._numbers.setdefault(place.warc_file, len(self._names))
        if file == len(self._names):
            self._names.append(place.warc_file)
        self._statuses.append(place.status)
        self._files.append(file)
        self._offsets.append(place.warc_offset)
        return len(self) - 1
