"""What a crawl knows of all that a source listed: when it was last listed, and what reading it brought."""

from dataclasses import dataclass

from harvester.digests import Digests

_ROUND = 7  # the bits for the number of the listing
_GONE = 8
_FILES = 4  # bits to the left


@dataclass(frozen=True, slots=True)
class Left:
    """What the last listing lacks: how much, how much of that answered that it is gone, and the documents had of it."""

    number: int = 0
    gone: int = 0
    documents: int = 0


class Known:
    """Everything listed, by its identity. For each there is one digest and one number, and all is in the number."""

    def __init__(self) -> None:
        self._numbers, self._other_addresses = Digests(), Digests()
        self._round = 1

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, key: str) -> bool:
        return key in self._numbers

    def begin_again(self) -> None:
        """Begin the next listing: nothing is listed in it yet. There may be seven."""
        self._round += 1

    def lists(self, url: str) -> bool:
        """Return whether anything listed has this address."""
        return url in self._numbers or url in self._other_addresses

    def is_listed(self, key: str) -> bool:
        """Return whether the present listing has it."""
        number = self._numbers.get(key)
        return number is not None and number & _ROUND == self._round

    def enter(self, key: str, *, url: str) -> tuple[bool, bool]:
        """Note something as listed; return whether this listing had it not, and whether none had."""
        number = self._numbers.get(key)
        if number is not None and number & _ROUND == self._round:
            return False, False
        self._numbers[key] = (number or 0) & ~_ROUND | self._round
        if url != key:
            self._other_addresses.add(url)
        return True, number is None

    def note_read(self, key: str, *, is_gone: bool, documents: int) -> None:
        """Note what reading it brought; what was never listed is passed over."""
        number = self._numbers.get(key)
        if number is not None:
            self._numbers[key] = documents << _FILES | (_GONE if is_gone else 0) | number & _ROUND

    def left(self) -> Left:
        """Return what was listed once, and is not in the present listing."""
        numbers = [number for number in self._numbers.numbers() if number & _ROUND != self._round]
        return Left(len(numbers), sum(n & _GONE != 0 for n in numbers), sum(n >> _FILES for n in numbers))
