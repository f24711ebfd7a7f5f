"""Answers for invented names, put beneath the guard: what it is told, never what it does."""

from collections.abc import Mapping, Sequence
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer


@implementer(IHostnameResolver)
class FakeNames:
    """Resolves the names it was given; each further question gets the next list of answers, the last one again."""

    def __init__(self, answers: Mapping[str, Sequence[Sequence[str]]], *, below: Any = None) -> None:
        self._answers = {name: list(lists) for name, lists in answers.items()}
        self._below = below
        self.asked: list[str] = []

    def resolveHostName(  # noqa: N802 - the interface's name
        self, receiver: Any, name: str, port: int = 0, types: Any = None, semantics: str = "TCP"
    ) -> Any:
        """Answer at once."""
        self.asked.append(name)
        if name not in self._answers and self._below is not None:
            return self._below.resolveHostName(receiver, name, port, types, semantics)
        receiver.resolutionBegan(None)
        lists = self._answers.get(name, [[]])
        for address in lists.pop(0) if len(lists) > 1 else lists[0]:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return None
