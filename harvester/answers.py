"""The answers of each address, in their order, in few bytes each: a long run has many, and most are never asked again."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain

from harvester.digests import Digests
from harvester.warc import Place, Places


class Answers:
    """Lines of answers, one for each key, and how far each line was given out.

    Numbers in the arrays are one more than the place's own, so that 0 is none.
    """

    def __init__(self) -> None:
        self._places = Places()
        self._lines = Digests()
        self._following = array("I")  # by place
        self._first, self._last, self._given = (array("I") for _ in range(3))  # by line

    def append(self, key: str, place: Place) -> None:
        """Put an answer at the end of a line."""
        number = self._places.add(place) + 1
        self._following.append(0)
        line = self._lines.get(key)
        if line is None:
            self._lines[key] = len(self._first)
            self._first.append(number)
            self._last.append(number)
            self._given.append(0)
        else:
            self._following[self._last[line] - 1] = number
            self._last[line] = number

    def last(self, key: str) -> Place | None:
        """Return the answer at the end of a line."""
        line = self._lines.get(key)
        return None if line is None else self._places[self._last[line] - 1]

    def given(self, key: str) -> Place | None:
        """Return the answer that was given out last."""
        line = self._lines.get(key)
        number = 0 if line is None else self._given[line]
        return self._places[number - 1] if number else None

    def has_another(self, key: str) -> bool:
        """Return whether a line goes on after what was given out."""
        line = self._lines.get(key)
        return line is not None and self._next(line) != 0

    def give(self, key: str) -> Place | None:
        """Give out the next answer of a line, ``None`` at its end."""
        line = self._lines.get(key)
        number = 0 if line is None else self._next(line)
        if line is None or not number:
            return None
        self._given[line] = number
        return self._places[number - 1]

    def give_all(self, key: str) -> None:
        """Take a line as given out to its end."""
        if (line := self._lines.get(key)) is not None:
            self._given[line] = self._last[line]

    def rest(self, *, before: Iterable[str] = ()) -> Iterator[Place]:
        """Yield what was not given out, line by line in the order of their beginnings, but some lines before all others."""
        first = [line for key in before if (line := self._lines.get(key)) is not None]
        others = (line for line in range(len(self._first)) if line not in first)
        for line in chain(first, others):
            number = self._next(line)
            while number:
                yield self._places[number - 1]
                number = self._following[number - 1]

    def _next(self, line: int) -> int:
        given = self._given[line]
        return self._following[given - 1] if given else self._first[line]
