"""Real documents damaged at random: cut short, or with some of their bits turned. The same seed damages alike."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

DOCUMENTS = 10
_MOST_BITS = 400  # a few break an object, hundreds break most of them
_AT_LEAST = 16  # bytes left of a document that is cut short


@dataclass(frozen=True, slots=True)
class Mutant:
    """A damaged copy of a document, and what was done to it."""

    name: str
    damage: str
    data: bytes


def smallest(folder: Path, *, documents: int = DOCUMENTS) -> list[Path]:
    """Return the smallest PDFs below a folder: each is read many times."""
    return sorted(folder.rglob("*.pdf"), key=lambda path: (path.stat().st_size, path.name))[:documents]


def mutants_of(documents: Sequence[Path], *, most: int, seed: int) -> Iterator[Mutant]:
    """Yield so many mutants, of each document in turn, cut short and turned in turn."""
    contents = [path.read_bytes() for path in documents]
    for number in range(most if contents else 0):
        place, turn = number % len(contents), number // len(contents)
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - damage, not secrets
        data = contents[place]
        changed, damage = _cut(data, chance) if turn % 2 == 0 else _turned(data, chance)
        yield Mutant(documents[place].name, damage, changed)


def _cut(data: bytes, chance: random.Random) -> tuple[bytes, str]:
    length = chance.randint(min(_AT_LEAST, len(data)), max(len(data) - 1, 0))
    return data[:length], f"cut to {length} of {len(data)} bytes"


def _turned(data: bytes, chance: random.Random) -> tuple[bytes, str]:
    changed = bytearray(data)
    bits = round(_MOST_BITS ** chance.random())  # as often 1 to 20 as 20 to 400
    for _ in range(bits):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed), f"{bits} bits turned"
