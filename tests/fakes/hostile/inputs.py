"""The form of the table: one input, how it is served, and what must come of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"

Answer = bytes | Callable[[], Iterable[bytes | float]]
"""What a server sends: bytes, or pieces of them with pauses (seconds) between."""


class Reading(StrEnum):
    """What is made of an answer."""

    FILE = "file"
    JSON = "json"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Input:
    """One hostile input.

    Attributes
    ----------
    what
        What is done, in words.
    reason
        The reason that must be stored; ``None`` when the document must be retrieved all the same. ``{canary}`` and
        ``{port}`` stand for ports, as in the rest.
    answer
        What the server says at the input's own path; ``None`` for inputs that are no answer.
    url
        The address asked for; by default the input's own path on the server.
    reading
        What is made of the answer.
    is_alone
        Whether the address is asked without its host's robots.txt, for hosts that never come to give one.
    fails_run
        Whether the run must be failed by it: another day may bring the document.
    """

    what: str
    reason: str | None
    answer: Answer | None = None
    url: str = "{here}{path}"
    reading: Reading = Reading.FILE
    is_alone: bool = False
    fails_run: bool = False

    @property
    def path(self) -> str:
        """The input's own path on the server."""
        return "/" + "-".join("".join(c if c.isalnum() else " " for c in self.what.lower()).split())


def filled(text: str, ports: Mapping[str, object]) -> str:
    """Return a text with its ports put in; other braces stay."""
    for name, port in ports.items():
        text = text.replace(f"{{{name}}}", str(port))
    return text


def answer(
    body: bytes = b"",
    *,
    status: str = "200 OK",
    length: int | None = -1,
    headers: Iterable[str] = (),
    kind: str = "application/pdf",
) -> bytes:
    """Return an HTTP answer; ``length`` is what it claims to be, by default the truth, ``None`` for nothing."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if kind:
        lines.append(f"Content-Type: {kind}")
    if length is not None:
        lines.append(f"Content-Length: {len(body) if length < 0 else length}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("utf-8") + body


def redirect(location: str, *, status: str = "302 Found") -> bytes:
    """Return a redirect."""
    return answer(status=status, headers=[f"Location: {location}"], kind="")


def endless(piece: bytes, *, before: bytes = b"") -> Callable[[], Iterable[bytes]]:
    """Return an answer that goes on for as long as anyone reads."""

    def pieces() -> Iterable[bytes]:
        yield before
        while True:
            yield piece

    return pieces


def dripping(
    piece: bytes, *, before: bytes = b"", pause: float = 0.1
) -> Callable[[], Iterable[bytes | float]]:
    """Return an answer of one small piece after the other, for ever."""

    def pieces() -> Iterable[bytes | float]:
        yield before
        while True:
            yield piece
            yield pause

    return pieces
