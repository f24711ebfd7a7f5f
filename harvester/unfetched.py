"""Addresses that gave no answer, though another day they may: how many, and a few of them by name."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from harvester.digests import Digests

MOST_NAMED = 20
"""When there are more, a person may not accept just these."""


class Unfetched:
    """Counts addresses, each once, and keeps the first few by the alphabet: the same whatever came first."""

    def __init__(self) -> None:
        self._met = Digests()
        self._named: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._met)

    def __contains__(self, url: str) -> bool:
        return url in self._met

    def __iter__(self) -> Iterator[str]:
        """Yield the addresses that are kept, by the alphabet: all of them, where they are few."""
        return iter(sorted(self._named))

    def note(self, url: str, reason: str) -> None:
        """Count an address; of several reasons for one, the last is told."""
        self._met.add(url)
        self._named[url] = reason
        if len(self._named) > MOST_NAMED:
            del self._named[max(self._named)]

    def as_plain(self) -> dict[str, object]:
        """Return plain JSON values."""
        return {"met": self._met.as_bytes().hex(), "named": self._named}

    @classmethod
    def from_plain(cls, said: Mapping[str, Any]) -> Self:
        """Return what :meth:`as_plain` told."""
        made = cls()
        made._met, made._named = Digests.from_bytes(bytes.fromhex(said["met"])), dict(said["named"])
        return made

    def sentence(self) -> str | None:
        """Return how it is told, ``None`` when every address gave an answer."""
        if not self._named:
            return None
        url = min(self._named)
        if len(self) == 1:
            return f"1 address gave no answer: {url} ({self._named[url]})."
        return f"{len(self)} addresses gave no answer, the first of them {url} ({self._named[url]})."
